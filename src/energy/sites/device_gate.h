// device_gate.h — lets devices in by their credentials, beside people and programs by theirs.
#pragma once

#include "api/dispatch.h"
#include "energy/telemetry/intake.h"

namespace greenbank::energy {

class DeviceGate : public Gatekeeper {
public:
    DeviceGate(Gatekeeper& people, Intake& intake) : people_(people), intake_(intake) {}

    /// A device is nobody who has signed in: it has no right but to send its own points.
    Result<Actor> identify(Transaction& transaction, const Credentials& credentials, Time now) override {
        if (!credentials.bearer.starts_with("gbd_")) return people_.identify(transaction, credentials, now);
        const Id<Device> device = TRY(intake_.authenticate(transaction, credentials.bearer, now));
        return Actor{.person = {}, .organisation = {}, .session = "device:" + device.text, .rights = {}};
    }
    Result<Done> audit(
        Transaction& transaction, const Caller& caller, std::string_view operation, std::string_view outcome, const std::vector<Change>& changes) override {
        return people_.audit(transaction, caller, operation, outcome, changes);
    }

private:
    Gatekeeper& people_;
    Intake& intake_;
};

} // namespace greenbank::energy
