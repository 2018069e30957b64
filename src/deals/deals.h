// The face of deals: from match to signature. One-to-one meetings, for now.
#pragma once

#include "api/api.h"

namespace greenbank::deals {

Slice slice();

} // namespace greenbank::deals
