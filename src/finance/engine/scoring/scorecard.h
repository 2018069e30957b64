// scorecard.h — weights of evidence, a logistic regression that never turns a bin's sense round, and points.
#pragma once

#include "finance/engine/scoring/bins.h"

namespace greenbank::finance {

struct ScorecardSettings {
    BinSettings bins;
    double information_min = 0.01;   // columns that say less are left out
    double likeness_max = 0.9;       // correlation with a column that says more; closer ones are left out
    double ridge = 20;               // on standardised weights
    std::uint32_t refinements = 800; // at most so many steps in which the bins of one column are fitted given all others, within their trend
    double refinement_rate = 0.1, refinement_ridge = 5;
    std::uint64_t seed = 1;                                      // of the rows that decide how many
    double points_at = 600, odds_at = 50, points_to_double = 20; // 600 points at 50 good to 1 bad; 20 more double it
};

struct ScorecardColumn {
    BinnedColumn binned;
    std::vector<double> effects; // on the log odds, of each place
    std::vector<double> points;  // of each place
};

struct Scorecard {
    double intercept = 0, points_at = 600, odds_at = 50, points_to_double = 20;
    std::vector<ScorecardColumn> columns;
};

Scorecard fit_scorecard(const ScoringTable& table, const ScorecardSettings& settings);
std::vector<double> log_odds(const Scorecard& card, const ScoringTable& table);
/// Points of a row: the sum of its bins' points.
double points_of(const Scorecard& card, const ScoringTable& table, std::size_t row);

} // namespace greenbank::finance
