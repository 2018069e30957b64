// Draws that depend on nothing but (seed, sample, block): the same in whatever order and on whatever thread they are asked for.
// Method: Philox 4x32-10, a counter-based generator (Salmon, Moraes, Dror and Shaw, SC'11); normal draws by Box and Muller.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace greenbank {

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

} // namespace greenbank
