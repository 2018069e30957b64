// The face of ledger: one ledger for money and carbon.
#pragma once

#include "api/api.h"

namespace greenbank::ledger {

Slice slice();

} // namespace greenbank::ledger
