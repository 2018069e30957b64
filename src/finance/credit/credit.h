// credit.h — the green credit file: what it says, and who may read it.
#pragma once

#include "finance/credit/records.h"
#include "finance/operations.h"

namespace greenbank::finance {

/// Everything that is known of an organisation on a day; withdrawn entries are left out.
Result<CreditReport> credit_report(Transaction& transaction, const Organisation& subject, Date day);

} // namespace greenbank::finance
