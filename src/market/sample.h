// sample.h — what of the sample bank is no record: the journals of sample markets, which go when the sample bank goes.
#pragma once

#include "api/sample_set.h"

namespace greenbank::market {

SampleStep sample_step();

} // namespace greenbank::market
