// checks.cpp — lines, leases and funds against the ledger.
#include "finance/funds/records.h"
#include "finance/operations.h"
#include "ledger/account_views.h"

namespace greenbank::finance {

namespace {

/// What the account holds is the amount; `owed`: it is held as a debit. A sample whose account is closed was taken back in the ledger, which keeps its own
/// history and does not load samples twice.
Result<bool> agrees(Transaction& transaction, const Id<ledger::LedgerAccount>& id, const Money& amount, bool owed, bool sample) {
    auto account = TRY(transaction.find_one<ledger::AccountView>("id = $1", {id.text}));
    if (!account) return false;
    if (sample && account->state == ledger::AccountStanding::closed) return true;
    TRY(ledger::fill_balances(*account));
    const auto balance = parse_money(account->balance, amount.currency);
    return balance && balance->minor == (owed ? -amount.minor : amount.minor);
}

Result<std::int64_t> run(Transaction& transaction, CheckRun& run) {
    std::int64_t looked = 0;
    const auto look = [&](const std::string& field, const std::optional<Id<ledger::LedgerAccount>>& account, const Money& amount, bool owed,
                          bool sample) -> Result<Done> {
        ++looked;
        if (account && !TRY(agrees(transaction, *account, amount, owed, sample)))
            run.found({field, "financing.ledger_differs", "The ledger holds another amount than the contract says."});
        return Done{};
    };
    for (const RevolvingLine& one : TRY(transaction.find<RevolvingLine>("ORDER BY id")))
        TRY(look("revolving_line/" + one.id.text, one.owed_account, one.drawn, true, one.sample));
    for (const FinanceLease& one : TRY(transaction.find<FinanceLease>("ORDER BY id")))
        TRY(look("finance_lease/" + one.id.text, one.owed_account, one.owed, true, one.sample));
    for (const GreenFund& one : TRY(transaction.find<GreenFund>("ORDER BY id")))
        TRY(look("green_fund/" + one.id.text, one.account,
            {one.paid_in.minor + one.proceeds.minor - one.invested.minor - one.capital_back.minor - one.profit.minor, one.target.currency}, false, one.sample));
    return looked;
}

} // namespace

Check contracts_check() { return {"finance_contracts", "What lines, leases and funds say is owed or held is what the ledger says.", run}; }

} // namespace greenbank::finance
