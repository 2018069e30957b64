// funds.h — what the steps of a fund share: who manages it, and what it holds.
#pragma once

#include "finance/contracts/contracts.h"
#include "finance/funds/records.h"

namespace greenbank::finance {

Record describe(const ById<GreenFund>*);

/// For the organisation that manages it, still what was expected.
Result<GreenFund> fund_of_manager(Transaction& transaction, const Caller& caller, const Id<GreenFund>& id);
/// What the ledger has on the fund's account.
std::int64_t holds(const GreenFund& fund);
/// More than nothing, and not more than that.
Result<Done> check_holds(const GreenFund& fund, const Money& amount);
/// Rows of funds are for who manages the fund, for the desk, and for those whom `own` says.
template <class T> Result<Page<T>> rows_of_fund(Transaction& transaction, const Caller& caller, const ListOf<T>& list, const std::string& own) {
    if (caller.actor.may(run_finance)) return list_page<T>(transaction, caller, list);
    return list_page<T>(
        transaction, caller, list, "$1 <> '' AND (" + own + " OR fund IN (SELECT id FROM green_fund WHERE manager = $1))", {caller.actor.organisation});
}
inline constexpr const char* is_investor = "fund IN (SELECT fund FROM fund_commitment WHERE investor = $1)";

} // namespace greenbank::finance
