// verify.h — everything that must hold of the ledger in a database, looked at from the beginning; nothing is trusted but the lines.
#pragma once

#include "api/check.h"
#include "store/store.h"

namespace greenbank::ledger {

struct Finding {
    std::string check; // "ledger.lines": noun of what was looked at
    std::string what;  // what is wrong, with the first place where it is
};

/// Empty where all is well. Lines are numbered without a gap and follow from each other (the engine replays them), their chains and
/// digests hold, balances, open holds and milestones are what the lines say, per asset debits equal credits.
Result<std::vector<Finding>> verify_ledger(Transaction& transaction);

/// The same as a row of `greenbank verify`.
Check ledger_check();

} // namespace greenbank::ledger
