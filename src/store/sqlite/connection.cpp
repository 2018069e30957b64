// connection.cpp — one connection by sqlite3.
#include "store/sqlite/connection.h"

namespace greenbank {

namespace {

constexpr std::size_t statements_max = 500;

// LIKE and double quotes mean here what they mean to PostgreSQL.
constexpr const char* settings = R"(
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA case_sensitive_like = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -32768;
    PRAGMA journal_size_limit = 67108864;
)";

Value column_value(sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: return {};
    case SQLITE_INTEGER: return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    default: {
        const void* bytes = sqlite3_column_blob(statement, column); // of a text: its UTF-8
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        return size == 0 ? std::string() : std::string(static_cast<const char*>(bytes), size);
    }
    }
}

// What PostgreSQL has to be told and SQLite is better without: the order of bytes is the only one here, and said aloud it would hide the
// indices; a whole number as primary key is the row's own number here, and needs no index beside the table; rows are changed in place;
// bytes are blobs.
std::string as_sqlite_has_it(std::string_view sql) {
    std::string plain(sql);
    constexpr std::pair<std::string_view, std::string_view> told[] = {
        {" COLLATE \"C\"", ""}, {" BIGINT PRIMARY KEY", " INTEGER PRIMARY KEY"}, {" WITH (fillfactor = 40)", ""}, {" BYTEA", " BLOB"}};
    for (const auto& [said, here] : told)
        for (std::size_t at = plain.find(said); at != std::string::npos; at = plain.find(said, at)) plain.replace(at, said.size(), here);
    return plain;
}

/// decode(text, 'hex') as PostgreSQL has it: how bytes come in, texts being all that travels.
void decode_hex(sqlite3_context* context, int, sqlite3_value** arguments) {
    static constexpr auto digits = [] {
        std::array<unsigned char, 256> table{};
        table.fill(255);
        for (unsigned char i = 0; i < 10; ++i) table['0' + i] = i;
        for (unsigned char i = 0; i < 6; ++i) table['a' + i] = table['A' + i] = static_cast<unsigned char>(10 + i);
        return table;
    }();
    const unsigned char* text = sqlite3_value_text(arguments[0]);
    const int size = sqlite3_value_bytes(arguments[0]);
    auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(static_cast<sqlite3_uint64>(size) / 2 + 1));
    if (!bytes) return sqlite3_result_error_nomem(context);
    unsigned char wrong = size % 2 == 0 ? 0 : 255;
    for (int i = 0; i + 1 < size; i += 2) {
        const unsigned char high = digits[text[i]], low = digits[text[i + 1]];
        wrong = std::max(wrong, std::max(high, low)) == 255 ? 255 : wrong;
        bytes[i / 2] = static_cast<unsigned char>(high << 4 | (low & 15));
    }
    if (wrong == 0) return sqlite3_result_blob64(context, bytes, static_cast<sqlite3_uint64>(size) / 2, sqlite3_free);
    sqlite3_free(bytes);
    sqlite3_result_error(context, "invalid hexadecimal digit", -1);
}

// "UNIQUE constraint failed: deal.buyer, deal.number"
std::string after_colon(std::string_view message) {
    const std::size_t colon = message.find(": ");
    return std::string(colon == std::string_view::npos ? message : message.substr(colon + 2));
}

} // namespace

Result<std::unique_ptr<Connection>> SqliteConnection::open(const std::string& path, Access access) {
    // Nobody asks how much memory SQLite has in use, and counting it takes a lock for every piece. Too late, and without harm, where it runs already.
    [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3* database = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int opened = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(database));
    if (opened != SQLITE_OK)
        return Error{
            Failure::unavailable, "store.open", "The database {path} cannot be opened: {reason}", {{"path", path}, {"reason", sqlite3_errstr(opened)}}};
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    constexpr int pure = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    sqlite3_create_function(database, "decode", 2, pure, nullptr, decode_hex, nullptr, nullptr);
    TRY(connection->script(settings));
    if (access == Access::read) TRY(connection->script("PRAGMA query_only = ON"));
    return std::unique_ptr<Connection>(std::move(connection));
}

SqliteConnection::~SqliteConnection() {
    forget_statements();
    sqlite3_close(database_);
}

