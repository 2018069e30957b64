// slice.cpp — what ledger brings to the bank.
#include "api/migrations.h"
#include "ledger/files.h"
#include "ledger/ledger.h"
#include "ledger/operations.h"
#include "ledger/sample.h"
#include "ledger/verify.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile ledger_migrations[];
extern const std::size_t ledger_migrations_count;
} // namespace embedded

namespace ledger {

/// What is stored: enough for whoever keeps a ledger without its endpoints.
Slice stored_slice() {
    return {
        .name = "ledger",
        .migrations = migrations_of("ledger", embedded::ledger_migrations, embedded::ledger_migrations_count),
        .records = {&record_of<LedgerAsset>(), &record_of<LedgerAccount>(), &record_of<JournalRound>(), &record_of<ClosedPeriod>(), &record_of<TransferOrder>(),
            &record_of<MakerLimit>(), &record_of<ExchangeRate>(), &record_of<IssuedStatement>()},
        .rights = {},
        .endpoints = {},
        .jobs = {},
    };
}

Slice slice(Book& book, const std::string& address) {
    Slice slice = stored_slice();
    slice.rights = {
        {read_ledger, "See all accounts, orders and reports of the ledger.", {"officer", "administrator"}},
        {write_ledger, "Open and freeze accounts, ask for transfers, resolve holds.", {"officer", "administrator"}},
        {approve_orders, "Agree to transfers that another person asked for.", {"officer", "administrator"}},
        {post_batches, "Post transfers straight through, for programs.", {"administrator"}},
        {manage_ledger, "Enter assets and rates, close periods, set limits.", {"administrator"}},
    };
    slice.commands = {apply_command()};
    slice.checks = {ledger_check()};
    slice.samples = {sample_set<ExchangeRate>("ledger/rates"), sample_set<TransferOrder>("ledger/orders")};
    slice.sample_steps = {sample_step(book)};
    for (auto endpoints : {account_endpoints(book), transfer_endpoints(book), order_endpoints(book), statement_endpoints(), paper_statement_endpoints(address),
             report_endpoints()})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    return slice;
}

} // namespace ledger
} // namespace greenbank
