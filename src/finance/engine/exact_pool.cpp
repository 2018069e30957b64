// exact_pool.cpp — quadrature and recursion.
#include "finance/engine/exact_pool.h"

#include <algorithm>
#include <numeric>

#include "finance/engine/normal.h"

namespace greenbank::finance {

namespace {

/// Probability of each count by its logarithm, which bears any size. The thread-safe form of lgamma is not in the standard: sums of logarithms do.
void add_binomial(std::vector<double>& into, double probability, double weight, const std::vector<double>& log_factorials) {
    const std::size_t count = into.size() - 1;
    if (probability <= 0) return into[0] += weight, void();
    if (probability >= 1) return into[count] += weight, void();
    const double log_yes = std::log(probability), log_no = std::log1p(-probability);
    const double centre = probability * static_cast<double>(count), spread = std::sqrt(centre * (1 - probability)) + 1;
    // Beyond forty deviations nothing is left of a double.
    const auto from = static_cast<std::size_t>(std::max(0.0, centre - 40 * spread));
    const auto to = static_cast<std::size_t>(std::min(static_cast<double>(count), centre + 40 * spread + 40));
    for (std::size_t k = from; k <= to; ++k)
        into[k] += weight * std::exp(log_factorials[count] - log_factorials[k] - log_factorials[count - k] + static_cast<double>(k) * log_yes +
                                     static_cast<double>(count - k) * log_no);
}

} // namespace

std::vector<double> default_counts(const Pool& pool) {
    std::vector<double> log_factorials(pool.obligors + 1, 0), probabilities(pool.obligors + 1, 0);
    for (std::uint32_t i = 1; i <= pool.obligors; ++i) log_factorials[i] = log_factorials[i - 1] + std::log(static_cast<double>(i));
    const double threshold = normal_quantile(pool.default_probability);
    if (pool.correlation <= 0) return add_binomial(probabilities, pool.default_probability, 1, log_factorials), probabilities;
    // The trapezium rule over the whole line: its error falls faster than any power of the step.
    const double step = std::min(0.02, 0.2 / std::sqrt(static_cast<double>(pool.obligors) * pool.correlation / (1 - pool.correlation)));
    const int steps = static_cast<int>(9 / step);
    for (int i = -steps; i <= steps; ++i) {
        const double factor = i * step;
        const double given = normal_below((threshold - std::sqrt(pool.correlation) * factor) / std::sqrt(1 - pool.correlation));
        add_binomial(probabilities, given, step * normal_density(factor), log_factorials);
    }
    return probabilities;
}

std::size_t value_at_risk(const std::vector<double>& probabilities, double level) {
    double below = 0;
    for (std::size_t loss = 0; loss < probabilities.size(); ++loss)
        if ((below += probabilities[loss]) >= level) return loss;
    return probabilities.empty() ? 0 : probabilities.size() - 1;
}

double expected_shortfall(const std::vector<double>& probabilities, double level) {
    const std::size_t quantile = value_at_risk(probabilities, level);
    double beyond = 0, mass = 0;
    for (std::size_t loss = probabilities.size(); loss-- > quantile + 1;) {
        beyond += probabilities[loss] * static_cast<double>(loss);
        mass += probabilities[loss];
    }
    return (beyond + (1 - level - mass) * static_cast<double>(quantile)) / (1 - level);
}

double tranche_loss(const std::vector<double>& probabilities, double from, double to) {
    double loss = 0;
    const double whole = static_cast<double>(probabilities.size() - 1);
    for (std::size_t i = 0; i < probabilities.size(); ++i) loss += probabilities[i] * std::clamp(static_cast<double>(i) / whole - from, 0.0, to - from);
    return loss / (to - from);
}

double limit_value_at_risk(double default_probability, double correlation, double level) {
    return normal_below((normal_quantile(default_probability) + std::sqrt(correlation) * normal_quantile(level)) / std::sqrt(1 - correlation));
}

/// The mean over the levels beyond, by Simpson's rule over the factor.
double limit_expected_shortfall(double default_probability, double correlation, double level) {
    const double from = normal_quantile(level), to = std::max(from + 4, 10.0);
    constexpr int parts = 4000;
    const double step = (to - from) / parts;
    double sum = 0;
    for (int i = 0; i <= parts; ++i) {
        const double factor = from + i * step;
        const double given = normal_below((normal_quantile(default_probability) + std::sqrt(correlation) * factor) / std::sqrt(1 - correlation));
        sum += (i == 0 || i == parts ? 1 : i % 2 == 1 ? 4 : 2) * given * normal_density(factor);
    }
    return sum * step / 3 / (1 - level);
}

std::vector<double> loss_distribution(const CreditRiskPlus& portfolio, std::size_t most) {
    std::vector<double> severity(most + 1, 0); // expected defaults by exposure
    double expected = 0;
    for (std::size_t i = 0; i < portfolio.exposures.size(); ++i) {
        expected += portfolio.default_probabilities[i];
        if (portfolio.exposures[i] <= most) severity[portfolio.exposures[i]] += portfolio.default_probabilities[i];
    }
    std::vector<double> probabilities(most + 1, 0);
    if (expected == 0) return probabilities[0] = 1, probabilities;
    // Negative binomial (or Poisson) number of losses: Panjer's a and b, severities that add up to one.
    const double variance = portfolio.sector_variance, a = variance > 0 ? variance * expected / (1 + variance * expected) : 0;
    const double b = variance > 0 ? (1 / variance - 1) * a : expected;
    probabilities[0] = variance > 0 ? std::pow(1 - a, 1 / variance) : std::exp(-expected);
    for (std::size_t loss = 1; loss <= most; ++loss) {
        double sum = 0;
        for (std::size_t size = 1; size <= loss; ++size)
            if (severity[size] != 0)
                sum += (a + b * static_cast<double>(size) / static_cast<double>(loss)) * severity[size] / expected * probabilities[loss - size];
        probabilities[loss] = sum;
    }
    return probabilities;
}

} // namespace greenbank::finance
