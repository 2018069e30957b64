// commands.cpp — ordering, approving, withdrawing, taking back; signs of life.
#include "energy/control/control.h"
#include "energy/reports/readings.h"
#include "energy/watch/operations.h"

namespace greenbank::energy {

struct CommandOrder {
    Id<SetPoint> set_point;
    double target = 0;
    std::string reason;
    std::optional<Time> due_at;
};
Record describe(const CommandOrder*) {
    using R = CommandOrder;
    return {"command_order", "What is ordered.",
        {field<&R::set_point>("set_point", "Of which set point."), field<&R::target>("target", "The value."),
            field<&R::reason>("reason", "Why.", {.max = 1000, .defaulted = true}), field<&R::due_at>("due_at", "Not before; left out: at once.")}};
}

Record describe(const ScheduledValue*) {
    return {
        "scheduled_value", "A value from a moment on.", {field<&ScheduledValue::at>("at", "From when."), field<&ScheduledValue::value>("value", "The value.")}};
}
struct CommandSchedule {
    Id<SetPoint> id;
    std::vector<ScheduledValue> values;
    std::string reason;
};
Record describe(const CommandSchedule*) {
    using R = CommandSchedule;
    return {"command_schedule", "Values of a plan, in the order of time; what was scheduled before and is not sent yet gives way.",
        {field<&R::id>("id", "The set point."), field<&R::values>("values", "The values.", {.min = 1, .max = 500}),
            field<&R::reason>("reason", "Of which plan.", {.max = 1000, .defaulted = true})}};
}
struct CommandReason {
    Id<PlantCommand> id;
    std::string reason;
};
Record describe(const CommandReason*) {
    return {"command_reason", "A step of an order, and why.",
        {field<&CommandReason::id>("id", "The order."), field<&CommandReason::reason>("reason", "Why.", {.max = 1000, .defaulted = true})}};
}
struct ScheduleKept {
    std::int64_t commands = 0;
};
Record describe(const ScheduleKept*) { return {"schedule_kept", "How many orders wait now.", {field<&ScheduleKept::commands>("commands", "So many.")}}; }

namespace {

Result<std::vector<InterlockReading>> readings_of(Transaction& transaction, Archive& archive, const SetPoint& point) {
    std::vector<InterlockReading> readings;
    for (const PointInterlock& lock : point.interlocks) {
        InterlockReading reading;
        if (const auto channel = TRY(transaction.find_one<Channel>("device = $1 AND key = $2", {point.device.text, lock.channel})))
            if (const auto newest = TRY(newest_reading(transaction, archive, channel->number))) reading = {newest->value, newest->at.microseconds};
        readings.push_back(reading);
    }
    return readings;
}

/// Earlier orders of the set point that are still open give way to a new one of a person.
Result<Done> replace_open(Transaction& transaction, const SetPoint& point, Time now, bool scheduled_only) {
    for (PlantCommand& open : TRY(transaction.find<PlantCommand>("set_point = $1 AND state IN ('proposed', 'queued', 'sent')", {point.id.text}))) {
        if (scheduled_only && (open.origin != CommandOrigin::schedule || open.state == CommandState::sent)) continue;
        if (!scheduled_only && open.origin == CommandOrigin::schedule && open.due_at > now) continue; // its hour comes later
        open.state = TRY(command_step(open.state, CommandMove::replace, CommandMover::bank));
        open.ended_at = now;
        TRY(transaction.update(open));
    }
    return Done{};
}

Result<PlantCommand> order(Transaction& transaction, const Caller& caller, Archive& archive, SetPoint point, PlantCommand command) {
    TRY(judge_order(limits_of(point), command.target, TRY(readings_of(transaction, archive, point)), caller.now.microseconds));
    if (command.due_at < caller.now) command.due_at = caller.now;
    command.id = caller.new_id<PlantCommand>();
    command.organisation = point.organisation;
    command.set_point = point.id;
    command.device = point.device;
    command.key = point.key;
    command.unit = point.unit;
    command.value_before = point.value;
    command.created_at = caller.now;
    command.maker = caller.actor.person;
    command.maker_name = name_of_person(transaction, caller);
    command.state = TRY(command_step(std::nullopt, point.dangerous ? CommandMove::propose : CommandMove::order, CommandMover::maker));
    TRY(transaction.insert(command));
    point.alive_at = caller.now;
    TRY(transaction.update(point));
    return command;
}

Result<PlantCommand> step(Transaction& transaction, const Caller& caller, const Id<PlantCommand>& id, CommandMove move, const std::string& reason) {
    PlantCommand command = TRY(to_change(transaction, caller, id));
    command.state = TRY(command_step(command.state, move, command.maker == caller.actor.person ? CommandMover::maker : CommandMover::checker));
    if (move == CommandMove::approve || move == CommandMove::reject) command.checker_name = name_of_person(transaction, caller);
    if (!reason.empty()) command.reason = reason;
    if (!is_open(command.state)) command.ended_at = caller.now;
    TRY(transaction.update(command));
    return command;
}

Result<PlantCommand> plant_command_get(Transaction& transaction, const Caller& caller, const KeyOf<PlantCommand>& key) {
    return seen(transaction, caller, key.id);
}
Result<Page<PlantCommand>> plant_command_list(Transaction& transaction, const Caller& caller, const ListOf<PlantCommand>& list) {
    return listed(transaction, caller, list);
}
Result<PlantCommand> plant_command_approve(Transaction& transaction, const Caller& caller, const CommandReason& asked) {
    return step(transaction, caller, asked.id, CommandMove::approve, "");
}
Result<PlantCommand> plant_command_reject(Transaction& transaction, const Caller& caller, const CommandReason& asked) {
    return step(transaction, caller, asked.id, CommandMove::reject, asked.reason);
}
Result<PlantCommand> plant_command_withdraw(Transaction& transaction, const Caller& caller, const CommandReason& asked) {
    return step(transaction, caller, asked.id, CommandMove::withdraw, "");
}
Result<SetPoint> set_point_keep_alive(Transaction& transaction, const Caller& caller, const KeyOf<SetPoint>& key) {
    SetPoint point = TRY(to_change(transaction, caller, key.id));
    if (!point.alive_at) return Error{Failure::conflict, "control.nothing_to_keep", "Nothing is ordered here that would fall back; give an order first."};
    point.alive_at = caller.now;
    TRY(transaction.update(point));
    return point;
}

} // namespace

Result<std::int64_t> schedule_set_point(Transaction& transaction, const Caller& caller, Archive& archive, const Id<SetPoint>& id,
    const std::vector<ScheduledValue>& values, const std::string& reason) {
    const SetPoint point = TRY(to_change(transaction, caller, id));
    if (point.dangerous)
        return Error{Failure::conflict, "control.dangerous_schedule", "Each order of this set point needs a second person; it cannot be scheduled."};
    TRY(replace_open(transaction, point, caller.now, true));
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].at < caller.now || (i > 0 && values[i].at <= values[i - 1].at))
            return invalid({{"values[" + std::to_string(i) + "].at", "control.schedule_order", "Moments lie ahead and follow each other."}});
        PlantCommand command{.target = values[i].value, .origin = CommandOrigin::schedule, .due_at = values[i].at, .reason = reason};
        TRY(order(transaction, caller, archive, TRY(transaction.get(id)), std::move(command)));
    }
    return static_cast<std::int64_t>(values.size());
}

