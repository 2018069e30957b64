// programme.cpp — a sweep through time that keeps what is going on.
#include "events/engine/programme.h"

#include <algorithm>
#include <numeric>

namespace greenbank::events {

namespace {

void compare(const std::vector<Occupation>& all, std::size_t a, std::size_t b, std::vector<Clash>& found) {
    const auto [first, second] = std::minmax(a, b);
    if (all[a].hall >= 0 && all[a].hall == all[b].hall) found.push_back({first, second, all[a].hall, -1});
    for (std::size_t i = 0; i < all[first].people.size(); ++i) {
        const int person = all[first].people[i];
        const auto named_before = all[first].people.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(all[first].people.begin(), named_before, person) != named_before) continue;
        if (std::find(all[second].people.begin(), all[second].people.end(), person) != all[second].people.end()) found.push_back({first, second, -1, person});
    }
}

bool at_once(const Occupation& a, const Occupation& b) { return a.begin < b.end && b.begin < a.end && a.begin < a.end && b.begin < b.end; }

} // namespace

std::vector<Clash> clashes(const std::vector<Occupation>& occupations) {
    std::vector<std::size_t> order(occupations.size()), going_on;
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return occupations[a].begin < occupations[b].begin; });
    std::vector<Clash> found;
    for (const std::size_t next : order) {
        if (!(occupations[next].begin < occupations[next].end)) continue;
        std::erase_if(going_on, [&](std::size_t one) { return occupations[one].end <= occupations[next].begin; });
        for (const std::size_t one : going_on) compare(occupations, one, next, found);
        going_on.push_back(next);
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<Clash> clashes_by_pairs(const std::vector<Occupation>& occupations) {
    std::vector<Clash> found;
    for (std::size_t a = 0; a < occupations.size(); ++a)
        for (std::size_t b = a + 1; b < occupations.size(); ++b)
            if (at_once(occupations[a], occupations[b])) compare(occupations, a, b, found);
    std::sort(found.begin(), found.end());
    return found;
}

bool overlap(const FloorArea& a, const FloorArea& b) {
    return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.depth && b.top < a.top + a.depth;
}

bool within(const FloorArea& inner, std::int64_t width, std::int64_t depth) {
    return inner.left >= 0 && inner.top >= 0 && inner.left + inner.width <= width && inner.top + inner.depth <= depth;
}

} // namespace greenbank::events
