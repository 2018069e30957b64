// carrying.cpp — orders on their way: taken by a carrier, a step of a ramp at a time, confirmed, failed, or replaced by the fallback.
#include <cmath>
#include <map>

#include "energy/control/control.h"
#include "energy/watch/operations.h"

namespace greenbank::energy {

struct CarriedCommandView {
    Id<PlantCommand> id;
    std::string key, unit;
    double value = 0;
    bool last = true;
};
Record describe(const CarriedCommandView*) {
    using R = CarriedCommandView;
    return {"carried_command", "A value to be set now.",
        {field<&R::id>("id", "The order."), field<&R::key>("key", "Which set point."), field<&R::unit>("unit", "Of the value."),
            field<&R::value>("value", "The value."), field<&R::last>("last", "It is the target: confirm it.")}};
}
struct CarriedCommands {
    std::vector<CarriedCommandView> commands;
};
Record describe(const CarriedCommands*) {
    return {"carried_commands", "What is due.", {field<&CarriedCommands::commands>("commands", "The values.", {.max = 100})}};
}

struct CommandWord {
    Id<PlantCommand> id;
    std::optional<double> value;
    std::optional<std::string> failure;
};
Record describe(const CommandWord*) {
    using R = CommandWord;
    return {"command_word", "What a device says to an order: the value it has now, or why it could not.",
        {field<&R::id>("id", "The order."), field<&R::value>("value", "The value it has."), field<&R::failure>("failure", "Why it could not.", {.max = 500})}};
}

namespace {

Result<PlantCommand> open_of(Transaction& transaction, const Id<Device>& device, const Id<PlantCommand>& id) {
    PlantCommand command = TRY(transaction.get(id));
    if (command.device != device) return not_found(record_of<PlantCommand>(), id.text);
    return command;
}

Result<PlantCommand> end(Transaction& transaction, PlantCommand command, CommandMove move, Time now) {
    command.state = TRY(command_step(command.state, move, CommandMover::bank));
    command.ended_at = now;
    TRY(transaction.update(command));
    return command;
}

} // namespace

Result<std::vector<CarriedCommand>> take_commands(Transaction& transaction, const Id<Device>& device, Time now) {
    std::vector<CarriedCommand> taken;
    auto due = TRY(transaction.find<PlantCommand>(
        "device = $1 AND state IN ('queued', 'sent') AND due_at <= $2 ORDER BY due_at, id LIMIT 100", {device.text, now.microseconds}));
    std::map<std::string, Id<PlantCommand>> latest; // of each set point: an earlier value of the plan gives way
    for (const PlantCommand& command : due) latest[command.set_point.text] = command.id;
    for (PlantCommand& command : due) {
        if (latest[command.set_point.text] != command.id) {
            TRY(end(transaction, std::move(command), CommandMove::replace, now));
            continue;
        }
        const SetPoint point = TRY(transaction.get(command.set_point));
        const bool begins = command.state == CommandState::queued;
        if (!begins && command.value_sent == command.target) continue; // waits for the device's word
        if (begins) {
            command.state = TRY(command_step(command.state, CommandMove::send, CommandMover::bank));
            command.sent_at = now;
            command.value_before = point.value;
        }
        const double from = command.value_before.value_or(command.target);
        const double value = ramp_value(limits_of(point), from, command.target, command.sent_at->microseconds, now.microseconds);
        if (!begins && command.value_sent == value) continue;
        command.value_sent = value;
        TRY(transaction.update(command));
        taken.push_back({command.id, device, command.key, command.unit, value, value == command.target});
    }
    return taken;
}

Result<PlantCommand> command_confirmed(Transaction& transaction, const Id<Device>& device, const Id<PlantCommand>& id, double value, Time now) {
    PlantCommand command = TRY(open_of(transaction, device, id));
    SetPoint point = TRY(transaction.get(command.set_point));
    point.value = value;
    point.value_at = now;
    TRY(transaction.update(point));
    command.value_confirmed = value;
    if (command.value_sent != command.target) { // a step of the ramp
        TRY(transaction.update(command));
        return command;
    }
    if (std::abs(value - command.target) > std::max(1e-9, std::abs(point.greatest - point.least) * 1e-3)) {
        command.failure = "The device has another value.";
        return end(transaction, std::move(command), CommandMove::fail, now);
    }
    return end(transaction, std::move(command), CommandMove::confirm, now);
}

Result<PlantCommand> command_failed(Transaction& transaction, const Id<Device>& device, const Id<PlantCommand>& id, const std::string& why, Time now) {
    PlantCommand command = TRY(open_of(transaction, device, id));
    command.failure = why;
    return end(transaction, std::move(command), CommandMove::fail, now);
}

Result<std::vector<Id<Device>>> devices_with_commands(Transaction& transaction, Time now) {
    std::vector<Id<Device>> devices;
    for (const auto& row :
        TRY(transaction.query("SELECT DISTINCT device FROM plant_command WHERE state IN ('queued', 'sent') AND due_at <= $1", {now.microseconds})).rows)
        devices.emplace_back(as_text(row[0]));
    return devices;
}

Result<std::int64_t> pass_control_time(Transaction& transaction, const Caller& bank, Time now) {
    std::int64_t changed = 0;
    for (PlantCommand& command :
        TRY(transaction.find<PlantCommand>("sample = false AND state IN ('queued', 'sent') AND due_at <= $1 LIMIT 1000", {now.microseconds}))) {
        const SetPoint point = TRY(transaction.get(command.set_point));
        const SetPointLimits limits = limits_of(point);
        const Moment since = command.sent_at ? command.sent_at->microseconds : command.due_at.microseconds;
        const Moment arrives = command.sent_at ? ramp_end(limits, command.value_before.value_or(command.target), command.target, since) : since;
        if (now.microseconds < arrives + limits.confirm_seconds * 1'000'000) continue;
        command.failure = command.sent_at ? "The device has not confirmed in time." : "Nothing carried it to the device in time.";
        TRY(end(transaction, std::move(command), CommandMove::fail, now));
        ++changed;
    }
    for (SetPoint& point : TRY(transaction.find<SetPoint>(
             "sample = false AND watchdog_seconds IS NOT NULL AND alive_at IS NOT NULL AND alive_at + watchdog_seconds * 1000000 <= $1 LIMIT 1000",
             {now.microseconds}))) {
        for (PlantCommand& open : TRY(transaction.find<PlantCommand>("set_point = $1 AND state IN ('proposed', 'queued', 'sent')", {point.id.text})))
            TRY(end(transaction, std::move(open), CommandMove::replace, now));
        const auto state = TRY(command_step(std::nullopt, CommandMove::order, CommandMover::bank));
        TRY(transaction.insert(PlantCommand{.id = bank.new_id<PlantCommand>(),
            .organisation = point.organisation,
            .set_point = point.id,
            .device = point.device,
            .key = point.key,
            .unit = point.unit,
            .target = point.fallback,
            .value_before = point.value,
            .origin = CommandOrigin::fallback,
            .state = state,
            .due_at = now,
            .created_at = now}));
        point.alive_at.reset();
        TRY(transaction.update(point));
        ++changed;
    }
    return changed;
}

namespace {

/// The device whose credential came as bearer token (sites/device_gate.h).
Result<Id<Device>> calling_device(const Caller& caller) {
    constexpr std::string_view device_session = "device:";
    if (!caller.actor.session.starts_with(device_session))
        return Error{Failure::unauthenticated, "control.device_sign_in", "Send the device's credential as bearer token; people look at /plant-commands."};
    return Id<Device>(caller.actor.session.substr(device_session.size()));
}

Result<CarriedCommands> device_commands_take(Transaction& transaction, const Caller& caller) {
    CarriedCommands taken;
    for (const CarriedCommand& one : TRY(take_commands(transaction, TRY(calling_device(caller)), caller.now)))
        taken.commands.push_back({one.id, one.key, one.unit, one.value, one.last});
    return taken;
}

Result<Done> device_command_say(Transaction& transaction, const Caller& caller, const CommandWord& word) {
    const Id<Device> device = TRY(calling_device(caller));
    if (word.value.has_value() == word.failure.has_value())
        return invalid({{"value", "control.word", "Say either the value that the device has now, or why it could not."}});
    if (word.value) TRY(command_confirmed(transaction, device, word.id, *word.value, caller.now));
    else TRY(command_failed(transaction, device, word.id, *word.failure, caller.now));
    return Done{};
}

} // namespace

std::vector<Endpoint> device_command_endpoints() {
    return {
        // clang-format off
        {"device_commands_take", Method::post, "/device-commands", "For devices: what is due to be set now.", Mode::write, open_to_all, call(device_commands_take)},
        {"device_command_say", Method::post, "/device-commands/{id}", "For devices: the value it has now, or why it could not.", Mode::write, open_to_all, call(device_command_say)},
        // clang-format on
    };
}

} // namespace greenbank::energy
