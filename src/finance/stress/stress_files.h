// stress_files.h — `greenbank risk stress`.
#pragma once

#include "api/command.h"

namespace greenbank::finance {

Command stress_command();

} // namespace greenbank::finance
