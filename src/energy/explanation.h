// explanation.h — a judgement of the detector as one sentence, in three languages.
#pragma once

#include "energy/engine/anomaly/detector.h"
#include "kernel/text.h"

namespace greenbank::energy {

/// What was seen, what is usual, and how far that is beside everything remembered.
std::string explain(const Judgement& judgement, Language language);

} // namespace greenbank::energy
