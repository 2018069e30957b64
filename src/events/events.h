// The face of events: forums and what happens at them, from registration to the ledger of promises.
#pragma once

#include "api/api.h"

namespace greenbank::events {

Slice slice();

} // namespace greenbank::events
