// watch.h — signals about a loan beside its payments, and the warning that follows from its level.
#pragma once

#include <set>

#include "finance/operations.h"
#include "finance/watch/records.h"

namespace greenbank::energy {
class Archive;
}

namespace greenbank::finance {

/// What other rooms and the credit file say of a loan's borrower and project on a day: pledge_short, output_fall, silent_hours, cash_short, penalties, foreign_notice.
/// Signals of zero are left out.
Result<std::vector<WarningSignal>> signals_of(Transaction& transaction, energy::Archive& archive, const Loan& loan, Date day);

/// Their names.
const std::set<std::string, std::less<>>& watched_signals();

/// The loan's warning is opened, changed or closed as the loan's level asks; called by all that changes a loan.
Result<Done> follow_warning(Transaction& transaction, const Caller& caller, const Loan& loan, Date day);

} // namespace greenbank::finance
