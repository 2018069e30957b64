// insurance.cpp — formulas, paths and sums.
#include "finance/engine/insurance.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "finance/engine/normal.h"
#include "kernel/philox.h"

namespace greenbank::finance {

double payout(const CarbonCover& cover, const std::vector<double>& settlements) {
    if (settlements.empty()) return 0;
    const double mean = std::accumulate(settlements.begin(), settlements.end(), 0.0) / static_cast<double>(settlements.size());
    const double price = cover.kind == CarbonCoverKind::average_put ? mean : settlements.back();
    double paid = std::max(0.0, cover.strike - price - cover.deductible) * cover.tonnes * cover.share;
    if (cover.limit) paid = std::min(paid, *cover.limit);
    if (cover.kind == CarbonCoverKind::collar) paid -= std::max(0.0, price - cover.cap) * cover.tonnes * cover.share;
    return paid;
}

double black_call(double forward, double strike, double volatility, double years, double rate) {
    const double discount = std::exp(-rate * years), deviation = volatility * std::sqrt(years);
    if (!(deviation > 0) || !(strike > 0) || !(forward > 0)) return discount * std::max(0.0, forward - strike);
    const double d1 = std::log(forward / strike) / deviation + deviation / 2;
    return discount * (forward * normal_below(d1) - strike * normal_below(d1 - deviation));
}
double black_put(double forward, double strike, double volatility, double years, double rate) {
    const double discount = std::exp(-rate * years), deviation = volatility * std::sqrt(years);
    if (!(deviation > 0) || !(strike > 0) || !(forward > 0)) return discount * std::max(0.0, strike - forward);
    const double d1 = std::log(forward / strike) / deviation + deviation / 2;
    return discount * (strike * normal_below(deviation - d1) - forward * normal_below(-d1));
}

double geometric_average_put(const CarbonMarket& market, double strike) {
    const double n = market.fixings, step = market.years / n, square = market.volatility * market.volatility;
    // The logarithm of the average is normal: its mean and variance are sums over the fixings.
    const double mean = std::log(market.forward) - square / 2 * step * (n + 1) / 2;
    const double variance = square * step * (n + 1) * (2 * n + 1) / (6 * n), deviation = std::sqrt(variance);
    const double discount = std::exp(-market.rate * market.years), forward = std::exp(mean + variance / 2);
    if (!(deviation > 0)) return discount * std::max(0.0, strike - forward);
    const double d1 = (mean + variance - std::log(strike)) / deviation;
    return discount * (strike * normal_below(deviation - d1) - forward * normal_below(-d1));
}

DrawnPrice price_by_paths(const CarbonCover& cover, const CarbonMarket& market, std::uint32_t paths, std::uint64_t seed) {
    const bool average = cover.kind == CarbonCoverKind::average_put;
    const std::uint32_t fixings = average ? market.fixings : 1;
    const double step = market.years / fixings, drift = -market.volatility * market.volatility / 2 * step, spread = market.volatility * std::sqrt(step);
    const double discount = std::exp(-market.rate * market.years), strike = cover.strike - cover.deductible;
    const bool controlled = average && strike > 0;
    const double known = controlled ? geometric_average_put(market, strike) : 0;
    double sum = 0, square = 0;
    std::vector<double> prices(fixings);
    for (std::uint32_t path = 0; path < paths; ++path) {
        double both = 0;
        for (const double sign : {1.0, -1.0}) { // a path and its mirror
            double logarithm = std::log(market.forward), logarithms = 0;
            for (std::uint32_t i = 0; i < fixings; ++i) {
                logarithm += drift + sign * spread * normal_pair(uniform_pair(seed, path, i / 2))[i % 2];
                logarithms += logarithm;
                prices[i] = std::exp(logarithm);
            }
            double worth = discount * payout(cover, prices);
            if (controlled) worth += cover.tonnes * cover.share * (known - discount * std::max(0.0, strike - std::exp(logarithms / fixings)));
            both += worth / 2;
        }
        sum += both;
        square += both * both;
    }
    const double mean = sum / paths;
    return {mean, paths > 1 ? std::sqrt(std::max(0.0, square / paths - mean * mean) / (paths - 1)) : 0};
}

std::optional<double> price_by_formula(const CarbonCover& cover, const CarbonMarket& market) {
    if (cover.limit || cover.kind == CarbonCoverKind::average_put) return {};
    double price = black_put(market.forward, cover.strike - cover.deductible, market.volatility, market.years, market.rate);
    if (cover.kind == CarbonCoverKind::collar) price -= black_call(market.forward, cover.cap, market.volatility, market.years, market.rate);
    return price * cover.tonnes * cover.share;
}

std::optional<double> volatility_of(const std::vector<double>& prices, double times_a_year) {
    if (prices.size() < 3) return {};
    std::vector<double> steps;
    for (std::size_t i = 1; i < prices.size(); ++i) {
        if (!(prices[i] > 0) || !(prices[i - 1] > 0)) return {};
        steps.push_back(std::log(prices[i] / prices[i - 1]));
    }
    const double count = static_cast<double>(steps.size()), mean = std::accumulate(steps.begin(), steps.end(), 0.0) / count;
    double square = 0;
    for (const double one : steps) square += (one - mean) * (one - mean);
    return std::sqrt(square / (count - 1) * times_a_year);
}

double payout(const PerformanceCover& cover, double measured) {
    const double trigger = cover.trigger * cover.promised;
    if (measured >= trigger) return 0;
    const double missing_points = (trigger - measured) / cover.promised * 100;
    return std::min(cover.limit, cover.repair_cost > 0 ? cover.repair_cost : cover.pay_a_point * missing_points);
}

PerformancePrice price_performance(const PerformanceCover& cover, const std::vector<double>& measured, double loading, double costs) {
    PerformancePrice price;
    if (measured.empty()) return price;
    const double count = static_cast<double>(measured.size());
    double square = 0;
    for (const double one : measured) {
        const double paid = payout(cover, one);
        price.expected += paid / count;
        square += paid * paid / count;
        price.chance += paid > 0 ? 1 / count : 0;
    }
    price.deviation = std::sqrt(std::max(0.0, square - price.expected * price.expected));
    price.premium = (price.expected + loading * price.deviation) / (1 - costs);
    if (cover.limit_to_premium > 0) price.premium = std::max(price.premium, cover.limit / cover.limit_to_premium);
    return price;
}

} // namespace greenbank::finance
