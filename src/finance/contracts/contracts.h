// contracts.h — what the contracts share: who may see and move one, its number, its movements.
#pragma once

#include "finance/contracts/records.h"
#include "finance/engine/contracts/line.h"
#include "finance/operations.h"
#include "finance/products/money.h"

namespace greenbank::finance {

/// "CL-" and the end of the id.
std::string contract_number(std::string_view letters, const std::string& id);
/// The organisation's name, or that the bank knows no such organisation, at that field.
Result<Text> name_or_nobody(Transaction& transaction, const Id<Organisation>& id, const char* field);
Result<Done> check_positive(const Money& amount, const std::string& currency);
Error not_yours(const char* code, const char* sentence);

struct Pay {
    std::string contract;
    ContractMovementKind kind = ContractMovementKind::draw;
    Id<Organisation> payer, payee;
    Money amount;
    std::int64_t interest = 0, principal = 0, fee = 0;
    std::optional<std::string> note;
};
/// Posts the steps as one batch and keeps the movement; how the transfers are called is in it.
Result<ContractMovement> move_money(
    ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const Pay& pay, const std::vector<MoneyStep>& steps);

/// Rates of a contract over a benchmark, in order; refused where nothing was published on or before the first day.
Result<std::vector<RateFrom>> rates_of(Transaction& transaction, const std::optional<BenchmarkName>& benchmark, double rate, Date first);
/// A line as of that day.
Result<Done> bring_to(Transaction& transaction, RevolvingLine& line, Date day);
void bring_to(FinanceLease& lease, Date day);
/// All lines and leases up to a day, in one transaction of the close.
Result<std::int64_t> close_contracts(Transaction& transaction, const Caller& caller, Date until);

} // namespace greenbank::finance
