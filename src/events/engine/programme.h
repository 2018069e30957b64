// programme.h — who and what would be in two places at once: halls and speakers over time, booths over a floor. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "kernel/time.h"

namespace greenbank::events {

/// A time during which a hall and some people are taken; halls and people are numbered from 0 by the caller.
struct Occupation {
    Time begin, end; // the end is not part of it
    int hall = -1;   // -1: none is known
    std::vector<int> people;
};

/// Two occupations that cannot both be; `person` is -1 where it is the hall.
struct Clash {
    std::size_t first, second; // first < second
    int hall = -1, person = -1;
    auto operator<=>(const Clash&) const = default;
};

/// Every pair that shares a hall or a person at a time, in order. Sweeps through time; see clashes_by_pairs for the naive twin.
std::vector<Clash> clashes(const std::vector<Occupation>& occupations);
std::vector<Clash> clashes_by_pairs(const std::vector<Occupation>& occupations);

/// A booth on a floor, in centimetres, so that sums are exact.
struct FloorArea {
    std::int64_t left, top, width, depth;
};
/// They share more than an edge.
bool overlap(const FloorArea& a, const FloorArea& b);
bool within(const FloorArea& inner, std::int64_t width, std::int64_t depth);

} // namespace greenbank::events
