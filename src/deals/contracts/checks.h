// checks.h — what must hold of contracts and the ledger together.
#pragma once

#include "api/check.h"

namespace greenbank::deals {

/// What a contract says was paid in, out and back is what its posted orders say, and what the ledger has.
Check escrow_check();

} // namespace greenbank::deals
