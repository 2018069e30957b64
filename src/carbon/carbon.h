// The face of carbon: the footprint engine (factors, labels, exchange and verified reductions are to come).
#pragma once

#include "api/api.h"

namespace greenbank::carbon {

Slice slice();

} // namespace greenbank::carbon
