// A Transaction on a connection: one unit of work, between savepoints for a write, a whole snapshot for a read.
#pragma once

#include "store/bulk.h"
#include "store/connection.h"
#include "store/store.h"

namespace greenbank {

class UnitOfWork final : public BulkTransaction {
public:
    explicit UnitOfWork(Connection& connection, std::int64_t group = 0) : connection_(connection), group_(group) {}

    using Transaction::execute;
    using Transaction::query;
    Result<Rows> query(std::string_view sql, std::span<const Value> parameters) override;
    Result<std::int64_t> execute(std::string_view sql, std::span<const Value> parameters) override;
    Result<Done> insert_many(const Record& record, std::span<const void* const> values) override;
    Result<Done> insert_rows(std::string_view table, const std::vector<std::string>& columns, const RowList& rows) override;
    Result<std::int64_t> update_rows(std::string_view table, std::string_view key, const std::vector<std::string>& columns, const RowList& rows) override;
    std::int64_t group() const override { return group_; }
    Result<Done> announce(const std::string& record, const std::string& id, bool erased) override;

    /// Runs `work`; the first failed statement is the answer, whatever `work` makes of it.
    Result<Done> run(const Work& work);
    bool announced() const { return announced_; }

private:
    Result<Answer> answer(std::string_view sql, std::span<const Value> parameters);

    Connection& connection_;
    std::int64_t group_;
    std::optional<Error> failure_;
    bool announced_ = false;
};

} // namespace greenbank
