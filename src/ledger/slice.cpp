// slice.cpp — what ledger brings to the bank.
#include "api/migrations.h"
#include "ledger/files.h"
#include "ledger/ledger.h"
#include "ledger/records.h"

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
        .records = {&record_of<LedgerAsset>(), &record_of<LedgerAccount>(), &record_of<JournalRound>(), &record_of<ClosedPeriod>(),
            &record_of<TransferOrder>(), &record_of<MakerLimit>(), &record_of<ExchangeRate>()},
        .rights = {},
        .endpoints = {},
        .jobs = {},
    };
}

Slice slice() {
    Slice slice = stored_slice();
    slice.commands = {apply_command()};
    return slice;
}

} // namespace ledger
} // namespace greenbank
