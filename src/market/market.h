// The face of market: registry, exchange and pledges of carbon.
#pragma once

#include "api/api.h"
#include "market/pledges/pledges.h" // what finance secures loans with

namespace greenbank::market {

Slice slice();

} // namespace greenbank::market
