// watching.h — what watching, computed channels, control and reports bring to the room, and what they hold beside the database.
#pragma once

#include "api/tell.h"
#include "energy/virtual_channels/computing.h"
#include "energy/watch/alarm_desk.h"

namespace greenbank::energy {

class Monitoring {
public:
    explicit Monitoring(Intake& intake);

    /// Before the first points are taken: from here on rules are watched.
    void open(Time (*clock)(), AuditLine line);

    // Shared with the intake's observer, which may still run while the intake ends.
    const std::shared_ptr<AlarmDesk> alarms;
    const std::shared_ptr<ComputedChannels> computed;
    AuditLine audit;

private:
    Intake& intake_;
};

void add_watching(Slice& slice, Intake& intake, Monitoring& monitoring, Tell& tell);

} // namespace greenbank::energy
