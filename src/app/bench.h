// bench.h — `greenbank bench ledger`: durable transfers a second through the kept ledger, on a database of its own that goes afterwards.
#pragma once

#include "kernel/result.h"

namespace greenbank::app {

struct BenchOptions {
    std::string store = "sqlite"; // or "postgres"
    std::string folder;           // for SQLite: on the disk that is measured
    std::string database;         // a PostgreSQL connection: what is measured, or only the peer's where the store is SQLite
    double seconds = 4;           // of each figure
    bool json = false;
};

/// Batches of 1, 100 and 8,190 over random accounts and over one hot account, beside a double entry written in plpgsql where a
/// PostgreSQL is named. Prints a table or JSON.
Result<int> bench_ledger(const BenchOptions& options);

/// The peer: accounts locked in order, an idempotency key, two entries, one commit each; 8 clients. Transfers a second.
struct PeerRates {
    double random = 0, hot = 0;
};
Result<PeerRates> bench_double_entry(const std::string& database, int accounts, double seconds);

} // namespace greenbank::app
