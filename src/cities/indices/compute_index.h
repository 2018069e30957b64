// compute_index.h — an index of the bank handed to the engine: framework, data and recipe out of the record, and the result in its words. No store.
#pragma once

#include <span>

#include "cities/engine/uncertainty.h"
#include "cities/indices/records.h"

namespace greenbank::cities {

struct AssembledIndex {
    Framework framework;
    Dataset data;
    Recipe recipe;
};
/// Failure::invalid with what is wrong in the hierarchy.
Result<AssembledIndex> assembled(const CityIndex& index);
/// Several editions, the earliest first, as the periods of one table; framework and recipe are those of the newest.
Result<AssembledIndex> assembled(std::span<const CityIndex> editions);

/// Score, rank and the ranks under other choices of every city.
Result<IndexResult> index_result(const CityIndex& index, std::int64_t samples);

/// Editions from the earliest to the newest, with the indicators, weights and choices of the newest, treated and brought to the scale as one table. An indicator that an
/// earlier edition does not know is missing there.
Result<IndexOverTime> index_over_time(const std::vector<CityIndex>& editions);

struct IndexSensitivity {
    std::string factor;
    double first = 0, total = 0; // shares of the variance of the mean shift of ranks
};
Record describe(const IndexSensitivity*);
Result<std::vector<IndexSensitivity>> index_sensitivity(const CityIndex& index, std::int64_t base);

struct IndexGain {
    std::string code;
    Text name;
    std::string unit;
    double now = 0;                     // on the scale of the index
    std::optional<double> needed;       // absent: the best of all cities would not be enough
    std::optional<double> value;        // as it is measured
    std::optional<double> needed_value; // in that unit, where the scale can be read backwards
};
Record describe(const IndexGain*);
struct IndexGains {
    std::vector<IndexGain> gains;    // each alone, the nearest first
    std::vector<IndexGain> together; // a few at once; empty where even all are not enough
};
Record describe(const IndexGains*);
/// What a city needs to come that many places higher. Failure::not_found where there is no such city.
Result<IndexGains> index_gains(const CityIndex& index, const std::string& city, std::int64_t places);

} // namespace greenbank::cities
