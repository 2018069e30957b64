// meetings_check.h — an independent judge of schedules: it shares no code with what makes them. For tests and for files of others.
#pragma once

#include <string>
#include <vector>

#include "events/engine/meetings.h"

namespace greenbank::events::meetings {

/// Everything that breaks a rule of the instance, one sentence each; empty for a good schedule. Quadratic on purpose.
std::vector<std::string> faults_of(const Instance& instance, const Slots& slots);
/// The objectives counted from the definition, pair by pair.
Worth worth_counted(const Instance& instance, const Slots& slots);

/// The naive twin of schedule() and repair(): tries every slot for every request. Tiny instances only.
/// `before` empty: the best worth, moves 0. Otherwise changes come before breaks.
struct BestByTrying {
    Worth worth;
    std::int64_t moves = 0;
};
BestByTrying best_by_trying(const Instance& instance, const Slots& before = {}, int now = 0);

} // namespace greenbank::events::meetings
