// greenhouse_uncertainty.cpp — the spread of a total: by error propagation, and by drawing.
#include <algorithm>
#include <cmath>
#include <map>

#include "carbon/engine/greenhouse_inventory.h"
#include "kernel/philox.h"

namespace greenbank::carbon {

namespace {

constexpr double two_sided_95 = 1.959963984540054;
constexpr double lognormal_from_percent = 60;
constexpr std::uint64_t factor_blocks = std::uint64_t{1} << 40; // draws of factors lie behind those of lines

const std::vector<std::uint32_t>& used_by(const InventoryLine& line, bool by_market) {
    return (by_market && !line.market.empty()) || line.location.empty() ? line.market : line.location;
}

/// A draw around 1 whose 95 % interval is ± percent; the mean of a log-normal one is 1.
double around_one(double percent, double normal) {
    if (percent <= 0) return 1;
    const double deviation = percent / 100 / two_sided_95;
    if (percent <= lognormal_from_percent) return 1 + deviation * normal;
    const double log_deviation = std::sqrt(std::log1p(deviation * deviation));
    return std::exp(log_deviation * normal - log_deviation * log_deviation / 2);
}

double normal_of(std::uint64_t seed, std::uint64_t sample, std::uint64_t block) { return normal_pair(uniform_pair(seed, sample, block))[0]; }

} // namespace

TotalSpread propagated(std::span<const InventoryLine> lines, std::span<const GasFactor> factors, bool by_market) {
    double total = 0, variance = 0;
    std::map<std::uint32_t, double> of_factor; // kg that depend on it
    for (const InventoryLine& line : lines) {
        double kg = 0;
        for (const std::uint32_t one : used_by(line, by_market)) {
            const double part = line.amount * factors[one].kg_per_unit * factors[one].warming;
            kg += part;
            of_factor[one] += part;
        }
        total += kg;
        const double half_width = kg * line.uncertainty_percent / 100;
        variance += half_width * half_width;
    }
    for (const auto& [factor, kg] : of_factor) {
        const double half_width = kg * factors[factor].uncertainty_percent / 100;
        variance += half_width * half_width;
    }
    const double half_width = std::sqrt(variance);
    return {total != 0 ? 100 * half_width / std::abs(total) : 0, total - half_width, total + half_width};
}

TotalSpread sampled(std::span<const InventoryLine> lines, std::span<const GasFactor> factors, bool by_market, std::uint32_t samples, std::uint64_t seed) {
    if (samples == 0) return {};
    std::vector<double> totals(samples), weights(factors.size());
    double mean = 0;
    for (std::uint32_t sample = 0; sample < samples; ++sample) {
        for (std::size_t i = 0; i < factors.size(); ++i)
            weights[i] = factors[i].kg_per_unit * factors[i].warming *
                         around_one(factors[i].uncertainty_percent, factors[i].uncertainty_percent > 0 ? normal_of(seed, sample, factor_blocks + i) : 0);
        double total = 0;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            double kg = 0;
            for (const std::uint32_t one : used_by(lines[i], by_market)) kg += weights[one];
            total += kg * lines[i].amount * around_one(lines[i].uncertainty_percent, lines[i].uncertainty_percent > 0 ? normal_of(seed, sample, i) : 0);
        }
        totals[sample] = total;
        mean += total / samples;
    }
    std::sort(totals.begin(), totals.end());
    const auto quantile = [&](double share) {
        const double place = share * (samples - 1);
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min<std::size_t>(below + 1, samples - 1);
        return totals[below] + (totals[above] - totals[below]) * (place - static_cast<double>(below));
    };
    const double low = quantile(0.025), high = quantile(0.975);
    return {mean != 0 ? 100 * (high - low) / 2 / std::abs(mean) : 0, low, high};
}

} // namespace greenbank::carbon
