// money.h — the movements of a loan as transfers of the ledger, all or none of them.
#pragma once

#include "finance/products/records.h"
#include "ledger/book.h"

namespace greenbank::finance {

/// One transfer that is wanted; amounts of zero are left out.
struct MoneyStep {
    Id<ledger::LedgerAccount> debit, credit;
    std::int64_t amount = 0; // minor units
    std::string note;
};

/// More than nothing, in that currency.
Result<Done> check_positive(const Money& amount, const std::string& currency);
/// A movement of today by the caller in which nothing has moved yet.
Result<LoanMovement> new_movement(Transaction& transaction, const Caller& caller, const Id<Loan>& loan, MovementKind kind, const std::string& currency);
/// The only open deposit of an organisation in a currency.
Result<Id<ledger::LedgerAccount>> deposit_of(Transaction& transaction, const Id<Organisation>& organisation, const std::string& currency);
/// What somebody owes (loan, receivable) or what somebody holds (clearing, capital), of that owner; named by what it is and the contract's number.
Result<Id<ledger::LedgerAccount>> open_account_of(ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const Id<Organisation>& owner,
    const std::string& currency, const Text& called, const std::string& number, ledger::AccountPurpose purpose);
/// The two accounts of a loan, opened where they are not there: what is owed, and whose money that is.
Result<Done> open_accounts(ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, Loan& loan);
/// The ids of the transfers, in the order of the steps that moved anything.
Result<std::vector<std::string>> post_steps(ledger::Book::Turn& turn, const Caller& caller, const std::string& currency, const std::vector<MoneyStep>& steps);

} // namespace greenbank::finance
