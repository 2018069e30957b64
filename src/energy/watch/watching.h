// watching.h — what watching, computed channels, control and reports bring to the room, and what they hold beside the database.
#pragma once

#include "api/tell.h"
#include "energy/virtual_channels/computing.h"
#include "energy/watch/alarm_desk.h"

namespace greenbank::energy {

class Monitoring {
public:
    explicit Monitoring(Intake& intake) : intake_(intake), alarms(intake.store(), intake.archive()), computed(intake) {}

    /// Before the first points are taken: from here on rules are watched.
    void open(Time (*clock)(), AuditLine audit);

private:
    Intake& intake_;

public:
    AlarmDesk alarms;
    ComputedChannels computed;
    AuditLine audit;
};

void add_watching(Slice& slice, Intake& intake, Monitoring& monitoring, Tell& tell);

} // namespace greenbank::energy
