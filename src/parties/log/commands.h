// commands.h — `greenbank log export` and `greenbank log verify`.
#pragma once

#include "api/command.h"

namespace greenbank::parties {

Command log_export_command();
/// Exit status 0 where all holds, 1 where something does not; the first bad record is named.
Command log_verify_command();

} // namespace greenbank::parties
