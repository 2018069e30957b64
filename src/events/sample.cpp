// sample.cpp — sets in the order of their references, and plans with what they hold.
#include "events/sample.h"

#include <fmt/format.h>

#include "events/meetings/rounds.h"
#include "events/signings/records.h"
#include "json/json.h"

namespace greenbank::events {

namespace {

Result<std::int64_t> load_plans(Transaction& transaction, const SampleFiles& files, Time now) {
    std::int64_t loaded = 0;
    for (const EmbeddedFile& file : files_in(files, "events/meetings/plans")) {
        auto plans = list_from_json<MeetingPlan>(file.bytes(), {.secrets = true, .accept_read_only = true});
        if (!plans) {
            plans.error().message = fmt::format("{}: {}", file.path, plans.error().message);
            return plans.error();
        }
        for (MeetingPlan& plan : plans.value()) {
            if (TRY(transaction.find_one<MeetingPlan>("id = $1", {plan.id.text}))) continue;
            plan.created_at = now;
            TRY(transaction.insert(plan));
            ++loaded;
        }
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
