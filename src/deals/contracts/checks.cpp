// checks.cpp — contracts, orders and the ledger agree.
#include "deals/contracts/checks.h"

#include "deals/contracts/rules.h"
#include "ledger/account_views.h"

namespace greenbank::deals {

namespace {

Result<std::int64_t> run(Transaction& transaction, CheckRun& run) {
    std::int64_t looked = 0;
    for (const Contract& contract : TRY(transaction.find<Contract>("ORDER BY id"))) {
        ++looked;
        const auto found = [&](const char* code, const char* sentence) { run.found({"contract/" + contract.id.text, code, sentence}); };
        Escrow counted{.amount = contract.amount.minor};
        bool taken_back = false; // a ledger that people have used gives its sample money back by reversals; contracts keep what was done
        for (const EscrowOrder& order : TRY(transaction.find<EscrowOrder>("contract = $1 AND state = 'posted'", {contract.id.text}))) {
            counted = moved(counted, order.kind, order.amount.minor);
            std::int64_t lines = 0;
            for (const EscrowLine& line : order.lines) {
                lines += line.amount.minor;
                if (TRY(transaction.query("SELECT 1 FROM journal_line WHERE id = $1", {line.transfer})).empty())
                    found("escrow.no_transfer", "A posted order names a transfer that the ledger has not.");
                else if (contract.sample)
                    taken_back =
                        taken_back || !TRY(transaction.query("SELECT 1 FROM journal_line WHERE refers_to = $1 AND kind = 'reverse'", {line.transfer})).empty();
            }
            if (lines != order.amount.minor) found("escrow.lines_differ", "The lines of an order do not come to its amount.");
        }
        if (!(counted == escrow_of(contract))) found("escrow.orders_differ", "The contract's money is not that of its posted orders.");
        if (!contract.escrow_account || taken_back) continue;
        auto account = TRY(transaction.find_one<ledger::AccountView>("id = $1", {contract.escrow_account->text}));
        if (!account) {
            found("escrow.no_such_account", "The escrow account of the contract is not in the ledger.");
            continue;
        }
        TRY(ledger::fill_balances(*account));
        const auto balance = parse_money(account->balance, contract.amount.currency);
        if (!balance || balance->minor != counted.left()) found("escrow.ledger_differs", "The ledger holds another amount in escrow than the contract says.");
    }
    return looked;
}

} // namespace

Check escrow_check() { return {"deals_escrow", "What contracts say of their escrow is what their orders and the ledger say.", run}; }

} // namespace greenbank::deals
