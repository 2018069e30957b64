// indices.h — endpoints of indices.
#pragma once

#include "api/call.h"

namespace greenbank::cities {

std::vector<Endpoint> index_endpoints();

} // namespace greenbank::cities
