// sample.h — the reductions of the sample bank, by the operations' own way: reports are computed, and what was verified is in the log.
#pragma once

#include "api/sample_set.h"

namespace greenbank::parties {
class TransparencyLog;
}

namespace greenbank::carbon {

SampleStep sample_reductions(const parties::TransparencyLog& log);

} // namespace greenbank::carbon
