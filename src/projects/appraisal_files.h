// appraisal_files.h — `greenbank project appraise`: a plan out of a file, its worth for people or as JSON.
#pragma once

#include "api/command.h"

namespace greenbank::projects {

Command appraise_command();

} // namespace greenbank::projects
