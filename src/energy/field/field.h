// field.h — the field of one server: what the broker, the buses and the charge points bring, and how it goes. Starts nothing by itself.
#pragma once

#include "api/api.h"
#include "energy/field/charging.h"
#include "energy/field/messages.h"
#include "energy/field/polling.h"

namespace greenbank::energy {

class Field {
public:
    Field(Store& store, Intake& intake, Clock clock);

    Refusals refusals;
    MessageIntake messages;
    Charging charging;
    const Clock clock;

    /// What `app` knows of the broker; empty: this server has none.
    std::function<BrokerState()> broker;

    void start_polling(OpenBus open, std::function<bool(const std::string& host)> allowed);
    void stop_polling();
    /// About every second: waits that are over, requests that wait.
    void tick();
    /// What was entered or changed is followed; every few seconds.
    Result<Done> refresh();

    std::vector<PolledDevice> polled() const;
    bool polling() const;

    /// A set point by whatever way leads to the device: a register of its map, else through the broker. `answered` comes once.
    void write(const Id<Device>& device, std::string_view channel, double value, MessageIntake::Answered answered);
    bool reaches(const Id<Device>& device) const;

private:
    /// Orders to plants (control/control.h) go to those devices that are reached from here.
    void carry_commands();

    Store& store_;
    Intake& intake_;
    mutable std::mutex mutex_;
    std::shared_ptr<Polling> polling_;
};

/// Say by which addresses devices are reached: the bank's server calls them.
inline constexpr Right run_field{"bank.field"};
/// Enter charge points and cards of one's own organisation; start, stop and limit charging.
inline constexpr Right run_chargers{"energy.chargers"};

std::vector<Endpoint> field_endpoints(Field& field);
std::vector<Endpoint> charger_endpoints();
std::vector<const Record*> field_records();
std::vector<RightRow> field_rights();
std::vector<SampleSet> field_samples();

} // namespace greenbank::energy