void SqliteConnection::forget_statements() {
    for (auto& [sql, statement] : statements_) sqlite3_finalize(statement.handle);
    statements_.clear();
}

Result<SqliteConnection::Statement*> SqliteConnection::prepare(std::string_view sql) {
    if (const auto known = statements_.find(sql); known != statements_.end()) return &known->second;
    if (statements_.size() >= statements_max) forget_statements();

    Statement statement;
    const std::string plain = as_sqlite_has_it(sql);
    const char* rest = nullptr;
    const int prepared = sqlite3_prepare_v3(database_, plain.data(), static_cast<int>(plain.size()), SQLITE_PREPARE_PERSISTENT, &statement.handle, &rest);
    if (prepared != SQLITE_OK) return failed(prepared, sql);
    const std::string_view left(rest, static_cast<std::size_t>(plain.data() + plain.size() - rest));
    if (!statement.handle || left.find_first_not_of("; \t\r\n") != std::string_view::npos) {
        sqlite3_finalize(statement.handle);
        return statement_failed(sql, "it is not one statement");
    }
    const int count = sqlite3_bind_parameter_count(statement.handle);
    for (int i = 1; i <= count; ++i) {
        const std::string name = "$" + std::to_string(i);
        const char* usual = sqlite3_bind_parameter_name(statement.handle, i);
        const int place = usual && name == usual ? i : sqlite3_bind_parameter_index(statement.handle, name.c_str());
        if (place == 0) {
            sqlite3_finalize(statement.handle);
            return statement_failed(sql, "placeholders must be $1, $2, … without gaps");
        }
        statement.places.push_back(place);
    }
    return &statements_.emplace(std::string(sql), std::move(statement)).first->second;
}

Result<Done> SqliteConnection::bind(const Statement& statement, std::size_t place, const Value& value) {
    const int at = statement.places[place];
    int bound = SQLITE_OK;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) bound = sqlite3_bind_int64(statement.handle, at, *integer);
    else if (const auto* real = std::get_if<double>(&value)) bound = sqlite3_bind_double(statement.handle, at, *real);
    else if (const auto* text = std::get_if<std::string>(&value))
        bound = sqlite3_bind_text64(statement.handle, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    if (bound == SQLITE_OK) return Done{};
    return Error{Failure::too_large, "store.too_large", "A value is too large to be stored."};
}

Result<Answer> SqliteConnection::step(const Statement& statement, std::string_view sql) {
    sqlite3_stmt* handle = statement.handle;
    Answer answer;
    const int columns = sqlite3_column_count(handle);
    int stepped = sqlite3_step(handle);
    for (int i = 0; i < columns; ++i) answer.rows.columns.emplace_back(sqlite3_column_name(handle, i)); // after a step: the schema is fresh
    for (; stepped == SQLITE_ROW; stepped = sqlite3_step(handle)) {
        std::vector<Value>& row = answer.rows.rows.emplace_back();
        row.reserve(static_cast<std::size_t>(columns));
        for (int i = 0; i < columns; ++i) row.push_back(column_value(handle, i));
    }
    std::optional<Error> error;
    if (stepped != SQLITE_DONE) error = failed(stepped, sql);
    sqlite3_reset(handle);
    sqlite3_clear_bindings(handle);
    if (error) return std::move(*error);
    answer.touched = sqlite3_stmt_readonly(handle) ? static_cast<std::int64_t>(answer.rows.size()) : sqlite3_changes64(database_);
    return answer;
}

Result<Answer> SqliteConnection::run(std::string_view sql, std::span<const Value> parameters) {
    TRY(check_parameters(parameters));
    const Statement* statement = TRY(prepare(sql));
    if (statement->places.size() != parameters.size())
        return statement_failed(sql, "it has " + std::to_string(statement->places.size()) + " placeholders and got " + std::to_string(parameters.size()));
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        Result<Done> bound = bind(*statement, i, parameters[i]);
        if (bound) continue;
        sqlite3_clear_bindings(statement->handle);
        return bound.error();
    }
    return step(*statement, sql);
}

