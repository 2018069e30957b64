// sample.h — the sample park and city district: channels of their devices' templates and a year of generated points.
#pragma once

#include "api/sample_set.h"

namespace greenbank::energy {

class Archive;

std::vector<SampleSet> site_samples();
/// `archive` must outlive the step.
SampleStep site_points_sample(Archive& archive);

} // namespace greenbank::energy
