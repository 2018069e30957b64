// admission.cpp — counting places.
#include "events/engine/admission.h"

#include <algorithm>
#include <numeric>

namespace greenbank::events {

std::int64_t taken_in_all(const Taken& taken) { return std::accumulate(taken.begin(), taken.end(), std::int64_t{0}); }

bool has_place(const Room& room, const Taken& taken, int category) {
    const auto at = static_cast<std::size_t>(category);
    if (room.in_all && taken_in_all(taken) >= *room.in_all) return false;
    return at >= room.by_category.size() || !room.by_category[at] || taken[at] < *room.by_category[at];
}

std::optional<std::int64_t> places_left(const Room& room, const Taken& taken) {
    if (!room.in_all) return {};
    return std::max<std::int64_t>(0, *room.in_all - taken_in_all(taken));
}

std::vector<std::size_t> moving_up(const Room& room, Taken taken, const std::vector<int>& waiting) {
    std::vector<std::size_t> up;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        if (!has_place(room, taken, waiting[i])) continue;
        ++taken[static_cast<std::size_t>(waiting[i])];
        up.push_back(i);
    }
    return up;
}

} // namespace greenbank::events
