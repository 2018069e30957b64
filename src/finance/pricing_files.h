// pricing_files.h — bonds and loans out of files, without a server: `greenbank finance bonds`, `greenbank finance schedule`.
#pragma once

#include "api/command.h"

namespace greenbank::finance {

Command bonds_command();
Command schedule_command();

} // namespace greenbank::finance
