// unit_of_work.cpp — a transaction on a connection.
#include "store/unit_of_work.h"

#include <exception>

namespace greenbank {

BulkTransaction& bulk(Transaction& transaction) {
    auto* all = dynamic_cast<BulkTransaction*>(&transaction);
    require(all != nullptr, "a store's transaction takes many rows at a time");
    return *all;
}

Result<Done> UnitOfWork::run(const Work& work) {
    Result<Done> result = Done{};
    try {
        result = work(*this);
    } catch (const std::exception& thrown) { // a library's: the writer must live on
        result = Error{Failure::internal, "store.exception", "The work stopped: {reason}", {{"reason", thrown.what()}}};
    }
    if (failure_) return *failure_;
    return result;
}

Result<Answer> UnitOfWork::answer(std::string_view sql, std::span<const Value> parameters) {
    if (failure_) return *failure_;
    Result<Answer> given = connection_.run(sql, parameters);
    if (!given) failure_ = given.error();
    return given;
}

Result<Rows> UnitOfWork::query(std::string_view sql, std::span<const Value> parameters) {
    Answer given = TRY(answer(sql, parameters));
    return std::move(given.rows);
}

Result<std::int64_t> UnitOfWork::execute(std::string_view sql, std::span<const Value> parameters) {
    const Answer given = TRY(answer(sql, parameters));
    return given.touched;
}

Result<Done> UnitOfWork::announce(const std::string& record, const std::string& id, bool erased) {
    const Value parameters[] = {record, id, std::int64_t{erased}};
    TRY(answer("INSERT INTO store_announcement (record, id, erased) VALUES ($1, $2, $3)", parameters));
    announced_ = true;
    return Done{};
}

Result<Done> UnitOfWork::insert_many(const Record& record, std::span<const void* const> values) {
    constexpr std::size_t rows_at_once = 2000;
    const std::vector<std::string> columns = columns_of(record);
    const Field* id = record.find("id");
    for (std::size_t from = 0; from < values.size(); from += rows_at_once) {
        RowList rows, announcements;
        for (const void* value : values.subspan(from, std::min(rows_at_once, values.size() - from))) {
            rows.push_back(to_row(record, value));
            auto checked = check_row(record, rows.back());
            if (!checked) {
                for (Problem& problem : checked.error().problems) problem.field = "[" + std::to_string(from + rows.size() - 1) + "]." + problem.field;
                return checked;
            }
            if (record.announced && id) announcements.push_back({std::string(record.name), static_cast<const AnyId*>(id->get(value))->text, std::int64_t{0}});
        }
        TRY(insert_rows(record.name, columns, rows));
        if (announcements.empty()) continue;
        TRY(insert_rows("store_announcement", {"record", "id", "erased"}, announcements));
        announced_ = true;
    }
    return Done{};
}

Result<Done> UnitOfWork::insert_rows(std::string_view table, const std::vector<std::string>& columns, const RowList& rows) {
    if (failure_) return *failure_;
    Result<Done> inserted = connection_.insert_rows(table, columns, rows);
    if (!inserted) failure_ = inserted.error();
    return inserted;
}

Result<std::int64_t> UnitOfWork::update_rows(std::string_view table, std::string_view key, const std::vector<std::string>& columns, const RowList& rows) {
    if (failure_) return *failure_;
    if (rows.empty()) return std::int64_t{0};
    Result<std::int64_t> updated = connection_.update_rows(table, key, columns, rows);
    if (!updated) failure_ = updated.error();
    return updated;
}

} // namespace greenbank
