// Described records as rows: which columns a field has, and its value there and back.
#include <cmath>

#include "store/transaction.h"
#include "json/json.h"

namespace greenbank {

namespace {

struct Shape {
    std::string_view suffix;
    std::string_view type;
};

std::span<const Shape> shapes_of(Kind kind) {
    static constexpr Shape boolean[] = {{"", "boolean"}};
    static constexpr Shape integer[] = {{"", "bigint"}};
    static constexpr Shape real[] = {{"", "double precision"}};
    static constexpr Shape text[] = {{"", "text"}};
    static constexpr Shape json[] = {{"", "jsonb"}};
    static constexpr Shape money[] = {{"_amount", "bigint"}, {"_currency", "text"}};
    static constexpr Shape quantity[] = {{"_value", "double precision"}, {"_unit", "text"}};
    switch (kind) {
    case Kind::boolean: return boolean;
    case Kind::integer:
    case Kind::time: return integer;
    case Kind::real: return real;
    case Kind::text:
    case Kind::choice:
    case Kind::id:
    case Kind::date: return text;
    case Kind::money: return money;
    case Kind::quantity: return quantity;
    case Kind::localized:
    case Kind::record:
    case Kind::list: return json;
    }
    return text;
}

// The store keeps everything, and reads back what it wrote.
constexpr JsonOptions stored_json = {.secrets = true, .accept_read_only = true, .stored = true};

template <class T> const T& as(const void* value) { return *static_cast<const T*>(value); }
template <class T> T& as(void* value) { return *static_cast<T*>(value); }

void append_values(std::vector<Value>& row, const Type& type, const void* value) {
    switch (type.kind) {
    case Kind::boolean: row.emplace_back(std::int64_t{as<bool>(value)}); break;
    case Kind::integer: row.emplace_back(as<std::int64_t>(value)); break;
    case Kind::real: row.emplace_back(as<double>(value)); break;
    case Kind::text: row.emplace_back(as<std::string>(value)); break;
    case Kind::choice: row.emplace_back(std::string(type.choices[static_cast<std::size_t>(type.choice(value))])); break;
    case Kind::id: row.emplace_back(as<AnyId>(value).text); break;
    case Kind::time: row.emplace_back(as<Time>(value).microseconds); break;
    case Kind::date: row.emplace_back(to_text(as<Date>(value))); break;
    case Kind::money:
        row.emplace_back(as<Money>(value).minor);
        row.emplace_back(as<Money>(value).currency);
        break;
    case Kind::quantity:
        row.emplace_back(as<Quantity>(value).value);
        row.emplace_back(as<Quantity>(value).unit);
        break;
    case Kind::localized:
    case Kind::record:
    case Kind::list: {
        std::string json;
        write_json_value(json, type, value, stored_json);
        row.emplace_back(std::move(json));
    }
    }
}

Error unreadable(const Record& record, const Field& field, std::string_view reason) {
    return Error{Failure::internal, "store.unreadable", "The stored {record} cannot be read: {field} {reason}.",
        {{"record", std::string(record.name)}, {"field", std::string(field.name)}, {"reason", std::string(reason)}}};
}

// `second` is the other column of money and quantity.
Result<Done> read_value(const Record& record, const Field& field, void* value, const Value& first, const Value& second) {
    const Type& type = *field.type;
    switch (type.kind) {
    case Kind::boolean: as<bool>(value) = as_integer(first) != 0; break;
    case Kind::integer: as<std::int64_t>(value) = as_integer(first); break;
    case Kind::real: as<double>(value) = as_real(first); break;
    case Kind::text: as<std::string>(value) = as_text(first); break;
    case Kind::choice: {
        const std::string& name = as_text(first);
        std::size_t i = 0;
        while (i < type.choices.size() && type.choices[i] != name) ++i;
        if (i == type.choices.size()) return unreadable(record, field, "has a choice that this version does not know");
        type.choose(value, static_cast<int>(i));
        break;
    }
    case Kind::id: as<AnyId>(value).text = as_text(first); break;
    case Kind::time: as<Time>(value).microseconds = as_integer(first); break;
    case Kind::date: {
        const auto date = parse_date(as_text(first));
        if (!date) return unreadable(record, field, "is not a date");
        as<Date>(value) = *date;
        break;
    }
    case Kind::money: as<Money>(value) = {as_integer(first), as_text(second)}; break;
    case Kind::quantity: as<Quantity>(value) = {as_real(first), as_text(second)}; break;
    case Kind::list: type.clear(value); [[fallthrough]];
    case Kind::localized:
    case Kind::record: {
        auto read = read_json_value(as_text(first), type, value, stored_json);
        if (!read) {
            Error error = unreadable(record, field, "does not fit its description");
            error.problems = std::move(read.error().problems);
            return error;
        }
    }
    }
    return Done{};
}

bool is_named(std::string_view column, std::string_view field, std::string_view suffix) {
    return column.size() == field.size() + suffix.size() && column.starts_with(field) && column.ends_with(suffix);
}

// PostgreSQL's jsonb refuses the escape of NUL; SQLite would keep it.
bool has_nul_escape(std::string_view json) {
    for (std::size_t i = 0; i + 1 < json.size(); ++i) {
        if (json[i] != '\\') continue;
        if (json.substr(i).starts_with("\\u0000")) return true;
        ++i; // the escaped character, which may be a backslash
    }
    return false;
}

std::string_view value_fault(const Value& value, std::string_view type) {
    if (const auto* real = std::get_if<double>(&value)) return std::isfinite(*real) ? "" : "real.not_finite";
    const auto* text = std::get_if<std::string>(&value);
    if (!text) return {};
    if (const auto fault = text_fault(*text); !fault.empty()) return fault;
    return type == "jsonb" && has_nul_escape(*text) ? "text.nul" : "";
}

} // namespace

std::vector<std::string> columns_of(const Record& record) {
    std::vector<std::string> names;
    for (const Field& field : record.fields)
        for (const Shape& shape : shapes_of(field.type->kind)) names.push_back(std::string(field.name).append(shape.suffix));
    return names;
}

std::vector<ColumnRule> column_rules(const Record& record) {
    std::vector<ColumnRule> rules;
    for (const Field& field : record.fields)
        for (const Shape& shape : shapes_of(field.type->kind))
            rules.push_back({std::string(field.name).append(shape.suffix), std::string(shape.type), !field.optional});
    return rules;
}

std::vector<Value> to_row(const Record& record, const void* value) {
    std::vector<Value> row;
    row.reserve(record.fields.size() + 4);
    for (const Field& field : record.fields) {
        if (const void* held = field.get(value)) append_values(row, *field.type, held);
        else row.resize(row.size() + shapes_of(field.type->kind).size());
    }
    return row;
}

Result<Done> from_row(const Record& record, void* value, const std::vector<std::string>& columns, const std::vector<Value>& row) {
    static const Value none;
    std::size_t expected = 0; // tables mostly have their columns in the order of the fields
    for (const Field& field : record.fields) {
        const Value* found[2] = {nullptr, &none};
        std::size_t part = 0;
        for (const Shape& shape : shapes_of(field.type->kind)) {
            std::size_t at = expected;
            if (at >= columns.size() || !is_named(columns[at], field.name, shape.suffix)) {
                at = 0;
                while (at < columns.size() && !is_named(columns[at], field.name, shape.suffix)) ++at;
                if (at == columns.size()) return unreadable(record, field, "has no column in the answer");
            }
            found[part++] = &row[at];
            expected = at + 1;
        }
        if (is_null(*found[0])) {
            if (!field.optional) return unreadable(record, field, "is missing");
            field.reset(value);
            continue;
        }
        TRY(read_value(record, field, field.make(value), *found[0], *found[1]));
    }
    return Done{};
}

Result<Done> check_row(const Record& record, const std::vector<Value>& row) {
    Problems problems;
    std::size_t i = 0;
    for (const Field& field : record.fields)
        for (const Shape& shape : shapes_of(field.type->kind)) {
            const std::string_view fault = value_fault(row[i++], shape.type);
            if (fault.empty()) continue;
            problems.push_back({std::string(field.name), std::string(fault),
                fault == "real.not_finite" ? "This number is not finite." : "This text holds characters that cannot be stored."});
        }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

std::string_view text_fault(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return "text.nul";
    return is_utf8(text) ? "" : "text.encoding";
}

std::string quoted_name(std::string_view name) {
    bool sound = !name.empty();
    for (const char c : name) sound = sound && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
    require(sound, "a table or a column has a name that is not snake_case");
    return std::string("\"").append(name).append("\"");
}

} // namespace greenbank
