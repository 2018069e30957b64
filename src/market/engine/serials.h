// serials.h — serial numbers of tradable tonnes as ranges: taken, moved, split and merged without loss. Pure; one number is one tonne.
// Method: a set of disjoint closed ranges in order, neighbours merged, so that the same numbers always have one way to be written.
// Always true: what is taken out of a holder's ranges and what stays are together exactly what was there; no number is ever in two places.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace greenbank::market {

struct SerialRange {
    std::int64_t first = 0, last = -1; // both included
    std::int64_t count() const { return last - first + 1; }
    bool operator==(const SerialRange&) const = default;
};
/// In order, disjoint, and no range begins where another ends.
using SerialRanges = std::vector<SerialRange>;

std::int64_t count_of(const SerialRanges& ranges);
/// The lowest `quantity` numbers leave `from`; nothing, and nothing leaves, where there are fewer or `quantity` is not positive.
std::optional<SerialRanges> take_serials(SerialRanges& from, std::int64_t quantity);
/// Those very numbers leave `from`; false, and nothing leaves, where one is not there.
bool take_exactly(SerialRanges& from, const SerialRanges& which);
/// False, and nothing is added, where a number is there already or a range is none.
bool add_serials(SerialRanges& to, const SerialRanges& more);

} // namespace greenbank::market
