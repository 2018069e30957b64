// risk_files.h — risk out of files, without a server: `greenbank risk portfolio`, `greenbank risk capital`.
#pragma once

#include "api/command.h"

namespace greenbank::finance {

Command portfolio_command();
Command capital_command();

} // namespace greenbank::finance
