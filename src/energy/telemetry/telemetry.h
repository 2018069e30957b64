// telemetry.h — what the archive brings to the slice: endpoints, routines, checks.
#pragma once

#include "api/api.h"

namespace greenbank::energy {

class Intake;

std::vector<Endpoint> sending_endpoints(Intake& intake);
std::vector<Endpoint> asking_endpoints(Intake& intake);
std::vector<Check> telemetry_checks();
/// Devices and channels that change are looked up again.
Following telemetry_following(Intake& intake);
Routine telemetry_routine(Intake& intake);

} // namespace greenbank::energy
