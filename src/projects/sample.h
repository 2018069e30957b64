// sample.h — the projects of the sample bank.
#pragma once

#include "api/sample_set.h"

namespace greenbank::projects {

std::vector<SampleSet> sample_sets();
/// Appraisals are computed when they are loaded: the sample holds only what goes in.
SampleStep sample_appraisals();

} // namespace greenbank::projects
