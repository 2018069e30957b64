// draws.h — random draws that depend on nothing but (seed, sample, exchange): the same in whatever order, thread or scenario they are asked for.
// Method: Philox 4x32-10, a counter-based generator (Salmon, Moraes, Dror and Shaw, SC'11); normal draws by Box and Muller, in pairs of exchanges.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace greenbank::carbon {

enum class Spread : std::uint8_t { none, lognormal, normal, triangular, uniform };

/// How an amount varies. lognormal: p1 the mean of the logarithm, p2 its standard deviation, the sign that of the amount; normal: mean and standard
/// deviation; triangular: least and greatest, the amount is the most likely; uniform: least and greatest.
struct Uncertainty {
    Spread spread = Spread::none;
    double p1 = 0, p2 = 0;
};

/// 128 bits of (seed, sample, block).
inline std::array<std::uint32_t, 4> philox(std::uint64_t seed, std::uint64_t sample, std::uint64_t block) {
    std::array<std::uint32_t, 4> counter = {static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), static_cast<std::uint32_t>(sample),
        static_cast<std::uint32_t>(sample >> 32)};
    std::uint32_t key0 = static_cast<std::uint32_t>(seed), key1 = static_cast<std::uint32_t>(seed >> 32);
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = std::uint64_t{0xD2511F53} * counter[0], second = std::uint64_t{0xCD9E8D57} * counter[2];
        counter = {static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ key0, static_cast<std::uint32_t>(second),
            static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ key1, static_cast<std::uint32_t>(first)};
        key0 += 0x9E3779B9;
        key1 += 0xBB67AE85;
    }
    return counter;
}

/// Two uniform numbers of a block, in (0, 1).
inline std::array<double, 2> uniform_pair(std::uint64_t seed, std::uint64_t sample, std::uint64_t block) {
    const auto bits = philox(seed, sample, block);
    const auto number = [](std::uint32_t low, std::uint32_t high) { return (static_cast<double>((std::uint64_t{high} << 32 | low) >> 11) + 0.5) * 0x1p-53; };
    return {number(bits[0], bits[1]), number(bits[2], bits[3])};
}

inline std::array<double, 2> normal_pair(const std::array<double, 2>& uniform) {
    constexpr double two_pi = 6.283185307179586476925286766559;
    const double radius = std::sqrt(-2 * std::log(uniform[0]));
    return {radius * std::cos(two_pi * uniform[1]), radius * std::sin(two_pi * uniform[1])};
}

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
