// sample.cpp — sets in the order of their references; the plan of meetings is made when it is loaded, as an organiser would.
#include "events/sample.h"

#include "events/meetings/files.h"
#include "events/meetings/instance_of_round.h"
#include "events/meetings/plan_making.h"
#include "events/signings/records.h"

namespace greenbank::events {

namespace {

/// A round that names its announced plan gets it: small enough to be proven the best at once, so it is always the same.
Result<std::int64_t> load_plans(Transaction& transaction, const SampleFiles&, Time now) {
    std::int64_t loaded = 0;
    for (const MeetingRound& round : TRY(transaction.find<MeetingRound>("sample = true AND announced IS NOT NULL ORDER BY id"))) {
        if (TRY(transaction.find_one<MeetingPlan>("id = $1", {round.announced->text}))) continue;
        const meetings::InstanceFile file = TRY(instance_of(transaction, round, Language::en));
        const meetings::Instance instance = TRY(meetings::to_instance(file));
        MeetingPlan plan = plan_of(round, PlanKind::schedule,
            meetings::to_schedule(file, instance, meetings::schedule(instance, meetings::budget_of(10)), {}, {}, Language::en), instance);
        plan.id = *round.announced;
        plan.created_at = now;
        if (!round.day_parts.empty()) plan.announced_at = round.day_parts.front().starts_at - days(1);
        TRY(transaction.insert(plan));
        ++loaded;
    }
    return loaded;
}

Result<std::int64_t> remove_plans(Transaction& transaction, const SampleFiles&, Time) {
    return transaction.execute("DELETE FROM meeting_plan WHERE sample = true");
}

} // namespace

std::vector<SampleSet> sample_sets() {
    return {sample_set<Event>("events/events"), sample_set<Hall>("events/halls"), sample_set<SubEvent>("events/sub_events"),
        sample_set<Speaker>("events/speakers"), sample_set<ProgrammeItem>("events/programme"), sample_set<Pavilion>("events/pavilions"),
        sample_set<Booth>("events/booths"), sample_set<RoadshowSlot>("events/roadshow_slots"), sample_set<Registration>("events/registrations"),
        sample_set<Signing>("events/signings"), sample_set<PromiseStep>("events/promise_steps"), sample_set<MeetingRound>("events/meetings/rounds"),
        sample_set<MeetingAttendee>("events/meetings/attendees"), sample_set<MeetingWish>("events/meetings/wishes")};
}

std::vector<SampleStep> sample_steps() { return {{load_plans, remove_plans}}; }

} // namespace greenbank::events
