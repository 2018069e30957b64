// records.h — set points of devices, and the orders that were given to them.
#pragma once

#include "energy/engine/control/command_states.h"
#include "energy/engine/control/set_points.h"
#include "energy/sites/records.h"

namespace greenbank::energy {

struct PointInterlock {
    std::string channel; // a key of the same device
    bool above = true;
    double limit = 0;
    std::int64_t stale_seconds = 600;
};
Record describe(const PointInterlock*);

struct SetPoint {
    static constexpr std::string_view id_prefix = "setpoint";
    Id<SetPoint> id;
    Id<Organisation> organisation;
    Id<Device> device;
    std::string key; // what the device calls it
    Text name;
    std::string unit;
    double least = 0, greatest = 0;
    std::optional<double> rate_per_minute;
    std::vector<PointInterlock> interlocks;
    bool dangerous = false;
    std::optional<std::int64_t> watchdog_seconds;
    double fallback = 0;
    std::int64_t confirm_seconds = 60;
    std::optional<double> value; // what the device confirmed last
    std::optional<Time> value_at;
    std::optional<Time> alive_at; // of who ordered: begins with an order, ends with the fallback
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const SetPoint*);
SetPointLimits limits_of(const SetPoint& set_point);

enum class CommandOrigin { person, schedule, reversal, fallback };

struct PlantCommand {
    static constexpr std::string_view id_prefix = "command";
    Id<PlantCommand> id;
    Id<Organisation> organisation;
    Id<SetPoint> set_point;
    Id<Device> device;
    std::string key, unit;
    double target = 0;
    std::optional<double> value_before; // what it goes back to
    CommandOrigin origin = CommandOrigin::person;
    std::optional<Id<PlantCommand>> reverses;
    CommandState state = CommandState::queued;
    Time due_at; // not before
    std::string maker, maker_name, checker_name;
    std::string reason;
    std::optional<Time> sent_at, ended_at;
    std::optional<double> value_sent; // of a ramp: the last step
    std::optional<double> value_confirmed;
    std::string failure;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const PlantCommand*);

} // namespace greenbank::energy

namespace greenbank {
template <> struct Choices<energy::CommandOrigin> {
    static constexpr std::string_view name = "command_origin";
    static constexpr std::string_view values[] = {"person", "schedule", "reversal", "fallback"};
};
} // namespace greenbank
