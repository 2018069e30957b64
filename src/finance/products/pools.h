// pools.h — pools as the engine sees them, and what loans ask of them.
#pragma once

#include "finance/engine/sharing.h"
#include "finance/operations.h"
#include "finance/products/records.h"

namespace greenbank::finance {

SharingRules rules_of(const RiskPool& pool);
/// With what the ledger holds in the fund's account.
Result<SharingState> state_of(Transaction& transaction, const RiskPool& pool);
/// The loan is covered from now on; refused where the pool is suspended or its fund is too small.
Result<Done> cover_loan(Transaction& transaction, const Caller& caller, const Id<RiskPool>& pool, const Money& amount);
/// Principal was paid back: that much is no longer covered.
Result<Done> uncover(Transaction& transaction, const Caller& caller, const Id<RiskPool>& pool, std::int64_t amount);

} // namespace greenbank::finance
