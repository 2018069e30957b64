// plan_making.h — a plan out of a schedule: its figures, and those of first-come booking beside them.
#pragma once

#include "events/meetings/rounds.h"

namespace greenbank::events {

MeetingPlan plan_of(const MeetingRound& round, PlanKind kind, meetings::ScheduleFile schedule, const meetings::Instance& instance);

} // namespace greenbank::events
