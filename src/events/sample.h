// sample.h — the room's part of the sample bank: a forum that was, a conference that was, and a forum that is to come.
#pragma once

#include "api/sample_set.h"

namespace greenbank::events {

std::vector<SampleSet> sample_sets();
/// Plans of meetings are made, not written.
std::vector<SampleStep> sample_steps();

} // namespace greenbank::events
