// methodologies.h — the methodologies that come with the program (data/reference/methodologies), read once and checked.
#pragma once

#include "carbon/reductions/records.h"

namespace greenbank::carbon {

/// By their codes. One that cannot be read stops the program: it is our own.
const std::vector<Methodology>& methodologies();
/// Failure::invalid "methodology.unknown" at the field `methodology`.
Result<Methodology> methodology_of(const std::string& code);

std::vector<Endpoint> methodology_endpoints();

} // namespace greenbank::carbon
