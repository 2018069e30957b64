// sample.h — the footprint and the label of the sample bank are computed and published as any others; and checks that all of them hold.
#pragma once

#include "api/api.h"
#include "parties/log/transparency_log.h"

namespace greenbank::carbon {

SampleStep sample_labels(const parties::TransparencyLog& log);
std::vector<Check> footprint_checks();

} // namespace greenbank::carbon
