// The face of the store: described records and plain SQL in transactions, on SQLite or PostgreSQL.
// Writes of many callers are gathered and committed together; nobody is answered before the commit is durable.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"
#include "store/transaction.h"

namespace greenbank {

/// One dated step of a slice's tables: "2026_11_20_01_organisation" and its SQL (statements separated by ';').
struct Migration {
    std::string_view slice;
    std::string_view name;
    std::string_view sql;
};

/// One announced change, in an order in which nothing that is committed later can come earlier.
struct Announcement {
    std::string record; // the record's name
    std::string id;
    bool erased = false;
};

struct Announcements {
    std::vector<Announcement> changes;
    std::string cursor; // opaque; pass it on to go on
};

/// A single-writer role: held by at most one server at a time; `fence` grows with each holder.
class Lease {
public:
    virtual ~Lease() = default;
    virtual std::int64_t fence() const = 0;
    /// False once the lock may have been lost (connection gone): stop writing at once.
    virtual bool held() = 0;
};

using Work = std::function<Result<Done>(Transaction&)>;
using Finished = std::function<void(Result<Done>)>;

class Store {
public:
    virtual ~Store() = default;

    /// Runs `work` in a read-only snapshot, on the calling thread.
    virtual Result<Done> read(const Work& work) = 0;

    /// Queues `work` for the writer. It runs under a savepoint of its own inside a group's transaction, perhaps more
    /// than once (after a deadlock), so it touches nothing outside the transaction. An error of `work` undoes its
    /// savepoint only. `finished` is called once, on the writer's thread, after the group's commit is durable.
    virtual void write(Work work, Finished finished) = 0;

    /// The same, waiting for the commit.
    Result<Done> write(const Work& work);

    /// Applies what is missing, in order and in one transaction, and refuses a database that knows migrations we do
    /// not. Safe when several servers start at once.
    virtual Result<Done> migrate(std::span<const Migration> migrations) = 0;

    /// What was announced after `cursor` (empty: from the beginning), at most `limit`.
    virtual Result<Announcements> announcements(const std::string& cursor, std::size_t limit) = 0;
    /// The cursor after everything announced so far.
    virtual Result<std::string> announced_until() = 0;
    /// Called after every commit of this server that announced something; from the writer's thread, must not block.
    virtual void on_announcement(std::function<void()> listener) = 0;

    /// The lock of that name if it is free, without waiting; null where another server holds it.
    virtual Result<std::unique_ptr<Lease>> try_lock(const std::string& name) = 0;

    /// Columns of a table as the database has them, for the test that descriptions and migrations agree:
    /// name, type in lower case, whether null is refused.
    struct Column {
        std::string name;
        std::string type;
        bool required;
    };
    virtual Result<std::vector<Column>> columns(const std::string& table) = 0;

    virtual std::string_view engine() const = 0; // "sqlite" or "postgres"
    /// An identity that a new database gets once; an index built for another one is worthless.
    virtual Result<std::string> identity() = 0;

    struct Statistics {
        std::int64_t groups = 0;  // commits of the writer
        std::int64_t writes = 0;  // works committed
        std::int64_t waiting = 0; // works queued now
    };
    virtual Statistics statistics() const = 0;
};

/// The tables of `records` have the columns, types and nulls of their descriptions, no more and no less;
/// Failure::internal "store.tables" names those that differ.
Result<Done> check_tables(Store& store, std::span<const Record* const> records);

/// The earlier of two cursors of one store's feed; empty is the beginning.
std::string earlier_cursor(const std::string& a, const std::string& b);

} // namespace greenbank
