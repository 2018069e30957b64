// connection.cpp — one connection by libpq.
#include "store/postgres/connection.h"

#include <fmt/format.h>
#include <poll.h>

#include <chrono>

#include "store/postgres/values.h"

namespace greenbank {

namespace {

constexpr std::size_t statements_max = 500;

// One writer at a time among all servers of the bank, as with SQLite: works see a world that holds still, so that what
// they check before they write is still true when they write. Groups keep the commits few. A server that hangs with a
// transaction open is cut off by PostgreSQL after idle_in_transaction_session_timeout.
constexpr const char* begin_write_sql = "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = '60s'; "
                                        "SELECT pg_advisory_xact_lock(hashtextextended('greenbank.writer.' || current_schema(), 0))";

constexpr const char* session_sql = R"(
    SET standard_conforming_strings = on;
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
)";

} // namespace

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& connection) {
    // What stands before dbname may be overridden by the connection string; what stands after it may not.
    const char* keywords[] = {"connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "application_name", "dbname",
        "client_encoding", "target_session_attrs", nullptr};
    const char* values[] = {"5", "10", "5", "3", "15000", "greenbank", connection.c_str(), "UTF8", "read-write", nullptr};
    std::unique_ptr<PostgresConnection> opened(new PostgresConnection(PQconnectdbParams(keywords, values, 1)));
    PGconn* handle = opened->connection_.get();
    if (PQstatus(handle) != CONNECTION_OK) return unavailable(PQerrorMessage(handle));
    if (PQserverVersion(handle) < 150000) return Error{Failure::unavailable, "store.old_server", "PostgreSQL 15 or newer is needed."};
    PQsetNoticeProcessor(
        handle, [](void*, const char*) {}, nullptr); // "already exists, skipping"
    TRY(opened->script(session_sql));
    return opened;
}

Result<std::string> PostgresConnection::prepare(std::string_view sql) {
    if (const auto known = statements_.find(sql); known != statements_.end()) return known->second;
    if (statements_.size() >= statements_max) {
        TRY(script("DEALLOCATE ALL"));
        statements_.clear();
    }
    std::string name = fmt::format("s{}", ++statements_made_);
    const std::string text(sql);
    const Answered prepared(PQprepare(connection_.get(), name.c_str(), text.c_str(), 0, nullptr));
    if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK) return failed(prepared.get(), sql);
    statements_.emplace(text, name);
    return name;
}

