// meetings_search.h — a fast search for value: a request takes a place, who sat there moves on or waits (ejection chains with a
// tabu list, Glover 1996). It proves nothing.
#pragma once

#include "events/engine/meetings.h"

namespace greenbank::events::meetings {

/// Improves `start` (a schedule without faults) until its value is `enough`, or `stop`. `weight` by request may lean the search
/// towards some requests (from the relaxation); value alone counts in the end. Slots before `now` are left as they are.
Slots search_value(const Instance& instance, const std::vector<std::vector<int>>& allowed, Slots start, std::int64_t enough, std::uint64_t seed,
    std::int64_t steps_max, const std::function<bool()>& stop);

} // namespace greenbank::events::meetings
