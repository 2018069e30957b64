// control.h — orders to plants, and the face for what carries them: MQTT, Modbus, OCPP, or the device itself that asks by HTTP.
//
// A carrier asks take_commands() in a writing transaction: it gets what is due and marks it sent. A value on a ramp comes again, a step further, until it
// arrives. Then it says command_confirmed() or command_failed(); what nobody confirms in time fails by itself.
#pragma once

#include "api/api.h"
#include "energy/control/records.h"
#include "energy/telemetry/intake.h"

namespace greenbank::energy {

struct CarriedCommand {
    Id<PlantCommand> id;
    Id<Device> device;
    std::string key, unit;
    double value = 0; // to be set now; of a ramp: the next step
    bool last = true; // it is the target: the device confirms this one
};

/// What is due for a device, or for any of `devices` where they are several.
Result<std::vector<CarriedCommand>> take_commands(Transaction& transaction, const Id<Device>& device, Time now);
/// The device says that it has the value.
Result<PlantCommand> command_confirmed(Transaction& transaction, const Id<Device>& device, const Id<PlantCommand>& id, double value, Time now);
Result<PlantCommand> command_failed(Transaction& transaction, const Id<Device>& device, const Id<PlantCommand>& id, const std::string& why, Time now);
/// Devices that have something due, for carriers that look themselves.
Result<std::vector<Id<Device>>> devices_with_commands(Transaction& transaction, Time now);

/// What was not confirmed in time fails; where the dead man's time has run out, the fallback is ordered. How many orders changed.
Result<std::int64_t> pass_control_time(Transaction& transaction, const Caller& bank, Time now);

struct ScheduledValue {
    Time at;
    double value = 0;
};
Record describe(const ScheduledValue*);
/// Orders the values of a plan, each at its time; what was scheduled before and is not sent yet gives way. How many orders wait now.
Result<std::int64_t> schedule_set_point(Transaction& transaction, const Caller& caller, Archive& archive, const Id<SetPoint>& id,
    const std::vector<ScheduledValue>& values, const std::string& reason);

std::vector<Endpoint> set_point_endpoints();
std::vector<Endpoint> command_endpoints(Intake& intake);
std::vector<Endpoint> device_command_endpoints();

} // namespace greenbank::energy
