// orders.cpp — hours of a plan as orders to a set point of the monitored site: each value at its hour, within the set point's limits.
#include <algorithm>
#include <cmath>

#include "energy/control/control.h"
#include "energy/watch/operations.h"
#include "planning/studies/operations.h"

namespace greenbank::planning {

struct PlanOrdering {
    Id<EnergyPlan> id;
    Id<energy::SetPoint> set_point;
    std::string channel;
    std::optional<Time> from;
    std::int64_t hours = 24;
};
Record describe(const PlanOrdering*) {
    using One = PlanOrdering;
    return {"plan_ordering", "Which hours of a plan a set point follows.",
        {field<&One::id>("id", "Which plan."), field<&One::set_point>("set_point", "What is ordered."),
            field<&One::channel>("channel", "What it follows: pv_power, diesel_power, battery_power and the like.", {.min = 1, .max = 60}),
            field<&One::from>("from", "From when on; left out: from now."),
            field<&One::hours>("hours", "For so long.", {.unit = "h", .min = 1, .max = 240, .defaulted = true})}};
}
struct PlanOrdered {
    Id<energy::SetPoint> set_point;
    std::int64_t commands = 0;
    Time first_at;
};
Record describe(const PlanOrdered*) {
    using One = PlanOrdered;
    return {"plan_ordered", "What was ordered.",
        {field<&One::set_point>("set_point", "Of which set point."), field<&One::commands>("commands", "So many orders wait now."),
            field<&One::first_at>("first_at", "When the first one is due.")}};
}

namespace {

/// The plan's year is laid over any year; values in the set point's unit, one where it changes.
Result<PlanOrdered> plan_order(energy::Archive& archive, Transaction& transaction, const Caller& caller, const PlanOrdering& asked) {
    const EnergyPlan plan = TRY(finished_plan(transaction, caller, asked.id));
    TRY(plan_to_change(transaction, caller, plan.id));
    const Study study = TRY(transaction.get(plan.study));
    const auto channels = TRY(channels_of_plan(transaction, study, plan));
    const auto found = channels.find(asked.channel);
    if (found == channels.end()) return invalid({{"channel", "planning.no_such_channel", "The plan says nothing of {channel}.", {{"channel", asked.channel}}}});
    const auto point = TRY(transaction.find_one<energy::SetPoint>("id = $1", {asked.set_point.text}));
    if (!point) return not_found(record_of<energy::SetPoint>(), asked.set_point.text);
    if (point->unit != "kW" && point->unit != "MW")
        return invalid({{"set_point", "planning.no_power", "This set point is no power: it is written in {unit}.", {{"unit", point->unit}}}});
    const std::vector<double>& values = found->second;
    const auto step = static_cast<std::int64_t>(std::llround(study.plant.step_hours * 3600e6)), steps = static_cast<std::int64_t>(values.size());
    const auto at_of = [&](std::int64_t index) { return Time{study.starts_at.microseconds + index * step}; };
    const Time from = std::max(asked.from.value_or(caller.now), caller.now);
    const auto floor_of = [&](std::int64_t since) { return since >= 0 ? since / step : -((-since + step - 1) / step); };
    std::int64_t index = floor_of(from.microseconds - study.starts_at.microseconds);
    const Time until = from + hours(asked.hours);
    std::vector<energy::ScheduledValue> ordered;
    for (; at_of(index) < until; ++index) {
        const double power = values[static_cast<std::size_t>(((index % steps) + steps) % steps)] * (point->unit == "MW" ? 1e-3 : 1);
        const double value = std::round(power * 1e3) / 1e3;
        if (ordered.empty() || ordered.back().value != value) ordered.push_back({std::max(at_of(index), from), value}); // of the hour that runs: at once
    }
    if (ordered.empty()) return invalid({{"hours", "planning.no_hours", "No hour of the plan begins in that time."}});
    PlanOrdered made{point->id, 0, ordered.front().at};
    made.commands = TRY(energy::schedule_set_point(transaction, caller, archive, point->id, ordered, "plan " + plan.id.text));
    return made;
}

} // namespace

std::vector<Endpoint> plan_order_endpoints(energy::Archive& archive) {
    return {{"plan_order", Method::post, "/energy-plans/{id}/orders", "Let a set point of the monitored site follow hours of a plan.", Mode::write,
        energy::order_plant, call(archive, plan_order)}};
}

} // namespace greenbank::planning
