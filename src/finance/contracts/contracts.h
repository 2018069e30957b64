// contracts.h — what the contracts share: who may see and move one, its number, its movements.
#pragma once

#include "finance/contracts/records.h"
#include "finance/engine/contracts/line.h"
#include "finance/operations.h"
#include "finance/products/money.h"

namespace greenbank::finance {

/// "CL-" and the end of the id.
std::string contract_number(std::string_view letters, const std::string& id);
/// What is there of a text, one language after the other: for notes that everybody reads.
std::string in_all_languages(const Text& text);
Error not_yours(const char* code, const char* sentence);

/// For the organisation whose step it is, in the state for that step, and still what was expected.
template <class C> Result<C> in_step(const Caller& caller, C contract, Id<Organisation> C::*whose, const Error& otherwise, ContractState state) {
    if ((contract.*whose).text != caller.actor.organisation) return otherwise;
    TRY(check_expected(caller, contract));
    if (contract.state != state) return Error{Failure::conflict, "financing.state", "The contract is in another state; load it again."};
    contract.updated_at = caller.now;
    return contract;
}
/// What was offered and nobody has taken.
template <class C> Result<C> withdrawn(Transaction& transaction, C offered) {
    offered.state = ContractState::withdrawn;
    TRY(transaction.update(offered));
    return offered;
}

struct Pay {
    std::string contract;
    ContractMovementKind kind = ContractMovementKind::draw;
    Id<Organisation> payer, payee;
    Money amount;
    std::int64_t interest = 0, principal = 0, fee = 0;
    std::optional<std::string> note;
    std::optional<Id<projects::Project>> project = {};
};
/// Posts the steps as one batch and keeps the movement; how the transfers are called is in it.
Result<ContractMovement> move_money(
    ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const Pay& pay, const std::vector<MoneyStep>& steps);

/// Rates of a contract over a benchmark, in order; refused where nothing was published on or before the first day.
Result<std::vector<RateFrom>> rates_of(Transaction& transaction, const std::optional<BenchmarkName>& benchmark, double rate, Date first);
/// A line as of that day.
Result<Done> bring_to(Transaction& transaction, RevolvingLine& line, Date day);
void bring_to(FinanceLease& lease, Date day);
/// Some of the running lines or leases after that id up to a day, in one transaction of the close; `after` is then the last of them. How many were looked at.
Result<std::int64_t> close_lines(Transaction& transaction, Date until, std::string& after);
Result<std::int64_t> close_leases(Transaction& transaction, Date until, std::string& after);

} // namespace greenbank::finance
