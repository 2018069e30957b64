// plans.cpp — a round is scheduled and repaired by jobs; a plan is announced by the organiser.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "api/jobs.h"
#include "events/meetings/files.h"
#include "events/meetings/instance_of_round.h"
#include "events/meetings/plan_making.h"

namespace greenbank::events {

namespace {

struct RoundScheduleAsk {
    Id<MeetingRound> id;
    std::int64_t seconds = 20;
    bool everybody = true;
};
Record describe(const RoundScheduleAsk*) {
    return {"meeting_round_schedule", "How a round is scheduled.",
        {field<&RoundScheduleAsk::id>("id", "Which round."),
            field<&RoundScheduleAsk::seconds>(
                "seconds", "After so long the best so far is taken, with its bounds.", {.unit = "s", .min = 1, .max = 600, .defaulted = true}),
            field<&RoundScheduleAsk::everybody>("everybody", "Refuse to plan while there is an attendee whom nobody can meet.", {.defaulted = true})}};
}

struct LostSlot {
    Id<MeetingAttendee> attendee;
    std::int64_t slot = 1;
};
Record describe(const LostSlot*) {
    return {"lost_slot", "A slot in which somebody cannot come after all.",
        {field<&LostSlot::attendee>("attendee", "Who."), field<&LostSlot::slot>("slot", "In which slot.", {.min = 1})}};
}

struct PlanRepairAsk {
    Id<MeetingPlan> id;
    std::vector<Id<MeetingAttendee>> cancelled;
    std::vector<Id<MeetingWish>> cancelled_wishes;
    std::vector<LostSlot> unavailable;
    std::optional<std::int64_t> from_slot;
    std::int64_t seconds = 10;
};
Record describe(const PlanRepairAsk*) {
    return {"meeting_plan_repair", "What has become of a plan.",
        {
            field<&PlanRepairAsk::id>("id", "Which plan."),
            field<&PlanRepairAsk::cancelled>("cancelled", "Attendees who do not come, or have left.", {.max = 500}),
            field<&PlanRepairAsk::cancelled_wishes>("cancelled_wishes", "Single meetings that are taken back.", {.max = 500}),
            field<&PlanRepairAsk::unavailable>("unavailable", "Slots that attendees have lost.", {.max = 500}),
            field<&PlanRepairAsk::from_slot>("from_slot", "The first slot that is not past; absent: by the clock.", {.min = 1, .max = 512}),
            field<&PlanRepairAsk::seconds>("seconds", "After so long the best so far is taken.", {.unit = "s", .min = 1, .max = 600, .defaulted = true}),
        }};
}

/// What the job of a repair is told; the slot is decided when it is asked for.
struct RepairOrder {
    Id<MeetingPlan> plan;
    std::vector<std::string> participants, requests, unavailable;
    std::int64_t from_slot = 1, seconds = 10;
};
Record describe(const RepairOrder*) {
    return {"repair_order", "A repair under way.",
        {field<&RepairOrder::plan>("plan", "Which plan."), field<&RepairOrder::participants>("participants", "Gone.", {.max = 500}),
            field<&RepairOrder::requests>("requests", "Taken back.", {.max = 500}),
            field<&RepairOrder::unavailable>("unavailable", "Lost slots.", {.max = 500}),
            field<&RepairOrder::from_slot>("from_slot", "The first slot that is not past."), field<&RepairOrder::seconds>("seconds", "Time.")}};
}

/// A bar that follows the clock; it also asks whether somebody has cancelled.
meetings::Budget budget_with_bar(JobRun& run, std::int64_t seconds) {
    meetings::Budget budget = meetings::budget_of(static_cast<double>(seconds));
    budget.cancelled = [&run, elapsed = budget.elapsed, seconds] {
        return !run.report(std::min<std::int64_t>(static_cast<std::int64_t>(elapsed() * 10), seconds * 10), seconds * 10 + 1);
    };
    return budget;
}

Result<std::string> keep(JobRun& run, MeetingPlan plan) {
    Random random(static_cast<std::uint64_t>(run.now().microseconds));
    TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
        plan.id = make_id<MeetingPlan>(run.now(), random);
        plan.created_at = run.now();
        plan.number = 1 + as_integer(TRY(transaction.query("SELECT COALESCE(MAX(number), 0) FROM meeting_plan WHERE round = $1", {plan.round.text})).single());
        plan.version = 1;
        TRY(transaction.insert(plan));
        return Done{};
    }));
    return fmt::format(R"({{"plan":"{}","placed":{},"requested":{},"value":{},"value_bound":{},"breaks":{},"breaks_bound":{}}})", plan.id.text, plan.placed,
        plan.requested, plan.value, plan.value_bound, plan.breaks, plan.breaks_bound);
}

