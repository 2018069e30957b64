// The face of projects: what is built, what it is worth, what it costs.
#pragma once

#include "api/api.h"

namespace greenbank::projects {

Slice slice();

} // namespace greenbank::projects
