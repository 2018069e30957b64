// sample.h — chapter 8 of the story: the island measured for a month by the simulator, its plan, and the alarms its rules raise on that.
#pragma once

#include "api/sample_set.h"
#include "energy/telemetry/archive.h"

namespace greenbank::energy {

SampleStep island_sample(Archive& archive);

} // namespace greenbank::energy
