// classification.h — the classification's rows: trees, walks between them, suggestions, patent symbols.
#pragma once

#include <vector>

#include "api/api.h"

namespace greenbank::library {

std::vector<Endpoint> classification_endpoints();

} // namespace greenbank::library
