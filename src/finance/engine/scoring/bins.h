// bins.h — a column cut into bins whose risk rises, falls, or turns once; missing, special and named values have bins of their own.
#pragma once

#include "finance/engine/scoring/table.h"

namespace greenbank::finance {

enum class Trend { rising, falling, peak, valley, named };

struct Bin {
    double upper = 0;               // numbers at most so much and above the bin before; of the last one the largest number
    std::vector<std::string> names; // of a named column
    double goods = 0, bads = 0;
    double weight = 0; // of evidence: ln of the odds of going bad over those of all, shrunk
};

struct BinSettings {
    std::uint32_t fine = 50;                          // quantiles to begin with
    double share_min = 0.07, named_share_min = 0.025; // of the rows, in each bin
    double bads_min = 5;                              // and so many of the rarer class, about
    double shrinkage = 10;                            // rows of the whole added to each bin
    std::uint32_t turns = 1;                          // 0: only rising or falling; 1: also peaks and valleys, where they say clearly more
    double turn_cost = 1;                             // in logs of the rows
    std::vector<double> specials;                     // values that are codes, not numbers
};

struct BinnedColumn {
    std::int64_t feature = 0;
    Trend trend = Trend::rising;
    std::vector<Bin> bins;
    Bin absent;                // missing values, and names nobody saw
    std::vector<Bin> specials; // each with its value in `upper`
    double information = 0;    // information value
};

BinnedColumn bin_column(const ScoringTable& table, std::size_t feature, const BinSettings& settings);
/// The bin of a value: 0.. of `bins`, then the specials, then the last one for what is absent.
std::size_t place_of(const BinnedColumn& column, const ScoringColumn& values, std::size_t row);
const Bin& bin_at(const BinnedColumn& column, std::size_t place);
inline std::size_t place_count(const BinnedColumn& column) { return column.bins.size() + column.specials.size() + 1; }

} // namespace greenbank::finance
