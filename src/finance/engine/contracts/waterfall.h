// waterfall.h — what a fund gives back, and to whom: capital, preferred return, catch-up of the manager, then the split. Whole minor units.
// Of the whole fund (all that was paid in comes first), or deal by deal: totals and flows are then those of one deal, into which investors paid what the fund
// put into it. What the manager has had too much of once other deals are lost is told by the whole life, whichever way was taken.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/time.h"

namespace greenbank::finance {

struct FundTerms {
    std::int64_t hurdle_ppm = 0;   // preferred return a year, compounded
    std::int64_t carry_ppm = 0;    // the manager's part of the profit
    std::int64_t catch_up_ppm = 0; // of what follows the preferred return, until the manager has its part; 0: none
};
enum class FundFlaw { none, hurdle, carry, catch_up };
FundFlaw check(const FundTerms& terms);

/// Paid in by investors (positive) or given back to them (negative).
struct FundFlow {
    Date day;
    std::int64_t amount = 0;
};
struct FundTotals {
    std::int64_t paid_in = 0, capital = 0, profit = 0, carry = 0; // given back so far; profit: investors' and manager's together, carry of it the manager's
};

/// What investors must still get for their money to have earned the preferred return by that day; less than zero where it has earned more.
double hurdle_open(const FundTerms& terms, const std::vector<FundFlow>& flows, Date day);
/// The twin: carried from flow to flow.
double hurdle_open_naive(const FundTerms& terms, const std::vector<FundFlow>& flows, Date day);

struct FundSplit {
    std::int64_t capital = 0, preferred = 0; // investors'
    std::int64_t catch_up_manager = 0, catch_up_investors = 0;
    std::int64_t manager = 0, investors = 0; // of the rest
    std::int64_t to_investors() const { return capital + preferred + catch_up_investors + investors; }
    std::int64_t to_manager() const { return catch_up_manager + manager; }
};
/// Its parts add up to the amount.
FundSplit distribute(const FundTerms& terms, const FundTotals& totals, const std::vector<FundFlow>& flows, Date day, std::int64_t amount);

/// The fund's life so far as if all had been given back at once: what of it would be the manager's, and what it has had beyond that.
struct WholeLife {
    std::int64_t profit = 0;    // given back in all, less what was paid in; below zero: a loss
    std::int64_t preferred = 0; // of a profit comes first, for the preferred return up to that day
    std::int64_t entitled = 0;  // to the manager
    std::int64_t over = 0;      // the manager gives back
};
/// A distribution that was right on its day is too much for the manager once later calls were lost: only the whole life tells.
WholeLife whole_life(const FundTerms& terms, const FundTotals& totals, const std::vector<FundFlow>& flows, Date day);

} // namespace greenbank::finance
