// insurance.h — cover of performance and of carbon prices: what it pays, what it should cost. Pure; draws by Philox.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace greenbank::finance {

enum class CarbonCoverKind { put, average_put, collar };

struct CarbonCover {
    CarbonCoverKind kind = CarbonCoverKind::put;
    double strike = 0; // the price that is promised
    double cap = 0;    // of a collar: above it the insured gives back
    double tonnes = 0, share = 1;
    double deductible = 0;       // a tonne, borne by the insured
    std::optional<double> limit; // of what is paid in all
};
/// What the insurer pays (negative: receives, of a collar) once the settlement prices are known; a put looks at the last one.
double payout(const CarbonCover& cover, const std::vector<double>& settlements);

struct CarbonMarket {
    double forward = 0, volatility = 0, rate = 0; // volatility a year, of the logarithm
    double years = 1;
    std::uint32_t fixings = 12; // evenly until the end, of an average
};
/// Black (1976): of one on a tonne, discounted.
double black_put(double forward, double strike, double volatility, double years, double rate);
double black_call(double forward, double strike, double volatility, double years, double rate);
/// A put on the geometric average of the fixings, exact (after Kemna and Vorst 1990): the control of drawn prices.
double geometric_average_put(const CarbonMarket& market, double strike);

struct DrawnPrice {
    double price = 0, error = 0; // of one standard deviation
};
/// The expected discounted pay-out over drawn paths of the market.
DrawnPrice price_by_paths(const CarbonCover& cover, const CarbonMarket& market, std::uint32_t paths, std::uint64_t seed);
/// By formula where there is one (put and collar without a limit); else nothing.
std::optional<double> price_by_formula(const CarbonCover& cover, const CarbonMarket& market);
/// Volatility a year of prices so many times a year; nothing of fewer than three or of prices that are not positive.
std::optional<double> volatility_of(const std::vector<double>& prices, double times_a_year);

/// Cover of an indicator (output, efficiency, air-tightness): each point short of the trigger pays, up to the limit.
struct PerformanceCover {
    double promised = 1, trigger = 0.95; // pays below trigger × promised
    double pay_a_point = 0;              // money for each hundredth of the promise that is missing below the trigger
    double repair_cost = 0;              // in kind: a failed trigger is repaired; 0: cash
    double limit = 0;
    double limit_to_premium = 10; // the limit is at most so many premiums
};
double payout(const PerformanceCover& cover, double measured);

struct PerformancePrice {
    double expected = 0, deviation = 0, premium = 0, chance = 0; // chance: of a claim
};
/// By what was measured on the technology (each value as likely), with a loading on the deviation and a part of the premium for costs.
PerformancePrice price_performance(const PerformanceCover& cover, const std::vector<double>& measured, double loading, double costs);

} // namespace greenbank::finance
