// sample.cpp — what the ledger no longer has goes from the registry too; the journals of sample markets go before their markets do.
#include "market/sample.h"

#include <fmt/format.h>

#include "ledger/decimals.h"
#include "market/registry/records.h"

namespace greenbank::market {

namespace {

/// Where people have written, the ledger keeps its sample lines reversed and loads none twice: then nobody holds the sample's tonnes.
Result<std::int64_t> fit_to_ledger(Transaction& transaction) {
    for (const CarbonProduct& product : TRY(transaction.find<CarbonProduct>("sample = true"))) {
        const Rows rows = TRY(transaction.query(
            "SELECT b.balances FROM account a JOIN account_balance b ON b.account = a.number WHERE a.id = $1", {product.issued_account.text}));
        const auto has = rows.empty() ? std::nullopt : ledger::parse_balances(as_text(rows.rows[0][0]));
        if (has && ledger::posted_balance(*has) != 0) continue;
        for (const char* table : {"serial_block", "retirement", "carbon_pledge", "issuance"})
            TRY(transaction.execute(fmt::format("DELETE FROM {} WHERE sample = true AND product = $1", table), {product.id.text}));
        TRY(transaction.execute("UPDATE carbon_product SET next_serial = 1 WHERE id = $1", {product.id.text}));
    }
    return std::int64_t{0};
}

} // namespace

SampleStep sample_step() {
    return {.load = [](Transaction& transaction, const SampleFiles&, Time) { return fit_to_ledger(transaction); },
        .remove = [](Transaction& transaction, const SampleFiles&, Time) -> Result<std::int64_t> {
            std::int64_t removed = 0;
            for (const char* table : {"market_trade", "market_journal", "market_client", "market_hold", "market_snapshot", "market_unit"})
                removed += TRY(transaction.execute(fmt::format("DELETE FROM {} WHERE market IN (SELECT id FROM market WHERE sample = true)", table)));
            return removed;
        }};
}

} // namespace greenbank::market
