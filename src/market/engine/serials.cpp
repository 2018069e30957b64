// serials.cpp — ranges taken from the front, and merged where they meet.
#include "market/engine/serials.h"

#include <algorithm>

namespace greenbank::market {

std::int64_t count_of(const SerialRanges& ranges) {
    std::int64_t count = 0;
    for (const SerialRange& range : ranges) count += range.count();
    return count;
}

std::optional<SerialRanges> take_serials(SerialRanges& from, std::int64_t quantity) {
    if (quantity <= 0 || count_of(from) < quantity) return {};
    SerialRanges taken;
    std::size_t whole = 0;
    for (; quantity > 0; ++whole) {
        SerialRange& range = from[whole];
        if (range.count() > quantity) {
            taken.push_back({range.first, range.first + quantity - 1});
            range.first += quantity;
            break;
        }
        taken.push_back(range);
        quantity -= range.count();
    }
    from.erase(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(whole));
    return taken;
}

bool take_exactly(SerialRanges& from, const SerialRanges& which) {
    SerialRanges left = from;
    for (const SerialRange& range : which) {
        if (range.last < range.first) return false;
        const auto at = std::find_if(left.begin(), left.end(), [&](const SerialRange& one) { return one.first <= range.first && range.last <= one.last; });
        if (at == left.end()) return false;
        const SerialRange before{at->first, range.first - 1}, after{range.last + 1, at->last};
        auto place = left.erase(at);
        if (after.count() > 0) place = left.insert(place, after);
        if (before.count() > 0) left.insert(place, before);
    }
    from = std::move(left);
    return true;
}

bool add_serials(SerialRanges& to, const SerialRanges& more) {
    SerialRanges all = to;
    all.insert(all.end(), more.begin(), more.end());
    std::sort(all.begin(), all.end(), [](const SerialRange& a, const SerialRange& b) { return a.first < b.first; });
    SerialRanges merged;
    for (const SerialRange& range : all) {
        if (range.last < range.first || (!merged.empty() && range.first <= merged.back().last)) return false;
        if (!merged.empty() && merged.back().last + 1 == range.first) merged.back().last = range.last;
        else merged.push_back(range);
    }
    to = std::move(merged);
    return true;
}

} // namespace greenbank::market
