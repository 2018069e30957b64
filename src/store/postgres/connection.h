// One PostgreSQL connection with its prepared statements.
#pragma once

#include <libpq-fe.h>

#include <unordered_map>

#include "store/connection.h"

namespace greenbank {

class PostgresConnection final : public Connection {
public:
    static Result<std::unique_ptr<PostgresConnection>> open(const std::string& connection);

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

    /// False unless the server answers within the time.
    bool answers_within(int milliseconds);
    /// Something unasked has arrived, or the end of the stream: worth a look.
    bool has_news();

private:
    struct Close {
        void operator()(PGconn* connection) const { PQfinish(connection); }
        void operator()(PGresult* result) const { PQclear(result); }
    };
    using Answered = std::unique_ptr<PGresult, Close>;

    explicit PostgresConnection(PGconn* connection) : connection_(connection) {}
    Result<std::string> prepare(std::string_view sql);
    Result<Done> begin(const std::string& sql);
    Error failed(const PGresult* result, std::string_view sql);

    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unique_ptr<PGconn, Close> connection_;
    std::unordered_map<std::string, std::string, Hash, std::equal_to<>> statements_; // SQL to name
    std::int64_t statements_made_ = 0;
    bool statements_stale_ = false;   // a migration has changed tables under them
    bool savepoint_released_ = false; // to be told with the next savepoint, saving a round trip
    Trouble trouble_ = Trouble::none;
};

} // namespace greenbank
