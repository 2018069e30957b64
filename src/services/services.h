// The face of services: what other rooms and the program may call.
#pragma once

#include "api/api.h"

namespace greenbank::services {

/// Everything the room brings.
Slice slice();

} // namespace greenbank::services
