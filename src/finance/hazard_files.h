// hazard_files.h — `greenbank hazard train` and `greenbank hazard apply`.
#pragma once

#include "api/command.h"

namespace greenbank::finance {

Command hazard_train_command();
Command hazard_apply_command();

} // namespace greenbank::finance
