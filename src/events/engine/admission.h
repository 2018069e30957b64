// admission.h — who finds a place at an event: capacity in all and by category, and the waiting list in the order of coming. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace greenbank::events {

/// Limits by category, numbered from 0 by the caller; absent: no limit.
struct Room {
    std::optional<std::int64_t> in_all;
    std::vector<std::optional<std::int64_t>> by_category;
};

/// How many have a place, by category.
using Taken = std::vector<std::int64_t>;

std::int64_t taken_in_all(const Taken& taken);
bool has_place(const Room& room, const Taken& taken, int category);
/// Places that are left in all; absent: no limit.
std::optional<std::int64_t> places_left(const Room& room, const Taken& taken);

/// Which of those who wait (their categories, in the order of coming) move up: each takes a place if there is one for it, and nobody is
/// passed over by somebody of the same category who came later.
std::vector<std::size_t> moving_up(const Room& room, Taken taken, const std::vector<int>& waiting);

} // namespace greenbank::events
