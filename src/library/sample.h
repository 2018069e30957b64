// sample.h — the library's part of the sample bank.
#pragma once

#include "api/sample_set.h"

namespace greenbank::library {

std::vector<SampleSet> sample_sets();

} // namespace greenbank::library
