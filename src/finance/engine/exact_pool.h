// exact_pool.h — two portfolios of which the whole loss distribution can be computed.
// A homogeneous pool under one Gaussian factor (Vasicek 2002): binomial given the factor, then quadrature. And CreditRisk+ (Credit Suisse 1997) with one
// gamma sector: Panjer's recursion.
#pragma once

#include <cstdint>
#include <vector>

namespace greenbank::finance {

struct Pool {
    std::uint32_t obligors = 0;
    double default_probability = 0, correlation = 0; // 0 ≤ correlation < 1
};

/// Probability of each number of defaults, 0 to all.
std::vector<double> default_counts(const Pool& pool);
/// The least loss at which at most 1 - level lies above; `probabilities` by loss, in units.
std::size_t value_at_risk(const std::vector<double>& probabilities, double level);
/// Mean of the worst 1 - level, in units; the mass at the quantile is divided.
double expected_shortfall(const std::vector<double>& probabilities, double level);
/// Expected loss of the tranche, part of its own size; from and to are parts of the whole, which is probabilities.size() - 1 units.
double tranche_loss(const std::vector<double>& probabilities, double from, double to);

/// The limit of infinitely many obligors: quantile and shortfall of the part that defaults.
double limit_value_at_risk(double default_probability, double correlation, double level);
double limit_expected_shortfall(double default_probability, double correlation, double level);

struct CreditRiskPlus {
    std::vector<std::uint32_t> exposures; // in units, 1 or more
    std::vector<double> default_probabilities;
    double sector_variance = 0; // of the factor whose mean is 1; 0: none, defaults are Poisson
};
/// Probability of each loss in units, up to `most`.
std::vector<double> loss_distribution(const CreditRiskPlus& portfolio, std::size_t most);

} // namespace greenbank::finance
