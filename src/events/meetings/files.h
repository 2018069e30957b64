// files.h — schedules out of files: `greenbank meetings schedule` and `greenbank meetings repair`.
#pragma once

#include "api/command.h"
#include "events/meetings/records.h"

namespace greenbank::events::meetings {

/// What `text` holds: our JSON where it begins with {, else a .dzn file. Everything wrong with it is said at once.
Result<InstanceFile> read_instance(std::string_view text);

/// What has become of an announced schedule.
struct Cancellations {
    std::vector<std::string> participants; // gone; what they had before `from_slot` has taken place
    std::vector<std::string> requests;
    std::vector<std::string> unavailable; // participant@slot
    std::int64_t from_slot = 1;           // earlier slots are past
};
/// The best schedule of what is left, with the fewest changes of what was announced.
Result<ScheduleFile> repaired(const ScheduleFile& announced, const Cancellations& cancellations, const Budget& budget, Language language);

/// So many seconds from now, by the clock.
Budget budget_of(double seconds);

Command schedule_command();
Command repair_command();

} // namespace greenbank::events::meetings
