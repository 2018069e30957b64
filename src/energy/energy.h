// The face of energy: the engines of monitoring and their commands (sites, devices, ingest, store, rules, control and pages are to come).
#pragma once

#include "api/api.h"

namespace greenbank::energy {

Slice slice();

} // namespace greenbank::energy
