// The face of energy: sites and devices, the points they send, the archive of these, and the engines of monitoring with their commands.
#pragma once

#include "api/api.h"

namespace greenbank::energy {

class Intake;

Slice slice(Intake& intake);

} // namespace greenbank::energy
