// The served engine: PostgreSQL 15 or newer, for more than one server of the bank.
// Sessions matter (locks, prepared statements): connect directly, not through a pooler of transactions.
#pragma once

#include "store/store.h"
#include "store/writer.h"

namespace greenbank {

// Above 64 the subtransactions of a group overflow PostgreSQL's cache of them, and every reader pays.
inline constexpr WriterSettings postgres_writer = {.group_max = 60};

/// `connection` as libpq has it ("host=a,b dbname=bank" or a URI); of several hosts the one that takes writes is used.
/// At most `readers` connections read.
Result<std::unique_ptr<Store>> open_postgres(const std::string& connection, int readers, WriterSettings settings = postgres_writer);

/// A session beside any store, for whoever measures the engine itself.
Result<std::unique_ptr<Connection>> postgres_session(const std::string& connection);

} // namespace greenbank
