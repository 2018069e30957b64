// The face of carbon: footprints and factors, inventories of organisations, verified reductions.
#pragma once

#include "api/api.h"
#include "carbon/reductions/verified.h"

namespace greenbank::carbon {

Slice slice();

// Of verified.h, for the registry and for loans: VerifiedReduction, reduction_ready(), reduction_issued(), verified_reductions().

} // namespace greenbank::carbon
