// The face of deals: from match to signature.
#pragma once

#include "api/api.h"

namespace greenbank::deals {

Slice slice();

} // namespace greenbank::deals