std::vector<Endpoint> command_endpoints(Intake& intake) {
    const auto plant_command_order = [&intake](Transaction& transaction, const Caller& caller, const CommandOrder& asked) -> Result<Reply<PlantCommand>> {
        const SetPoint point = TRY(to_change(transaction, caller, asked.set_point));
        PlantCommand command{.target = asked.target, .due_at = asked.due_at.value_or(caller.now), .reason = asked.reason};
        TRY(replace_open(transaction, point, caller.now, false)); // undone where the new one is refused
        return Reply<PlantCommand>{.body = TRY(order(transaction, caller, intake.archive(), point, std::move(command))), .status = 201};
    };
    const auto plant_command_reverse = [&intake](Transaction& transaction, const Caller& caller, const CommandReason& asked) -> Result<Reply<PlantCommand>> {
        const PlantCommand reversed = TRY(to_change(transaction, caller, asked.id));
        if (reversed.state != CommandState::confirmed)
            return Error{Failure::conflict, "control.not_in_force", "Only an order that the device has confirmed can be taken back; withdraw an open one."};
        if (!reversed.value_before) return Error{Failure::conflict, "control.nothing_before", "It is not known what the value was before; order one yourself."};
        const SetPoint point = TRY(transaction.get(reversed.set_point));
        TRY(replace_open(transaction, point, caller.now, false));
        PlantCommand command{
            .target = *reversed.value_before, .origin = CommandOrigin::reversal, .reverses = reversed.id, .due_at = caller.now, .reason = asked.reason};
        return Reply<PlantCommand>{.body = TRY(order(transaction, caller, intake.archive(), point, std::move(command))), .status = 201};
    };
    const auto set_point_schedule = [&intake](Transaction& transaction, const Caller& caller, const CommandSchedule& asked) -> Result<ScheduleKept> {
        return ScheduleKept{TRY(schedule_set_point(transaction, caller, intake.archive(), asked.id, asked.values, asked.reason))};
    };
    return {
        // clang-format off
        {"plant_command_list", Method::get, "/plant-commands", "Orders to one's devices.", Mode::read, signed_in, call(plant_command_list)},
        {"plant_command_get", Method::get, "/plant-commands/{id}", "One order.", Mode::read, signed_in, call(plant_command_get)},
        {"plant_command_order", Method::post, "/plant-commands", "Order a value; what is dangerous waits for a second person.", Mode::write, order_plant, call(plant_command_order)},
        {"plant_command_approve", Method::post, "/plant-commands/{id}/approve", "Approve somebody else's order.", Mode::write, order_plant, call(plant_command_approve)},
        {"plant_command_reject", Method::post, "/plant-commands/{id}/reject", "Reject somebody else's order.", Mode::write, order_plant, call(plant_command_reject)},
        {"plant_command_withdraw", Method::post, "/plant-commands/{id}/withdraw", "Withdraw one's own order before it leaves.", Mode::write, order_plant, call(plant_command_withdraw)},
        {"plant_command_reverse", Method::post, "/plant-commands/{id}/reverse", "Order what was before.", Mode::write, order_plant, call(plant_command_reverse)},
        {"set_point_schedule", Method::post, "/set-points/{id}/schedule", "Order the values of a plan, each at its hour.", Mode::write, order_plant, call(set_point_schedule)},
        {"set_point_keep_alive", Method::post, "/set-points/{id}/alive", "Somebody is still there: the dead man's time begins anew.", Mode::write, order_plant, call(set_point_keep_alive)},
        // clang-format on
    };
}

} // namespace greenbank::energy
