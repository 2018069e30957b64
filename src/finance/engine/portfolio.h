// portfolio.h — losses of a loan portfolio whose defaults hang together by factors (sectors, countries, a carbon price).
// Method: Gaussian factors (Gupton, Finger and Bhatia 1997; Vasicek 2002). Given the factors defaults are independent, so the loss of the many small
// exposures is described by its conditional mean, variance and skewness (tables over each sector's factor) and drawn in one step, while the few large
// exposures are decided one by one. 10,000 obligors cost a scenario as much as their sectors do. Draws are keyed (seed, scenario): threads change nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace greenbank::finance {

struct Obligor {
    double exposure = 0;
    double default_probability = 0;
    double loss_given_default = 1;           // mean part of the exposure
    double loss_given_default_deviation = 0; // it varies by itself, as a beta distribution would
    std::uint32_t sector = 0;
    double loading = 0; // of its assets on the sector's factor; correlation within the sector is the square
};

struct FactorModel {
    std::uint32_t sectors = 1;
    std::vector<double> correlations; // between sectors' factors: sectors × sectors, positive definite
};

struct RiskSettings {
    std::uint64_t seed = 1;
    std::uint32_t scenarios = 100'000;
    std::vector<double> levels = {0.99, 0.999};
    unsigned threads = 1;
    double large_share = 0.05; // exposures whose square is more than this part of the variance of all smaller ones are decided one by one, at most 1,000
};

struct RiskLevel {
    double level = 0, value_at_risk = 0, expected_shortfall = 0;
    double low = 0, high = 0; // of the value at risk: 95 % interval from the order statistics, wider than it need be since draws are stratified
};
struct RiskReport {
    double exposure = 0, expected_loss = 0; // the expected loss is exact
    double mean = 0, deviation = 0;         // of the scenarios
    std::vector<RiskLevel> levels;
    std::vector<double> contributions; // to the last level's expected shortfall, by obligor; they add up to it
    double concentration = 0;          // Herfindahl index of the exposures
    std::size_t large = 0;             // decided one by one
    std::vector<double> losses;        // of the scenarios, from the least
};

/// Why a portfolio cannot be computed, or nothing.
enum class RiskFlaw : std::uint8_t { none, no_obligors, number_out_of_range, sector_unknown, not_positive_definite, level_out_of_range };
struct RiskFault {
    RiskFlaw flaw = RiskFlaw::none;
    std::size_t obligor = 0;
};
RiskFault check(const std::vector<Obligor>& obligors, const FactorModel& factors, const RiskSettings& settings);

/// What check() has nothing against.
RiskReport simulate(const std::vector<Obligor>& obligors, const FactorModel& factors, const RiskSettings& settings);
/// The naive twin: a normal draw for every obligor in every scenario.
RiskReport simulate_naive(const std::vector<Obligor>& obligors, const FactorModel& factors, const RiskSettings& settings);

} // namespace greenbank::finance
