// meetings_smooth.h — fewer breaks by exchanging slots: all meetings that two slots tie together change places (Kempe chains, as in
// timetabling: Thompson and Dowsland 1996), under simulated annealing. Who is placed stays placed. It proves nothing.
#pragma once

#include "events/engine/meetings.h"

namespace greenbank::events::meetings {

/// At least as good as `slots` by spread beyond the limit, then by breaks. `slots` has no faults.
Slots search_breaks(const Instance& instance, const std::vector<std::vector<int>>& allowed, const Slots& slots, std::uint64_t seed, std::int64_t steps_max,
    const std::function<bool()>& stop);

} // namespace greenbank::events::meetings
