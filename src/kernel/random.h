// A seeded random source (xoshiro256**, Blackman and Vigna 2018): the same seed, the same sequence, on every machine.
// Secrets never come from here; parties draws them from libsodium.
#pragma once

#include <array>
#include <cstdint>

namespace greenbank {

class Random {
public:
    explicit Random(std::uint64_t seed);

    std::uint64_t next();
    /// Uniform in [0, bound); bound > 0.
    std::uint64_t below(std::uint64_t bound);
    std::int64_t between(std::int64_t low, std::int64_t high); // both included
    double uniform();                                          // [0, 1)
    bool chance(double probability) { return uniform() < probability; }
    template <class List> auto& pick(List& list) { return list[below(list.size())]; }

private:
    std::array<std::uint64_t, 4> state_;
};

} // namespace greenbank
