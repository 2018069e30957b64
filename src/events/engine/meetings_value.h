// meetings_value.h — the first objective: requests by value, with the linear relaxation as the bound.
#pragma once

#include "events/engine/meetings.h"

namespace greenbank::events::meetings {

struct Valued {
    Slots slots;
    Bounded value;
};

/// `start` is a schedule without faults that all fixed meetings are part of; the answer is at least as good.
Valued best_value(const Instance& instance, const std::vector<std::vector<int>>& allowed, const Slots& start, const Budget& budget, double share);

/// What the relaxation with a variable for each request and slot proves; total value where time runs out.
std::int64_t relaxation_bound(const Instance& instance, const std::vector<std::vector<int>>& allowed, const std::function<bool()>& stop);

} // namespace greenbank::events::meetings
