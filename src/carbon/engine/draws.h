// draws.h — random draws that depend on nothing but (seed, sample, exchange): the same in whatever order, thread or scenario they are asked for.
// Normal draws come in pairs of exchanges.
#pragma once

#include <cmath>
#include <cstdint>

#include "kernel/philox.h"

namespace greenbank::carbon {

enum class Spread : std::uint8_t { none, lognormal, normal, triangular, uniform };

/// How an amount varies. lognormal: p1 the mean of the logarithm, p2 its standard deviation, the sign that of the amount; normal: mean and standard
/// deviation; triangular: least and greatest, the amount is the most likely; uniform: least and greatest.
struct Uncertainty {
    Spread spread = Spread::none;
    double p1 = 0, p2 = 0;
};

/// The amount under that draw; `normal` and `uniform` belong to the exchange.
inline double varied(double amount, const Uncertainty& how, double normal, double uniform) {
    switch (how.spread) {
    case Spread::none: return amount;
    case Spread::lognormal: return std::copysign(std::exp(how.p1 + how.p2 * normal), amount);
    case Spread::normal: return how.p1 + how.p2 * normal;
    case Spread::uniform: return how.p1 + (how.p2 - how.p1) * uniform;
    case Spread::triangular: {
        const double width = how.p2 - how.p1, to_mode = amount - how.p1;
        if (width <= 0) return amount;
        return uniform * width < to_mode ? how.p1 + std::sqrt(uniform * width * to_mode) : how.p2 - std::sqrt((1 - uniform) * width * (how.p2 - amount));
    }
    }
    return amount;
}

/// Of exchange `number` in that sample.
inline double draw(std::uint64_t seed, std::uint64_t sample, std::uint64_t number, double amount, const Uncertainty& how) {
    if (how.spread == Spread::none) return amount;
    const auto uniform = uniform_pair(seed, sample, number >> 1);
    const bool needs_normal = how.spread == Spread::lognormal || how.spread == Spread::normal;
    return varied(amount, how, needs_normal ? normal_pair(uniform)[number & 1] : 0, uniform[number & 1]);
}

/// Variance of the distribution itself.
inline double variance_of(double amount, const Uncertainty& how) {
    switch (how.spread) {
    case Spread::none: return 0;
    case Spread::lognormal: return (std::exp(how.p2 * how.p2) - 1) * std::exp(2 * how.p1 + how.p2 * how.p2);
    case Spread::normal: return how.p2 * how.p2;
    case Spread::uniform: return (how.p2 - how.p1) * (how.p2 - how.p1) / 12;
    case Spread::triangular: return (how.p1 * how.p1 + how.p2 * how.p2 + amount * amount - how.p1 * how.p2 - how.p1 * amount - how.p2 * amount) / 18;
    }
    return 0;
}

} // namespace greenbank::carbon
