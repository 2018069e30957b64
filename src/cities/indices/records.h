// records.h — composite indices of cities as the bank keeps them: indicators with their weights, cities with their values, a few choices; and what they come to.
#pragma once

#include "cities/engine/recipe.h"
#include "cities/recipe_records.h"
#include "cities/territories/records.h"

namespace greenbank::cities {

/// An indicator (level 1) or an aggregate of what lies below it.
struct IndexIndicator {
    std::string code;
    Text name;
    std::string unit = "1";
    std::string parent; // empty: the index itself
    std::int64_t level = 1;
    bool less_is_better = false;
    double weight = 1;
    std::optional<std::string> source;
};
Record describe(const IndexIndicator*);

struct IndexValue {
    std::string indicator;
    double value = 0;
};
Record describe(const IndexValue*);

struct IndexCity {
    std::string code;
    Text name;
    std::optional<double> latitude, longitude;
    std::optional<Id<Territory>> territory;
    std::vector<IndexValue> values; // what is not here is missing
};
Record describe(const IndexCity*);

struct CityIndex {
    static constexpr std::string_view id_prefix = "cityindex";
    Id<CityIndex> id;
    std::string owner;
    Text title;
    std::optional<Text> summary;
    std::int64_t year = 2025;
    std::string source;
    RecipeStatus status = RecipeStatus::sample;
    Imputation imputation = Imputation::mean;
    Normalisation normalisation = Normalisation::min_max;
    Aggregation aggregation = Aggregation::arithmetic;
    double weight_spread_percent = 25;   // each weight is uncertain by that much
    std::optional<Id<CityIndex>> before; // the edition of an earlier year, to compare with
    std::vector<IndexIndicator> indicators;
    std::vector<IndexCity> cities;
    TerritoryState state = TerritoryState::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CityIndex*);

struct IndexPart {
    std::string code;
    Text name;
    std::int64_t level = 1;
    std::string parent;
    double weight = 1, share = 0; // share of the index where all means are arithmetic
};
Record describe(const IndexPart*);
struct NamedScore {
    std::string code;
    double score = 0;
};
Record describe(const NamedScore*);
struct IndexRow {
    std::string code;
    Text name;
    double score = 0;
    std::int64_t rank = 0;
    double median = 0, low = 0, high = 0; // of the ranks under other choices; low and high: 5 % and 95 %
    double same = 0;                      // share of the draws with this very rank
    std::vector<NamedScore> themes;       // the parts of the index
    std::optional<Id<Territory>> territory;
    std::optional<double> latitude, longitude;
};
Record describe(const IndexRow*);
struct IndexResult {
    std::vector<IndexRow> rows; // best first
    std::vector<IndexPart> parts;
    std::vector<std::string> uncertain; // factors of the uncertainty
    std::int64_t samples = 0;
};
Record describe(const IndexResult*);

/// A city in the edition of one year, all editions on one scale.
struct IndexMoment {
    std::int64_t year = 0, rank = 0;
    double score = 0;
};
Record describe(const IndexMoment*);
struct IndexPath {
    std::string code;
    Text name;
    std::vector<IndexMoment> moments; // the earliest first
};
Record describe(const IndexPath*);
struct IndexOverTime {
    std::vector<std::int64_t> years;
    std::vector<IndexPath> cities; // by the last rank
};
Record describe(const IndexOverTime*);

} // namespace greenbank::cities
