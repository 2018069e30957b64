// scoring_files.h — scores out of files, without a server: `greenbank score train | apply | report`.
#pragma once

#include "api/command.h"

namespace greenbank::finance {

Command train_command();
Command apply_command();
Command report_command();

} // namespace greenbank::finance
