// money.cpp — accounts found and opened, steps posted as one linked batch.
#include "finance/products/money.h"

#include "ledger/decimals.h"
#include "ledger/rates.h"
#include "ledger/transfers.h"
#include "projects/access.h"

namespace greenbank::finance {

namespace {

Result<Id<ledger::LedgerAsset>> asset_of(Transaction& transaction, const std::string& currency) {
    const auto asset = TRY(ledger::currency_asset(transaction, currency));
    if (!asset)
        return Error{Failure::conflict, "finance.no_asset", "The ledger keeps no {currency}; an administrator enters it first.", {{"currency", currency}}};
    return asset->id;
}

} // namespace

Result<Done> check_positive(const Money& amount, const std::string& currency) {
    if (amount.currency != currency) return invalid({{"amount", "finance.currency", "All amounts of a loan are in its currency."}});
    if (amount.minor <= 0) return invalid({{"amount", "finance.amount", "An amount is more than zero."}});
    return Done{};
}

Result<Id<ledger::LedgerAccount>> open_account_of(ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const Id<Organisation>& owner,
    const std::string& currency, const Text& called, const std::string& number, ledger::AccountPurpose purpose) {
    const bool holds = purpose == ledger::AccountPurpose::clearing || purpose == ledger::AccountPurpose::capital;
    auto asset = TRY(asset_of(transaction, currency));
    ledger::LedgerAccount account{.id = caller.new_id<ledger::LedgerAccount>(),
        .title = {called.zh + " · " + number, called.en + " · " + number, called.ru + " · " + number},
        .owner = owner,
        .purpose = purpose,
        .asset = std::move(asset),
        .rule = holds ? ledger::AccountRule::debits_must_not_exceed_credits : ledger::AccountRule::credits_must_not_exceed_debits,
        .balance_min = {},
        .balance_max = {},
        .created_at = caller.now,
        .updated_at = caller.now};
    TRY(turn.open_account(account));
    return account.id;
}

Result<LoanMovement> new_movement(Transaction& transaction, const Caller& caller, const Id<Loan>& loan, MovementKind kind, const std::string& currency) {
    const Money nothing{0, currency};
    auto person_name = TRY(projects::person_name(transaction, caller));
    return LoanMovement{.id = caller.new_id<LoanMovement>(),
        .loan = loan,
        .kind = kind,
        .day = date_of(caller.now),
        .amount = nothing,
        .interest = nothing,
        .principal = nothing,
        .fee = nothing,
        .transfers = {},
        .person_name = std::move(person_name),
        .created_at = caller.now};
}

Result<Id<ledger::LedgerAccount>> deposit_of(Transaction& transaction, const Id<Organisation>& organisation, const std::string& currency) {
    const auto found = TRY(ledger::deposit_of(transaction, organisation, currency));
    if (found) return found->id;
    const auto who = TRY(transaction.find_one<Organisation>("id = $1", {organisation.text}));
    return Error{Failure::conflict, "finance.no_deposit", "{organisation} has no deposit in {currency} at the bank; open one first.",
        {{"organisation", who ? who->name.best(Language::en) : organisation.text}, {"currency", currency}}};
}

Result<Done> open_accounts(ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, Loan& loan) {
    const auto open = [&](const Text& called, ledger::AccountPurpose purpose) {
        return open_account_of(turn, transaction, caller, loan.lender, loan.amount.currency, called, loan.number, purpose);
    };
    if (!loan.loan_account) loan.loan_account = TRY(open({"贷款", "Loan", "Кредит"}, ledger::AccountPurpose::loan));
    if (!loan.funds_account) loan.funds_account = TRY(open({"贷款资金", "Funds of the loan", "Средства кредита"}, ledger::AccountPurpose::clearing));
    return Done{};
}

Result<std::vector<std::string>> post_steps(ledger::Book::Turn& turn, const Caller& caller, const std::string& currency, const std::vector<MoneyStep>& steps) {
    std::vector<ledger::Asked> batch;
    std::vector<std::string> ids;
    for (const MoneyStep& step : steps) {
        if (step.amount == 0) continue;
        const ledger::AccountNumber debit = turn.account(step.debit.text);
        const auto amount = ledger::parse_decimal(amount_text({step.amount, currency}), turn.scale(debit));
        if (!amount)
            return Error{Failure::conflict, "finance.places", "The ledger keeps {currency} with fewer places than this amount has.", {{"currency", currency}}};
        ids.push_back(make_id(ledger::TransferName::id_prefix, caller.now, caller.random));
        batch.push_back({.transfer = {.id = *ledger::parse_transfer_id(ids.back()),
                             .amount = static_cast<ledger::Amount>(*amount),
                             .debit = debit,
                             .credit = turn.account(step.credit.text),
                             .linked = true,
                             .at = caller.now},
            .note = step.note});
    }
    if (batch.empty()) return ids;
    batch.back().transfer.linked = false;
    for (const ledger::Posted& posted : TRY(turn.post(batch))) TRY(ledger::check_posted(posted));
    return ids;
}

} // namespace greenbank::finance
