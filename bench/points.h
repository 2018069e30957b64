// points.h — the points of the telemetry benchmarks: five-minute values with two decimals, a daily cycle and noise that remembers.
#pragma once

#include <cmath>
#include <numbers>

#include "energy/engine/telemetry/points.h"
#include "kernel/random.h"

namespace greenbank::energy {

constexpr Moment five_minutes = 300'000'000, begin = 1'767'225'600'000'000; // 2026-01-01

inline double normal(Random& random) { return std::sqrt(-2 * std::log(1 - random.uniform())) * std::cos(2 * std::numbers::pi * random.uniform()); }

/// Two decimals: a level of its own, a daily cycle, and noise of deviation 1 of which 90 % remains at the next value.
inline Points channel_points(std::uint64_t channel, std::size_t count, Moment from = begin) {
    Random random(channel + 1);
    const double level = 50 + 100 * random.uniform(), height = 20 * random.uniform(), phase = 2 * std::numbers::pi * random.uniform();
    Points points;
    double noise = 0;
    for (std::size_t i = 0; i < count; ++i) {
        noise = 0.9 * noise + normal(random);
        const double value = level + height * std::sin(2 * std::numbers::pi * static_cast<double>(i) / 288 + phase) + noise;
        points.add(from + static_cast<Moment>(i) * five_minutes, std::round(value * 100) / 100);
    }
    return points;
}

} // namespace greenbank::energy
