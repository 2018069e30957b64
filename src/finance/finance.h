// The face of finance: the risk engines (products, contracts, credit files, scoring, sharing, insurance and warning are to come).
#pragma once

#include "api/api.h"

namespace greenbank::finance {

Slice slice();

} // namespace greenbank::finance