Error stopped() { return {Failure::conflict, "job.stopped", "The job was stopped."}; }

Result<meetings::Instance> instance_or_names(const meetings::InstanceFile& file, bool everybody) {
    if (file.requests.empty())
        return Error{Failure::conflict, "meetings.no_wishes", "There is no wish yet that could be planned; attendees make them on the page of the round."};
    auto instance = meetings::to_instance(file, everybody);
    if (!instance) return with_names(std::move(instance.error()), file);
    return instance;
}

Result<std::string> run_schedule(JobRun& run) {
    const RoundScheduleAsk ask = TRY(from_json<RoundScheduleAsk>(run.request()));
    MeetingRound round;
    meetings::InstanceFile file;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
        round = TRY(transaction.get(ask.id));
        file = TRY(instance_of(transaction, round, Language::en));
        return Done{};
    }));
    const meetings::Instance instance = TRY(instance_or_names(file, ask.everybody));
    const meetings::Budget budget = budget_with_bar(run, ask.seconds);
    const meetings::Scheduled scheduled = meetings::schedule(instance, budget);
    if (budget.cancelled()) return stopped();
    return keep(run, plan_of(round, PlanKind::schedule, meetings::to_schedule(file, instance, scheduled, {}, {}, Language::en), instance));
}

Result<std::string> run_repair(JobRun& run) {
    const RepairOrder order = TRY(from_json<RepairOrder>(run.request()));
    MeetingPlan before;
    MeetingRound round;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> {
        before = TRY(transaction.get(order.plan));
        round = TRY(transaction.get(before.round));
        return Done{};
    }));
    const meetings::Budget budget = budget_with_bar(run, order.seconds);
    auto repaired = meetings::repaired(before.schedule, {order.participants, order.requests, order.unavailable, order.from_slot}, budget, Language::en);
    if (budget.cancelled()) return stopped();
    if (!repaired) return with_names(std::move(repaired.error()), before.schedule.instance);
    const meetings::Instance instance = TRY(meetings::to_instance(repaired.value().instance, false));
    MeetingPlan plan = plan_of(round, PlanKind::repair, std::move(repaired).value(), instance);
    plan.from_slot = order.from_slot;
    return keep(run, std::move(plan));
}

// ---- asking for it ----------------------------------------------------------------------------------------------

/// The same is checked before the job is queued, so that whoever asks reads at once what is wrong.
Result<Job> round_schedule(Transaction& transaction, const Caller& caller, const RoundScheduleAsk& ask) {
    const MeetingRound round = TRY(part_get<MeetingRound>(transaction, caller, {ask.id}));
    TRY(event_to_change(transaction, caller, round.event));
    TRY(instance_or_names(TRY(instance_of(transaction, round, caller.language)), ask.everybody));
    return start_job(transaction, caller, "meeting_round_schedule", to_json(ask));
}

Result<MeetingPlan> plan_to_run(Transaction& transaction, const Caller& caller, const Id<MeetingPlan>& id) {
    MeetingPlan plan = TRY(transaction.get(id));
    const auto event = event_seen(transaction, caller, plan.event);
    if (!event) return not_found(record_of<MeetingPlan>(), id.text);
    TRY(event_to_change(transaction, caller, plan.event));
    return plan;
}

