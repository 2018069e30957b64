// charging.h — the central system of charge points: who may connect, what they say kept before it is answered, what they are asked.
#pragma once

#include "energy/engine/charge_point/charge_point.h"
#include "energy/field/ports.h"
#include "energy/field/records.h"
#include "energy/field/refusals.h"
#include "energy/telemetry/intake.h"

namespace greenbank::energy {

class Charging {
public:
    Charging(Intake& intake, Store& store, Refusals& refusals, Clock clock);

    // What the server of connections calls; each of one link after the other.
    /// The charge point is known, and the password is the credential of its device.
    bool admit(const std::string& identity, const std::string& user, const std::string& password);
    void opened(const std::string& identity, std::shared_ptr<ChargerLink> link);
    void received(const ChargerLink* link, const std::string& text);
    void closed(const ChargerLink* link);

    /// About every second: requests that wait, and those that stayed without an answer.
    void tick();
    std::size_t connected() const;

private:
    struct Session {
        Charger charger;
        charge_point::ChargePoint point;
        std::shared_ptr<ChargerLink> link;
        std::mutex mutex; // of the point
    };
    std::shared_ptr<Session> session_of(const ChargerLink* link) const;
    /// Keeps what happened, and then sends; on a failure the connection is closed, so that it is all said again.
    void settle(Session& session, charge_point::Reaction reaction);
    Result<Done> keep(Transaction& transaction, Charger charger, const std::vector<charge_point::Event>& events, Time now, std::uint64_t seed);
    Result<Done> send_points(const Charger& charger, const std::vector<charge_point::Event>& events, Time now);
    Result<charge_point::Context> context_of(const Charger& charger, Time now);
    void ask(Session& session, const ChargerRequest& request);

    Intake& intake_;
    Store& store_;
    Refusals& refusals_;
    const Clock clock_;
    mutable std::mutex mutex_;
    std::map<const ChargerLink*, std::shared_ptr<Session>> sessions_;
    std::uint64_t settled_ = 0;
};

/// The channel of a reading, and its value there: "power" in kW and "energy" in kWh of the first place, "2.current.l1" of the second.
std::pair<std::string, double> channel_value(const charge_point::MeterReading& reading);

} // namespace greenbank::energy
