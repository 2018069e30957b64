// The face of energy: sites and devices, the points they send, the archive of these, and the engines of monitoring with their commands.
#pragma once

#include "api/api.h"
#include "api/tell.h"

namespace greenbank::energy {

class Field;
class Intake;
class Monitoring;

Slice slice(Intake& intake, Monitoring& monitoring, Field& field, Tell& tell);

} // namespace greenbank::energy