Result<Job> plan_repair(Transaction& transaction, const Caller& caller, const PlanRepairAsk& ask) {
    const MeetingPlan plan = TRY(plan_to_run(transaction, caller, ask.id));
    const MeetingRound round = TRY(transaction.get(plan.round));
    const std::vector<SlotTime> slots = slots_of(round);
    std::int64_t from = 1;
    if (ask.from_slot) from = *ask.from_slot;
    else
        while (from <= static_cast<std::int64_t>(slots.size()) && slots[static_cast<std::size_t>(from) - 1].starts_at <= caller.now) ++from;
    if (from > plan.schedule.instance.slots)
        return invalid(
            {{"from_slot", "meetings.over", "All slots are past; name the first slot that is not, if the plan is to be repaired as it stood then."}});
    if (ask.cancelled.empty() && ask.cancelled_wishes.empty() && ask.unavailable.empty())
        return invalid({{"cancelled", "meetings.nothing_cancelled", "Say who does not come, which meeting is taken back, or which slot is lost."}});
    RepairOrder order{.plan = plan.id, .from_slot = from, .seconds = ask.seconds};
    Problems problems;
    std::map<std::string, MeetingAttendee> attendees = TRY(attendees_of(transaction, round.id));
    std::set<std::string> in_plan, requests;
    for (const meetings::ParticipantRow& row : plan.schedule.instance.participants) in_plan.insert(row.id);
    for (const meetings::RequestRow& row : plan.schedule.instance.requests) requests.insert(row.id);
    const auto check = [&](bool known, std::string field) {
        if (!known) problems.push_back({std::move(field), "meetings.not_in_plan", "This is not part of the plan."});
    };
    for (std::size_t i = 0; i < ask.cancelled.size(); ++i) {
        check(in_plan.contains(ask.cancelled[i].text), fmt::format("cancelled[{}]", i));
        order.participants.push_back(ask.cancelled[i].text);
    }
    for (std::size_t i = 0; i < ask.cancelled_wishes.size(); ++i) {
        check(requests.contains(ask.cancelled_wishes[i].text), fmt::format("cancelled_wishes[{}]", i));
        order.requests.push_back(ask.cancelled_wishes[i].text);
    }
    for (std::size_t i = 0; i < ask.unavailable.size(); ++i) {
        const LostSlot& lost = ask.unavailable[i];
        check(in_plan.contains(lost.attendee.text), fmt::format("unavailable[{}].attendee", i));
        if (lost.slot > plan.schedule.instance.slots)
            problems.push_back({fmt::format("unavailable[{}].slot", i), "meetings.slot", "There is no slot {slot}; the last one is {slots}.",
                {{"slot", std::to_string(lost.slot)}, {"slots", std::to_string(plan.schedule.instance.slots)}}});
        else if (lost.slot < from)
            problems.push_back({fmt::format("unavailable[{}].slot", i), "meetings.past_slot", "Slot {slot} is past; only later ones can be given up.",
                {{"slot", std::to_string(lost.slot)}}});
        order.unavailable.push_back(fmt::format("{}@{}", lost.attendee.text, lost.slot));
    }
    TRY(none_of(std::move(problems)));
    // What is known now also holds for the next schedule.
    for (auto& [id, one] : attendees) {
        const bool gone = std::find(order.participants.begin(), order.participants.end(), id) != order.participants.end();
        bool changed = gone && !one.withdrawn;
        one.withdrawn = one.withdrawn || gone;
        for (const LostSlot& lost : ask.unavailable)
            if (lost.attendee.text == id && std::find(one.forbidden_slots.begin(), one.forbidden_slots.end(), lost.slot) == one.forbidden_slots.end()) {
                one.forbidden_slots.push_back(lost.slot);
                changed = true;
            }
        if (changed) TRY(transaction.update(one));
    }
    return start_job(transaction, caller, "meeting_plan_repair", to_json(order));
}

Result<MeetingPlan> plan_announce(Transaction& transaction, const Caller& caller, const PartKey<MeetingPlan>& key) {
    MeetingPlan plan = TRY(plan_to_run(transaction, caller, key.id));
    MeetingRound round = TRY(transaction.get(plan.round));
    round.announced = plan.id;
    TRY(transaction.update(round));
    if (!plan.announced_at) {
        plan.announced_at = caller.now;
        TRY(transaction.update(plan));
    }
    return plan;
}

Result<Page<MeetingPlan>> plan_list(Transaction& transaction, const Caller& caller, const ListOf<MeetingPlan>& list) {
    std::vector<Value> parameters;
    std::string where = seen_events(caller, "event", parameters);
    if (!caller.actor.may(manage_events)) {
        parameters.emplace_back(caller.actor.organisation);
        where += fmt::format(" AND (announced_at IS NOT NULL OR event IN (SELECT id FROM event WHERE organiser = ${}))", parameters.size());
    }
    return list_page<MeetingPlan>(transaction, caller, list, where, std::move(parameters));
}

} // namespace

std::vector<JobKind> plan_jobs() {
    return {{"meeting_round_schedule", "Schedules a round of meetings.", organise_events, run_schedule},
        {"meeting_plan_repair", "Repairs an announced plan with the fewest changes.", organise_events, run_repair}};
}

std::vector<Endpoint> plan_endpoints() {
    return {
        // clang-format off
        {"meeting_round_schedule", Method::post, "/meeting-rounds/{id}/schedule", "Schedule a round: most value, then fewest idle breaks, with bounds.", Mode::write, organise_events, call(round_schedule)},
        {"meeting_plan_list", Method::get, "/meeting-plans", "Plans of rounds: announced ones, all for the organiser.", Mode::read, signed_in, call(plan_list)},
        {"meeting_plan_announce", Method::post, "/meeting-plans/{id}/announce", "Tell the attendees.", Mode::write, organise_events, call(plan_announce)},
        {"meeting_plan_repair", Method::post, "/meeting-plans/{id}/repair", "Repair a plan after cancellations, with the fewest changes; what is past stays.", Mode::write, organise_events, call(plan_repair)},
        // clang-format on
    };
}

} // namespace greenbank::events
