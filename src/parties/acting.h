// acting.h — for whom a caller enters what is new.
#pragma once

#include "api/call.h"
#include "parties/records.h"

namespace greenbank::parties {

/// The organisation that the caller acts for, or the error that there is none.
Result<Id<Organisation>> acting_organisation(const Caller& caller);

} // namespace greenbank::parties
