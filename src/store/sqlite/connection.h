// One SQLite connection with its prepared statements.
#pragma once

#include <sqlite3.h>

#include <unordered_map>

#include "store/connection.h"

namespace greenbank {

class SqliteConnection final : public Connection {
public:
    static Result<std::unique_ptr<Connection>> open(const std::string& path, Access access);
    ~SqliteConnection() override;

    Result<Answer> run(std::string_view sql, std::span<const Value> parameters = {}) override;
    Result<Done> script(const std::string& sql) override;
    Result<Done> insert_rows(std::string_view table, const std::vector<std::string>& columns, const RowList& rows) override;
    Result<std::int64_t> update_rows(std::string_view table, std::string_view key, const std::vector<std::string>& columns, const RowList& rows) override;
    Result<Done> begin_write() override;
    Result<Done> begin_read() override;
    Result<Done> commit() override;
    Result<Done> roll_back() override;
    Result<Done> savepoint() override;
    Result<Done> release() override;
    Result<Done> undo() override;
    Trouble trouble() const override { return trouble_; }

private:
    struct Statement {
        sqlite3_stmt* handle = nullptr;
        std::vector<int> places; // of $1, $2, …
    };

    explicit SqliteConnection(sqlite3* database) : database_(database) {}
    Result<Statement*> prepare(std::string_view sql);
    Result<Done> bind(const Statement& statement, std::size_t place, const Value& value);
    Result<Answer> step(const Statement& statement, std::string_view sql);
    /// Runs a statement for each row; how many rows of the table it touched.
    Result<std::int64_t> for_rows(std::string_view sql, const RowList& rows);
    Result<Done> plain(std::string_view sql);
    void forget_statements();
    Error failed(int code, std::string_view sql);

    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    sqlite3* database_;
    std::unordered_map<std::string, Statement, Hash, std::equal_to<>> statements_;
    bool in_transaction_ = false;
    Trouble trouble_ = Trouble::none;
};

} // namespace greenbank
