// The face of planning: sizing and dispatch of microgrids and islands, as engines and commands.
#pragma once

#include "api/api.h"

namespace greenbank::planning {

Slice slice();

} // namespace greenbank::planning
