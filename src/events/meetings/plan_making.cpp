// plan_making.cpp — figures of a schedule.
#include "events/meetings/plan_making.h"

#include <algorithm>

namespace greenbank::events {

MeetingPlan plan_of(const MeetingRound& round, PlanKind kind, meetings::ScheduleFile schedule, const meetings::Instance& instance) {
    MeetingPlan plan{.event = round.event, .round = round.id, .kind = kind, .status = schedule.status, .sample = round.sample};
    plan.requested = static_cast<std::int64_t>(schedule.instance.requests.size());
    plan.placed = schedule.meetings;
    plan.value = schedule.value.reached, plan.value_bound = schedule.value.bound;
    plan.breaks = schedule.idle_breaks.reached, plan.breaks_bound = schedule.idle_breaks.bound;
    plan.break_spread = schedule.break_spread;
    plan.fair = schedule.fair;
    plan.this_choice_only = schedule.this_choice_only;
    if (schedule.changes) plan.changes = schedule.changes->reached, plan.changes_bound = schedule.changes->bound;
    const meetings::Slots first_come = meetings::book_first_come(instance);
    plan.first_come_placed = std::count_if(first_come.begin(), first_come.end(), [](int slot) { return slot != meetings::unplaced; });
    plan.first_come_value = meetings::worth_of(instance, first_come).value;
    plan.schedule = std::move(schedule);
    return plan;
}

} // namespace greenbank::events
