// checks.h — what must hold in the tables of projects.
#pragma once

#include "api/check.h"

namespace greenbank::projects {

std::vector<Check> project_checks();

} // namespace greenbank::projects
