// The face of cities: the index engine (inventories, peaks, assessments, island certificates and dashboards are to come).
#pragma once

#include "api/api.h"

namespace greenbank::cities {

Slice slice();

} // namespace greenbank::cities
