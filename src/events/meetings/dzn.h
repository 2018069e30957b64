// dzn.h — reads the public family of instances (MiniZinc data) of Bofill and others (JAIR 74, 2022).
#pragma once

#include <string_view>

#include "events/engine/meetings.h"
#include "kernel/result.h"

namespace greenbank::events::meetings {

constexpr int slots_max = 512, participants_max = 5'000, requests_max = 50'000, tables_max = 5'000;
constexpr std::size_t places_max = 2'000'000; // requests times slots

/// The eleven names nBusiness, nMeetings, nTables, nTotalSlots, nMorningSlots, requested (two participants and a session: 1 morning,
/// 2 afternoon, 3 any), meetingsxBusiness (of each participant: 1, and its meetings plus 1), nMeetingsBusiness, forbidden (0: nothing),
/// fixed (0: free) and precedences (of each meeting: those before it), each once, in any order; nothing else. Every problem names
/// its line. What is said twice must agree. Each meeting has value 1.
Result<Instance> read_dzn(std::string_view text);

} // namespace greenbank::events::meetings
