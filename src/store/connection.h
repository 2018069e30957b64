// One connection to an engine: what transactions, the writer and the readers ask of it. Inside the store only.
#pragma once

#include <functional>
#include <memory>

#include "store/transaction.h"

namespace greenbank {

struct Answer {
    Rows rows;
    std::int64_t touched = 0;
};

/// What the last failure did to the open transaction.
enum class Trouble {
    none,     // it stands; a savepoint undoes the failed part
    conflict, // it must be rolled back and may be tried again: deadlock, serialization, a plan grown stale
    ended,    // the engine has given it up: disk full, input or output error
    lost,     // the connection is gone
};

using RowList = std::vector<std::vector<Value>>;

/// Used by one thread at a time.
class Connection {
public:
    virtual ~Connection() = default;

    virtual Result<Answer> run(std::string_view sql, std::span<const Value> parameters = {}) = 0;
    /// Several statements separated by ';', without parameters.
    virtual Result<Done> script(const std::string& sql) = 0;
    /// The engine's fastest way to insert many rows.
    virtual Result<Done> insert_rows(std::string_view table, const std::vector<std::string>& columns, const RowList& rows) = 0;
    /// Sets columns of many rows; each row is its key, then the new values. How many rows were found.
    virtual Result<std::int64_t> update_rows(std::string_view table, std::string_view key, const std::vector<std::string>& columns, const RowList& rows) = 0;

    /// A transaction that is alone: no other server of the bank has a write transaction open at the same time.
    virtual Result<Done> begin_write() = 0;
    virtual Result<Done> begin_read() = 0;
    /// After an error: with Trouble::lost the outcome is unknown (and the error says so), else nothing was saved.
    virtual Result<Done> commit() = 0;
    virtual Result<Done> roll_back() = 0;

    // One savepoint at a time, around each unit of work.
    virtual Result<Done> savepoint() = 0;
    virtual Result<Done> release() = 0;
    virtual Result<Done> undo() = 0;

    /// Since the last begin.
    virtual Trouble trouble() const = 0;
};

enum class Access { write, read };
using Connect = std::function<Result<std::unique_ptr<Connection>>(Access)>;

/// Failure::invalid where a text is not UTF-8 or holds NUL, or a real is not finite.
Result<Done> check_parameters(std::span<const Value> parameters);

// Errors that both engines give, so that they read the same.
Error duplicate(std::string index);
Error reference_violated(std::string constraint);
Error column_required(std::string column);
Error check_violated(std::string constraint);
Error storage_full();
Error read_only();
Error outcome_unknown();
Error unavailable(std::string reason);
Error statement_failed(std::string_view sql, std::string reason);

} // namespace greenbank
