// What may be done inside one transaction: described records by id, and plain SQL with $1 placeholders.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kernel/random.h"
#include "kernel/record.h"

namespace greenbank {

/// null, boolean and integer, real, text. Booleans travel as 0 and 1. A text is UTF-8 without NUL and a real is finite
/// (else Failure::invalid); bytes travel as hex or base64url.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

struct Rows {
    std::vector<std::string> columns;
    std::vector<std::vector<Value>> rows;

    bool empty() const { return rows.empty(); }
    std::size_t size() const { return rows.size(); }
    /// The one value of a one-row answer, or null.
    Value single() const { return rows.empty() ? Value{} : rows[0][0]; }
};

std::int64_t as_integer(const Value& value); // 0 for null
double as_real(const Value& value);
const std::string& as_text(const Value& value); // empty for null
bool is_null(const Value& value);

/// Before and after of one record, as JSON with secret fields left out; empty text where there was or is none.
struct Change {
    std::string record;
    std::string id;
    std::string before;
    std::string after;
};

class Transaction {
public:
    virtual ~Transaction() = default;

    /// Runs one statement; placeholders are $1, $2, … without gaps. After a failed statement nothing more runs in this
    /// unit of work: every later call answers the same error, and the unit is undone whatever it returns; where a
    /// duplicate is welcome, say ON CONFLICT DO NOTHING. A violated unique index is Failure::conflict "store.duplicate" (parameter `index`: its name
    /// or its columns); a full disk is Failure::storage_full; a lost server is Failure::unavailable.
    virtual Result<Rows> query(std::string_view sql, std::span<const Value> parameters = {}) = 0;
    Result<Rows> query(std::string_view sql, std::initializer_list<Value> parameters);
    /// The same, for the number of rows it touched.
    virtual Result<std::int64_t> execute(std::string_view sql, std::span<const Value> parameters = {}) = 0;
    Result<std::int64_t> execute(std::string_view sql, std::initializer_list<Value> parameters);

    // One described record. Every table has `id` as its key; a record with a `version` field is updated only if its
    // version is still the stored one (else Failure::precondition "store.version"), and goes one up.
    template <class T> Result<T> get(const Id<T>& id);
    template <class T> Result<std::optional<T>> find_one(std::string_view where, std::vector<Value> parameters);
    /// `where` may end in ORDER BY and LIMIT; empty means all.
    template <class T> Result<std::vector<T>> find(std::string_view where, std::vector<Value> parameters = {});
    template <class T> Result<Done> insert(const T& value) { return insert_record(record_of<T>(), &value); }
    template <class T> Result<Done> update(T& value) {
        T before{};
        return update_record(record_of<T>(), &value, &before);
    }
    template <class T> Result<Done> erase(const Id<T>& id) {
        T before{};
        return erase_record(record_of<T>(), id.text, &before);
    }

    // The same by description. `before` is another, new value of the same struct: the stored one is read into it.
    Result<Done> insert_record(const Record& record, const void* value);
    Result<Done> update_record(const Record& record, void* value, void* before);
    Result<Done> erase_record(const Record& record, const std::string& id, void* before);
    /// Many rows at once, by the engine's fastest way; announced, but without change capture.
    virtual Result<Done> insert_many(const Record& record, std::span<const void* const> values) = 0;

    /// Puts a change of (record, id) into the feed; records that are `announced` do this by themselves.
    virtual Result<Done> announce(const std::string& record, const std::string& id, bool erased) = 0;

    /// What this unit of work changed so far, in order.
    const std::vector<Change>& changes() const { return changes_; }
    /// May be switched off for bulk work whose every row need not be audited.
    bool capture_changes = true;
    /// Puts a change into words of one's own, where the record as it is stored is not for everybody who reads the audit.
    void capture(Change change) { changes_.push_back(std::move(change)); }
    /// The audit trail has a line of this unit of work.
    bool audited = false;

protected:
    std::vector<Change> changes_;
};

/// Reads one row (all columns of the record's table, in any order) into a record.
Result<Done> from_row(const Record& record, void* value, const std::vector<std::string>& columns, const std::vector<Value>& row);
/// Column names of a record, in order of its fields: money is <name>_amount, <name>_currency; quantity <name>_value, <name>_unit.
std::vector<std::string> columns_of(const Record& record);
/// The values of those columns.
std::vector<Value> to_row(const Record& record, const void* value);
/// Failure::invalid by field where a row of to_row() holds what a database cannot: bad UTF-8, NUL, a real that is not finite.
Result<Done> check_row(const Record& record, const std::vector<Value>& row);
/// Nothing where `text` is UTF-8 without NUL, else the code of what is wrong: "text.encoding", "text.nul".
std::string_view text_fault(std::string_view text);
/// A name of a table or a column, in double quotes. Names come from descriptions only; another one stops the program.
std::string quoted_name(std::string_view name);
/// What migrations must have made: name, SQL type (boolean, bigint, double precision, text, jsonb), NOT NULL.
struct ColumnRule {
    std::string name;
    std::string type;
    bool required;
};
std::vector<ColumnRule> column_rules(const Record& record);

Error not_found(const Record& record, std::string_view id);

template <class T> Result<std::vector<T>> Transaction::find(std::string_view where, std::vector<Value> parameters) {
    const Record& record = record_of<T>();
    std::string sql = "SELECT * FROM " + quoted_name(record.name);
    if (!where.empty()) (where.starts_with("ORDER") || where.starts_with("LIMIT") ? sql += " " : sql += " WHERE ") += where;
    Rows rows = TRY(query(sql, parameters));
    std::vector<T> found(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto read = from_row(record, &found[i], rows.columns, rows.rows[i]);
        if (!read) return read.error();
    }
    return found;
}

template <class T> Result<std::optional<T>> Transaction::find_one(std::string_view where, std::vector<Value> parameters) {
    std::vector<T> found = TRY(find<T>(where, std::move(parameters)));
    if (found.empty()) return std::optional<T>{};
    return std::optional<T>{std::move(found.front())};
}

template <class T> Result<T> Transaction::get(const Id<T>& id) {
    std::optional<T> found = TRY(find_one<T>("id = $1", {id.text}));
    if (!found) return not_found(record_of<T>(), id.text);
    return std::move(*found);
}

} // namespace greenbank
