// index_data.h — what an index is computed from: units by indicators, and the framework of aggregates above the indicators.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kernel/result.h"

namespace greenbank::cities {

using Column = std::vector<double>; // a number for each row; NaN where there is none
using Columns = std::vector<Column>;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline bool known(double number) { return !std::isnan(number); }

/// An indicator (level 1) or an aggregate of what lies below it.
struct Node {
    std::string code, name, unit, parent, denominator;
    std::int64_t level = 1;
    double direction = 1; // -1: less is better
    double weight = 1;
    std::optional<double> target;
};

/// Indicators first in their order, then aggregates, each after all that it is made of; the last is the index itself.
struct Framework {
    std::vector<Node> nodes;
    std::size_t indicators = 0;
    std::vector<std::vector<std::size_t>> children; // by node

    std::size_t root() const { return nodes.size() - 1; }
    std::optional<std::size_t> find(std::string_view code) const;
};
/// Says all that is wrong with a hierarchy: codes twice, parents that are not there or not above, cycles, several tops, aggregates of nothing.
Result<Framework> make_framework(std::vector<Node> nodes);

struct Unit {
    std::string code, name, time; // one row for each unit and period
    bool operator==(const Unit&) const = default;
};

struct Dataset {
    std::vector<Unit> units;
    Columns indicators;
    std::map<std::string, Column> denominators;
    std::map<std::string, std::vector<std::string>> groups; // "GDP_group": of each row

    /// The periods in order: as numbers where all are numbers.
    std::vector<std::string> times() const;
    Dataset at(std::string_view time) const;
};

} // namespace greenbank::cities
