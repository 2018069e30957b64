// footprint_files.h — scores out of tables of triplets, without a server: `greenbank footprint solve`.
#pragma once

#include "api/command.h"

namespace greenbank::carbon {

Command solve_command();

} // namespace greenbank::carbon
