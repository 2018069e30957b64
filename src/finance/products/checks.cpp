// checks.cpp — loans and the ledger agree.
#include "finance/operations.h"
#include "finance/products/running.h"
#include "ledger/account_views.h"

namespace greenbank::finance {

namespace {

Result<std::int64_t> run(Transaction& transaction, CheckRun& run) {
    std::int64_t looked = 0;
    for (const Loan& loan : TRY(transaction.find<Loan>("ORDER BY id"))) {
        ++looked;
        const auto found = [&](const char* code, const char* sentence) { run.found({"loan/" + loan.id.text, code, sentence}); };
        std::int64_t planned = 0;
        for (const LoanInstalment& one : loan.instalments) planned += one.principal - one.paid_principal;
        if (loan.state == LoanState::active && planned != loan.principal.minor)
            found("finance.plan_differs", "The due days of a loan do not come to what is owed.");
        if (!loan.loan_account) continue;
        auto account = TRY(transaction.find_one<ledger::AccountView>("id = $1", {loan.loan_account->text}));
        if (!account) {
            found("finance.no_loan_account", "The account of a loan is not in the ledger.");
            continue;
        }
        if (loan.sample && account->state == ledger::AccountStanding::closed) continue; // taken back in the ledger, which loads no sample twice
        TRY(ledger::fill_balances(*account));
        const auto balance = parse_money(account->balance, loan.amount.currency);
        if (!balance || -balance->minor != loan.principal.minor) found("finance.ledger_differs", "The ledger holds another amount as owed than the loan says.");
    }
    return looked;
}

} // namespace

Check loans_check() { return {"finance_loans", "What loans say is owed is what their due days and the ledger say.", run}; }

} // namespace greenbank::finance