Result<Done> SqliteConnection::script(const std::string& sql) {
    const int executed = sqlite3_exec(database_, as_sqlite_has_it(sql).c_str(), nullptr, nullptr, nullptr);
    if (executed != SQLITE_OK) return failed(executed, sql);
    return Done{};
}

// A row at a time: a statement of many rows keeps a journal of its own, in case that it fails half way, and is the slower one.
Result<Done> SqliteConnection::insert_rows(std::string_view table, const std::vector<std::string>& columns, const RowList& rows) {
    std::string sql = "INSERT INTO " + quoted_name(table) + " (", places;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        (sql += i == 0 ? "" : ", ") += quoted_name(columns[i]);
        places += (i == 0 ? "$" : ", $") + std::to_string(i + 1);
    }
    sql += ") VALUES (" + places + ")";
    TRY(for_rows(sql, rows));
    return Done{};
}

Result<std::int64_t> SqliteConnection::update_rows(std::string_view table, std::string_view key, const std::vector<std::string>& columns, const RowList& rows) {
    std::string sql = "UPDATE " + quoted_name(table) + " SET ";
    for (std::size_t i = 0; i < columns.size(); ++i) (sql += i == 0 ? "" : ", ") += quoted_name(columns[i]) + " = $" + std::to_string(i + 2);
    sql += " WHERE " + quoted_name(key) + " = $1";
    return for_rows(sql, rows);
}

Result<std::int64_t> SqliteConnection::for_rows(std::string_view sql, const RowList& rows) {
    const Statement* statement = TRY(prepare(sql));
    std::int64_t touched = 0;
    for (const std::vector<Value>& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) TRY(bind(*statement, i, row[i]));
        touched += TRY(step(*statement, sql)).touched;
    }
    return touched;
}

Result<Done> SqliteConnection::plain(std::string_view sql) {
    TRY(run(sql));
    return Done{};
}

Result<Done> SqliteConnection::begin_write() {
    trouble_ = Trouble::none;
    TRY(plain("BEGIN IMMEDIATE"));
    in_transaction_ = true;
    return Done{};
}

Result<Done> SqliteConnection::begin_read() {
    trouble_ = Trouble::none;
    TRY(plain("BEGIN"));
    in_transaction_ = true;
    return Done{};
}

Result<Done> SqliteConnection::commit() {
    Result<Done> committed = plain("COMMIT");
    if (committed) {
        in_transaction_ = false;
        return committed;
    }
    // The commit record may have reached the disk though the sync failed.
    if ((sqlite3_extended_errcode(database_) & 0xff) == SQLITE_IOERR) {
        trouble_ = Trouble::lost;
        return outcome_unknown();
    }
    return committed;
}

Result<Done> SqliteConnection::roll_back() {
    in_transaction_ = false;
    if (sqlite3_get_autocommit(database_)) return Done{};
    return plain("ROLLBACK");
}

Result<Done> SqliteConnection::savepoint() { return plain("SAVEPOINT unit"); }
Result<Done> SqliteConnection::release() { return plain("RELEASE unit"); }
Result<Done> SqliteConnection::undo() {
    TRY(plain("ROLLBACK TO unit"));
    return plain("RELEASE unit");
}

Error SqliteConnection::failed(int code, std::string_view sql) {
    const std::string message = sqlite3_errmsg(database_);
    const int kind = code & 0xff;
    const bool gone = in_transaction_ && sqlite3_get_autocommit(database_);
    if (gone || kind == SQLITE_FULL || kind == SQLITE_IOERR || kind == SQLITE_CORRUPT || kind == SQLITE_READONLY) trouble_ = Trouble::ended;

    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return duplicate(after_colon(message));
    case SQLITE_CONSTRAINT_FOREIGNKEY: return reference_violated("");
    case SQLITE_CONSTRAINT_NOTNULL: return column_required(after_colon(message));
    case SQLITE_CONSTRAINT_CHECK: return check_violated(after_colon(message));
    default: break;
    }
    switch (kind) {
    case SQLITE_FULL: return storage_full();
    case SQLITE_READONLY: return read_only();
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN: return unavailable(message);
    case SQLITE_TOOBIG: return Error{Failure::too_large, "store.too_large", "A value is too large to be stored."};
    default: return statement_failed(sql, message);
    }
}

} // namespace greenbank
