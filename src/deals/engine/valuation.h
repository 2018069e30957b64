// valuation.h — what a technology may be worth, by what it cost, what others paid, and what it will earn. Always a range, never one number.
// Each input is a range (low, base, high). Two ways of carrying ranges through, both given:
//   corners  every input at the end that is worst (best) for the value: the value rises or falls in each of them, so nothing lies outside
//   draws    each input drawn by itself from the triangle of its range, with a fixed seed: the 10th, 50th and 90th percentile
// Pure; reals, since nothing of this is booked.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace greenbank::deals {

struct Range {
    double low = 0, base = 0, high = 0;

    static Range of(double value) { return {value, value, value}; }
    bool operator==(const Range&) const = default;
};

/// Reproduction cost: what it would take to make it again today, less what has become obsolete.
struct CostItem {
    Range cost; // at the prices of its year
    std::int64_t year = 0;
};
struct CostApproach {
    std::vector<CostItem> items;
    Range inflation;                                      // a year, as a share
    Range obsolescence_functional, obsolescence_economic; // shares that are lost
    Range age_years, life_years;                          // of the whole: age / life is lost
};

/// Deals over comparable technologies, each brought to this one's terms by adjustments.
struct Comparable {
    double price = 0;
    std::vector<Range> adjustments; // shares, one after the other: +0.1 is ten percent more
};
struct MarketApproach {
    std::vector<Comparable> comparables;
};

/// Relief from royalty: the royalties that its owner need not pay, after tax, discounted to today, at the end of each year.
struct IncomeApproach {
    Range revenue_first_year, growth; // growth a year, as a share
    Range royalty, tax, discount;     // shares
    Range success;                    // the probability that it comes to that
    std::int64_t first_year = 1;      // years from today to the first revenue
    Range life_years;                 // years of revenue; a part of a year counts as that part
};

enum class Approach { cost, market, income };

struct ValueRange {
    double low = 0, base = 0, high = 0; // corners
    double p10 = 0, p50 = 0, p90 = 0;   // draws
};

ValueRange value_by_cost(const CostApproach& inputs, std::int64_t year, std::uint64_t seed, std::size_t draws);

/// low: the lower quartile with every adjustment at its low end; base: the median; high: the upper quartile at the high ends.
struct MarketValue {
    ValueRange value;
    std::vector<Range> adjusted; // the price of each comparable on this one's terms
};
MarketValue value_by_market(const MarketApproach& inputs, std::uint64_t seed, std::size_t draws);

/// Present value for fixed inputs.
double royalty_relief(double revenue, double growth, double royalty, double tax, double discount, double success, double life_years, std::int64_t first_year);
ValueRange value_by_income(const IncomeApproach& inputs, std::uint64_t seed, std::size_t draws);

/// What all approaches have in common: the overlap of their ranges; absent where there is none.
std::optional<std::pair<double, double>> overlap_of(std::span<const ValueRange> values);

/// Linear between the ordered values; share from 0 to 1. `values` must not be empty.
double quantile(std::vector<double> values, double share);
/// From the triangle of the range; `u` from 0 to 1.
double drawn_from(const Range& range, double u);

} // namespace greenbank::deals
