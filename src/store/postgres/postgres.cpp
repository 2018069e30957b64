// postgres.cpp — opening the served engine, its feed, its locks.
#include "store/postgres/postgres.h"

#include <chrono>

#include "kernel/log.h"
#include "store/engine_store.h"
#include "store/postgres/connection.h"

namespace greenbank {

namespace {

// The order of sequences is not the order of commits: a transaction that began earlier may commit later. So each row
// knows its transaction, and a reader takes rows of transactions older than every one still running, in their order.
constexpr const char* tables = R"(
    CREATE TABLE IF NOT EXISTS migration (
        slice text NOT NULL, name text NOT NULL, applied_at bigint NOT NULL, PRIMARY KEY (slice, name));
    CREATE TABLE IF NOT EXISTS store_identity (id text NOT NULL PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS store_lock (name text NOT NULL PRIMARY KEY, fence bigint NOT NULL);
    CREATE TABLE IF NOT EXISTS store_announcement (
        sequence bigserial PRIMARY KEY, xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        record text NOT NULL, id text NOT NULL, erased boolean NOT NULL);
    CREATE INDEX IF NOT EXISTS store_announcement_xid ON store_announcement (xid, sequence);
)";

// Transaction numbers mean nothing in another cluster. A database restored into a new one has rows "of the future",
// which would not be seen for long: they become old ones, and the identity a new one, so that indices begin again.
constexpr const char* settle_restored = R"(
    DELETE FROM store_identity WHERE EXISTS (SELECT 1 FROM store_announcement WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()));
    UPDATE store_announcement SET xid = '1' WHERE EXISTS (SELECT 1 FROM store_announcement WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()));
)";

/// An advisory lock on a connection of its own: it is gone when that is gone.
class SessionLease final : public Lease {
public:
    SessionLease(std::unique_ptr<PostgresConnection> connection, std::int64_t fence) : connection_(std::move(connection)), fence_(fence) {}

    std::int64_t fence() const override { return fence_; }

    bool held() override {
        const auto now = Clock::now();
        if (!connection_ || (now - checked_at_ < check_every && !connection_->has_news())) return connection_ != nullptr;
        if (!connection_->answers_within(answer_within_milliseconds)) connection_.reset();
        checked_at_ = Clock::now();
        return connection_ != nullptr;
    }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr auto check_every = std::chrono::milliseconds(500);
    static constexpr int answer_within_milliseconds = 1000;

    std::unique_ptr<PostgresConnection> connection_;
    std::int64_t fence_;
    Clock::time_point checked_at_ = Clock::now();
};

class PostgresStore final : public EngineStore {
public:
    PostgresStore(Connect connect, std::string address, std::size_t readers, WriterSettings settings) :
        EngineStore(std::move(connect), settings, readers), address_(std::move(address)) {}

    std::string_view engine() const override { return "postgres"; }

    Result<Announcements> announcements(const std::string& cursor, std::size_t limit) override {
        const std::vector<std::string_view> parts = split(cursor.empty() ? "0:0" : std::string_view(cursor), ':');
        for (const std::string_view part : parts)
            if (parts.size() != 2 || part.empty() || part.size() > 18 || part.find_first_not_of("0123456789") != std::string_view::npos) return bad_cursor();
        const Rows found = TRY(rows("SELECT record, id, erased, xid || ':' || sequence FROM store_announcement "
                                    "WHERE (xid, sequence) > (CAST($1 AS xid8), CAST($2 AS bigint)) AND xid < pg_snapshot_xmin(pg_current_snapshot()) "
                                    "ORDER BY xid, sequence LIMIT $3",
            {std::string(parts[0]), std::string(parts[1]), static_cast<std::int64_t>(limit)}));
        Announcements announcements{.cursor = cursor.empty() ? "0:0" : cursor};
        for (const auto& row : found.rows) {
            announcements.changes.push_back({as_text(row[0]), as_text(row[1]), as_integer(row[2]) != 0});
            announcements.cursor = as_text(row[3]);
        }
        return announcements;
    }

    Result<std::string> announced_until() override {
        const Rows found = TRY(rows("SELECT xid || ':' || sequence FROM store_announcement WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) "
                                    "ORDER BY xid DESC, sequence DESC LIMIT 1",
            {}));
        return found.empty() ? "0:0" : as_text(found.single());
    }

    Result<std::unique_ptr<Lease>> try_lock(const std::string& name) override {
        std::unique_ptr<PostgresConnection> connection = TRY(PostgresConnection::open(address_));
        const Value key[] = {name};
        const Answer locked =
            TRY(connection->run("SELECT pg_try_advisory_lock(hashtextextended('greenbank.lock.' || current_schema() || '.' || CAST($1 AS text), 0))", key));
        if (as_integer(locked.rows.single()) == 0) return std::unique_ptr<Lease>();
        const std::int64_t fence = TRY(next_fence(*connection, name));
        return std::unique_ptr<Lease>(std::make_unique<SessionLease>(std::move(connection), fence));
    }

    Result<std::vector<Column>> columns(const std::string& table) override {
        const Rows found = TRY(rows("SELECT column_name, data_type, is_nullable = 'NO' FROM information_schema.columns "
                                    "WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
            {table}));
        std::vector<Column> columns;
        for (const auto& row : found.rows) columns.push_back({as_text(row[0]), as_text(row[1]), as_integer(row[2]) != 0});
        return columns;
    }

private:
    std::string address_;
};

// Texts are compared byte by byte in SQLite; here that depends on how the database was made.
void warn_of_collation(Connection& connection) {
    const auto answer = connection.run("SELECT datcollate FROM pg_database WHERE datname = current_database()");
    if (!answer) return;
    const std::string collation = as_text(answer.value().rows.single());
    if (collation != "C" && collation != "POSIX" && collation != "C.UTF-8" && collation != "C.utf8")
        log(Level::warning, "store_collation", "the database sorts by " + collation + "; create it with LC_COLLATE 'C' for the same order everywhere");
}

} // namespace

Result<std::unique_ptr<Store>> open_postgres(const std::string& connection, int readers, WriterSettings settings) {
    const std::unique_ptr<PostgresConnection> first = TRY(PostgresConnection::open(connection));
    warn_of_collation(*first);
    TRY(in_write(*first, [&] { return first->script(tables); }));
    TRY(prepare_store(*first, settle_restored));
    Connect connect = [connection](
                          Access) -> Result<std::unique_ptr<Connection>> { return std::unique_ptr<Connection>(TRY(PostgresConnection::open(connection))); };
    const auto readers_max = static_cast<std::size_t>(std::max(readers, 1));
    return std::unique_ptr<Store>(std::make_unique<PostgresStore>(std::move(connect), connection, readers_max, settings));
}

Result<std::unique_ptr<Connection>> postgres_session(const std::string& connection) {
    return std::unique_ptr<Connection>(TRY(PostgresConnection::open(connection)));
}

} // namespace greenbank
