// Described records inside a transaction: insert, update and erase, with versions, change capture and announcements.
#include "store/transaction.h"

#include "json/json.h"

namespace greenbank {

namespace {

std::string insert_sql(const Record& record) {
    std::string names, places;
    std::size_t i = 0;
    for (const std::string& column : columns_of(record)) {
        if (i > 0) names += ", ", places += ", ";
        names += quoted_name(column);
        places += "$" + std::to_string(++i);
    }
    return "INSERT INTO " + quoted_name(record.name) + " (" + names + ") VALUES (" + places + ")";
}

// Every column is set, the key too: a statement without gaps in its placeholders, and the key cannot change by it.
std::string update_sql(const Record& record, bool versioned) {
    const std::vector<std::string> columns = columns_of(record);
    std::string sql = "UPDATE " + quoted_name(record.name) + " SET ";
    std::string key;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) sql += ", ";
        sql += quoted_name(columns[i]) + " = $" + std::to_string(i + 1);
        if (columns[i] == "id") key = " WHERE \"id\" = $" + std::to_string(i + 1);
    }
    sql += key;
    if (versioned) sql += " AND \"version\" = $" + std::to_string(columns.size() + 1);
    return sql;
}

const std::string& id_of(const Record& record, const void* value) {
    const Field* id = record.find("id");
    require(id && id->type->kind == Kind::id && !id->optional, "a stored record has no id");
    return static_cast<const AnyId*>(id->get(value))->text;
}

const Field* version_of(const Record& record) {
    const Field* version = record.find("version");
    return version && version->type->kind == Kind::integer && !version->optional ? version : nullptr;
}

std::string json_of(const Record& record, const void* value) {
    std::string json;
    write_json(json, record, value); // without secrets
    return json;
}

Error changed_meanwhile(const Record& record, const std::string& id) {
    return Error{Failure::precondition, "store.version", "The {record} {id} has been changed meanwhile; load it again and repeat your change.",
        {{"record", std::string(record.name)}, {"id", id}}};
}

} // namespace

std::int64_t as_integer(const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
    if (const auto* real = std::get_if<double>(&value)) return static_cast<std::int64_t>(*real);
    return 0;
}

double as_real(const Value& value) {
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
    return 0;
}

const std::string& as_text(const Value& value) {
    static const std::string none;
    const auto* text = std::get_if<std::string>(&value);
    return text ? *text : none;
}

bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }

Error not_found(const Record& record, std::string_view id) {
    return Error{Failure::not_found, std::string(record.name) + ".not_found", "There is no {record} {id}.",
        {{"record", std::string(record.name)}, {"id", std::string(id)}}};
}

Result<Rows> Transaction::query(std::string_view sql, std::initializer_list<Value> parameters) {
    return query(sql, std::span<const Value>(parameters.begin(), parameters.size()));
}

Result<std::int64_t> Transaction::execute(std::string_view sql, std::initializer_list<Value> parameters) {
    return execute(sql, std::span<const Value>(parameters.begin(), parameters.size()));
}

Result<Done> Transaction::insert_record(const Record& record, const void* value) {
    const std::vector<Value> row = to_row(record, value);
    TRY(check_row(record, row));
    TRY(execute(insert_sql(record), row));
    const std::string& id = id_of(record, value);
    if (capture_changes) changes_.push_back({std::string(record.name), id, "", json_of(record, value)});
    if (record.announced) TRY(announce(std::string(record.name), id, false));
    return Done{};
}

Result<Done> Transaction::update_record(const Record& record, void* value, void* before) {
    const std::string id = id_of(record, value);
    const std::string by_id = "SELECT * FROM " + quoted_name(record.name) + " WHERE \"id\" = $1";
    std::string before_json;
    if (capture_changes) {
        const Rows stored = TRY(query(by_id, {id}));
        if (stored.empty()) return not_found(record, id);
        TRY(from_row(record, before, stored.columns, stored.rows[0]));
        before_json = json_of(record, before);
    }

    const Field* version = version_of(record);
    std::vector<Value> row = to_row(record, value);
    TRY(check_row(record, row));
    std::int64_t expected = 0;
    if (version) {
        expected = *static_cast<const std::int64_t*>(version->get(value));
        const std::vector<std::string> columns = columns_of(record);
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (columns[i] == "version") row[i] = expected + 1;
        row.emplace_back(expected);
    }
    if (TRY(execute(update_sql(record, version != nullptr), row)) == 0) {
        const Rows stored = TRY(query(by_id, {id}));
        return stored.empty() ? not_found(record, id) : changed_meanwhile(record, id);
    }
    if (version) *static_cast<std::int64_t*>(version->make(value)) = expected + 1;

    if (capture_changes) changes_.push_back({std::string(record.name), id, std::move(before_json), json_of(record, value)});
    if (record.announced) TRY(announce(std::string(record.name), id, false));
    return Done{};
}

Result<Done> Transaction::erase_record(const Record& record, const std::string& id, void* before) {
    const std::string from = " FROM " + quoted_name(record.name) + " WHERE \"id\" = $1";
    std::string before_json;
    if (capture_changes) {
        const Rows stored = TRY(query("SELECT *" + from, {id}));
        if (stored.empty()) return not_found(record, id);
        TRY(from_row(record, before, stored.columns, stored.rows[0]));
        before_json = json_of(record, before);
    }
    if (TRY(execute("DELETE" + from, {id})) == 0) return not_found(record, id);
    if (capture_changes) changes_.push_back({std::string(record.name), id, std::move(before_json), ""});
    if (record.announced) TRY(announce(std::string(record.name), id, true));
    return Done{};
}

} // namespace greenbank
