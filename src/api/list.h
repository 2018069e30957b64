// Lists with filters, one sort order and a cursor that stays right while rows are inserted.
#pragma once

#include "api/api.h"

namespace greenbank {

struct ListRequest {
    struct Filter {
        const Field* field;
        std::string value;
    };
    std::int64_t limit = 50;
    std::string cursor;
    const Field* sort = nullptr; // null: newest first, by id
    bool descending = true;
    std::vector<Filter> filters;
};

/// A GET's request for a list of T: ?limit=&cursor=&sort=-updated_at&<field>=<value>, fields as described by `filter`, `sort`.
template <class T> struct ListOf : ListRequest {};

constexpr std::int64_t list_limit_max = 500;

Result<Done> bind_list(const Request& request, const Record& record, ListRequest& list);

/// SQL of one page (one row more than the limit, to know whether there is a next one) and of the total.
struct ListQuery {
    std::string page_sql, total_sql;
    std::vector<Value> page_parameters, total_parameters;
};
Result<ListQuery> list_query(const Record& record, const ListRequest& list, Language language, std::string_view where, std::vector<Value> parameters);
std::string next_cursor(const Record& record, const ListRequest& list, Language language, const void* last);

/// `where` narrows what the caller may see; its parameters are $1….
template <class T> Result<Page<T>> list_page(
    Transaction& transaction, const Caller& caller, const ListRequest& list, std::string_view where = {}, std::vector<Value> parameters = {}) {
    const Record& record = record_of<T>();
    const ListQuery query = TRY(list_query(record, list, caller.language, where, std::move(parameters)));
    const Rows rows = TRY(transaction.query(query.page_sql, query.page_parameters));
    Page<T> page;
    const auto limit = static_cast<std::size_t>(list.limit);
    page.items.resize(std::min(rows.size(), limit));
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        auto read = from_row(record, &page.items[i], rows.columns, rows.rows[i]);
        if (!read) return read.error();
    }
    if (rows.size() > limit) page.next = next_cursor(record, list, caller.language, &page.items.back());
    page.total = as_integer(TRY(transaction.query(query.total_sql, query.total_parameters)).single());
    return page;
}

} // namespace greenbank