Result<Answer> PostgresConnection::run(std::string_view sql, std::span<const Value> parameters) {
    TRY(check_parameters(parameters));
    const std::string name = TRY(prepare(sql));
    std::vector<std::string> texts(parameters.size());
    std::vector<const char*> values(parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) values[i] = parameter_text(parameters[i], texts[i]);
    const Answered answered(PQexecPrepared(connection_.get(), name.c_str(), static_cast<int>(values.size()), values.data(), nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(answered.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return failed(answered.get(), sql);
    return answer_of(answered.get());
}

Result<Done> PostgresConnection::script(const std::string& sql) {
    const Answered answered(PQexec(connection_.get(), sql.c_str()));
    const ExecStatusType status = PQresultStatus(answered.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) return failed(answered.get(), sql);
    return Done{};
}

Result<Done> PostgresConnection::insert_rows(std::string_view table, const std::vector<std::string>& columns, const RowList& rows) {
    std::string sql = "COPY " + quoted_name(table) + " (";
    for (std::size_t i = 0; i < columns.size(); ++i) (sql += i == 0 ? "" : ", ") += quoted_name(columns[i]);
    sql += ") FROM STDIN";
    const Answered ready(PQexec(connection_.get(), sql.c_str()));
    if (PQresultStatus(ready.get()) != PGRES_COPY_IN) return failed(ready.get(), sql);

    constexpr std::size_t bytes_at_once = 1 << 16;
    std::string buffer;
    for (const std::vector<Value>& row : rows) {
        append_copy_line(buffer, row);
        if (buffer.size() < bytes_at_once) continue;
        if (PQputCopyData(connection_.get(), buffer.data(), static_cast<int>(buffer.size())) != 1) break;
        buffer.clear();
    }
    if (!buffer.empty()) PQputCopyData(connection_.get(), buffer.data(), static_cast<int>(buffer.size()));
    PQputCopyEnd(connection_.get(), nullptr); // its failures, and those above, come with the result

    Answered result(PQgetResult(connection_.get()));
    std::optional<Error> error;
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) error = failed(result.get(), sql);
    while (result) result.reset(PQgetResult(connection_.get()));
    if (error) return std::move(*error);
    return Done{};
}

Result<std::int64_t> PostgresConnection::update_rows(
    std::string_view table, std::string_view key, const std::vector<std::string>& columns, const RowList& rows) {
    // One statement whatever the number of rows: each column travels as an array.
    std::string sets, arrays, names = "c0";
    std::vector<Value> parameters;
    for (std::size_t i = 0; i <= columns.size(); ++i) {
        if (i > 0) {
            (sets += i == 1 ? "" : ", ") += quoted_name(columns[i - 1]) + " = v.c" + std::to_string(i);
            names += ", c" + std::to_string(i);
        }
        const Value& first = rows.front()[i];
        const char* type = std::holds_alternative<std::int64_t>(first) ? "bigint[]" : std::holds_alternative<double>(first) ? "float8[]" : "text[]";
        (arrays += i == 0 ? "" : ", ") += "CAST($" + std::to_string(i + 1) + " AS " + type + ")";
        std::string array = "{";
        for (const std::vector<Value>& row : rows) append_array_item(array, row[i]);
        array += "}";
        parameters.emplace_back(std::move(array));
    }
    const std::string sql =
        "UPDATE " + quoted_name(table) + " AS t SET " + sets + " FROM unnest(" + arrays + ") AS v(" + names + ") WHERE t." + quoted_name(key) + " = v.c0";
    return TRY(run(sql, parameters)).touched;
}

Result<Done> PostgresConnection::begin(const std::string& sql) {
    trouble_ = Trouble::none;
    savepoint_released_ = false;
    if (statements_stale_) {
        TRY(script("DEALLOCATE ALL"));
        statements_.clear();
        statements_stale_ = false;
    }
    return script(sql);
}

Result<Done> PostgresConnection::begin_write() { return begin(begin_write_sql); }
Result<Done> PostgresConnection::begin_read() { return begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }

Result<Done> PostgresConnection::commit() {
    const Answered answered(PQexec(connection_.get(), "COMMIT"));
    if (PQresultStatus(answered.get()) != PGRES_COMMAND_OK) {
        Error error = failed(answered.get(), "COMMIT");
        if (trouble_ == Trouble::lost) return outcome_unknown();
        return error;
    }
    if (std::string_view(PQcmdStatus(answered.get())) == "COMMIT") return Done{};
    trouble_ = Trouble::conflict;
    return unavailable("the transaction was rolled back by the server");
}

Result<Done> PostgresConnection::roll_back() { return script("ROLLBACK"); }

Result<Done> PostgresConnection::savepoint() {
    const bool release_first = std::exchange(savepoint_released_, false);
    return script(release_first ? "RELEASE SAVEPOINT unit; SAVEPOINT unit" : "SAVEPOINT unit");
}

Result<Done> PostgresConnection::release() {
    savepoint_released_ = true;
    return Done{};
}

Result<Done> PostgresConnection::undo() { return script("ROLLBACK TO SAVEPOINT unit; RELEASE SAVEPOINT unit"); }

Error PostgresConnection::failed(const PGresult* result, std::string_view sql) {
    const auto field = [result](int code) {
        const char* text = result ? PQresultErrorField(result, code) : nullptr;
        return std::string(text ? text : "");
    };
    const std::string state = field(PG_DIAG_SQLSTATE);
    std::string message = state.empty() ? PQerrorMessage(connection_.get()) : field(PG_DIAG_MESSAGE_PRIMARY);
    message.resize(std::min(message.find('\n'), message.size()));
    const bool shutting_down = state.starts_with("57P") || state.starts_with("08");
    const char* standby = PQparameterStatus(connection_.get(), "in_hot_standby");
    const bool turned_standby = state == "25006" && standby && std::string_view(standby) == "on";

    if (PQstatus(connection_.get()) != CONNECTION_OK || shutting_down || turned_standby) {
        trouble_ = Trouble::lost;
        return unavailable(message);
    }
    if (state == "40001" || state == "40P01") {
        trouble_ = Trouble::conflict;
        return unavailable(message);
    }
    if (state == "0A000" && message.find("cached plan") != std::string::npos) {
        trouble_ = Trouble::conflict;
        statements_stale_ = true;
        return unavailable(message);
    }
    if (state == "53100") return storage_full();
    if (state == "25006") return read_only();
    if (state == "23505") return duplicate(field(PG_DIAG_CONSTRAINT_NAME));
    if (state == "23503") return reference_violated(field(PG_DIAG_CONSTRAINT_NAME));
    if (state == "23502") return column_required(field(PG_DIAG_TABLE_NAME) + "." + field(PG_DIAG_COLUMN_NAME));
    if (state == "23514") return check_violated(field(PG_DIAG_CONSTRAINT_NAME));
    if (state == "22021" || state == "22P05") return Error{Failure::invalid, "text.nul", "A text holds characters that cannot be stored."};
    if (state == "22003") return Error{Failure::invalid, "store.range", "A number is too large to be stored."};
    if (state == "54000") return Error{Failure::too_large, "store.too_large", "A value is too large to be stored."};
    if (state.starts_with("53") || state == "57014" || state == "55P03") return unavailable(message);
    return statement_failed(sql, message);
}

bool PostgresConnection::has_news() {
    pollfd socket{.fd = PQsocket(connection_.get()), .events = POLLIN, .revents = 0};
    return poll(&socket, 1, 0) != 0;
}

bool PostgresConnection::answers_within(int milliseconds) {
    using Clock = std::chrono::steady_clock;
    const auto until = Clock::now() + std::chrono::milliseconds(milliseconds);
    PGconn* handle = connection_.get();
    if (PQsendQuery(handle, "SELECT 1") != 1) return false;
    bool sound = true;
    for (;;) {
        if (PQconsumeInput(handle) != 1) return false;
        if (!PQisBusy(handle)) {
            const Answered answered(PQgetResult(handle));
            if (!answered) return sound;
            sound = sound && PQresultStatus(answered.get()) == PGRES_TUPLES_OK;
            continue;
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        pollfd socket{.fd = PQsocket(handle), .events = POLLIN, .revents = 0};
        if (left <= 0 || poll(&socket, 1, static_cast<int>(left)) <= 0) return false;
    }
}

} // namespace greenbank
