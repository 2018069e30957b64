// The face of ledger: one ledger for money and carbon.
#pragma once

#include "api/api.h"

namespace greenbank::ledger {

/// Migrations and records alone.
Slice stored_slice();
Slice slice();

} // namespace greenbank::ledger
