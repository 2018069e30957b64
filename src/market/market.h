// The face of market: the exchange (the registry, settlement and pledges are to come).
#pragma once

#include "api/api.h"

namespace greenbank::market {

Slice slice();

} // namespace greenbank::market
