// values.cpp — values as PostgreSQL writes them in text, and back.
#include "store/postgres/values.h"

#include <fmt/format.h>

#include <charconv>

namespace greenbank {

namespace {

// Of pg_type.dat; they never change.
constexpr Oid oid_bool = 16, oid_bytea = 17, oid_int8 = 20, oid_int2 = 21, oid_int4 = 23, oid_oid = 26, oid_float4 = 700, oid_float8 = 701, oid_numeric = 1700,
              oid_jsonb = 3802;

template <class Number> std::optional<Number> number(std::string_view text) {
    Number value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return {};
    return value;
}

// jsonb writes 1e20 as 100000000000000000000, which a JSON reader takes for a whole number beyond 64 bits.
std::string with_long_reals(std::string_view json) {
    constexpr std::size_t digits_of_a_long_real = 20;
    std::string out;
    std::size_t digits = 0;
    bool in_text = false, in_fraction = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        const bool digit = !in_text && c >= '0' && c <= '9';
        if (!digit) {
            if (digits >= digits_of_a_long_real && !in_fraction && c != '.') out += ".0";
            in_fraction = c == '.';
            digits = 0;
        }
        digits += digit ? 1 : 0;
        out += c;
        if (c == '"') in_text = !in_text;
        else if (in_text && c == '\\') out += json[++i];
    }
    return out;
}

// "\\x6869" as the bytes it stands for.
std::string bytes_of(std::string_view text) {
    const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 2; i + 1 < text.size(); i += 2) bytes += static_cast<char>(digit(text[i]) << 4 | digit(text[i + 1]));
    return bytes;
}

Value read_value(Oid type, std::string_view text) {
    switch (type) {
    case oid_bool: return std::int64_t{text == "t"};
    case oid_int2:
    case oid_int4:
    case oid_int8:
    case oid_oid: return number<std::int64_t>(text).value_or(0);
    case oid_numeric: // a sum of bigint is one
        if (const auto whole = number<std::int64_t>(text)) return *whole;
        [[fallthrough]];
    case oid_float4:
    case oid_float8: return number<double>(text).value_or(0);
    case oid_bytea: return bytes_of(text);
    case oid_jsonb: return with_long_reals(text);
    default: return std::string(text);
    }
}

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default: out += c;
        }
    }
}

} // namespace

const char* parameter_text(const Value& value, std::string& held) {
    if (is_null(value)) return nullptr;
    if (const auto* text = std::get_if<std::string>(&value)) return text->c_str();
    if (const auto* integer = std::get_if<std::int64_t>(&value)) held = fmt::format("{}", *integer);
    else held = fmt::format("{}", as_real(value)); // shortest that reads back the same
    return held.c_str();
}

void append_copy_line(std::string& out, const std::vector<Value>& row) {
    std::string held;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) out += '\t';
        const char* text = parameter_text(row[i], held);
        if (text) append_escaped(out, text);
        else out += "\\N";
    }
    out += '\n';
}

void append_array_item(std::string& array, const Value& value) {
    if (array.size() > 1) array += ',';
    std::string held;
    const char* text = parameter_text(value, held);
    if (!text) {
        array += "NULL";
        return;
    }
    array += '"';
    for (; *text != '\0'; ++text) {
        if (*text == '"' || *text == '\\') array += '\\';
        array += *text;
    }
    array += '"';
}

Answer answer_of(const PGresult* result) {
    Answer answer;
    const int columns = PQnfields(result), rows = PQntuples(result);
    for (int column = 0; column < columns; ++column) answer.rows.columns.emplace_back(PQfname(result, column));
    answer.rows.rows.reserve(static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row) {
        std::vector<Value>& values = answer.rows.rows.emplace_back();
        values.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column) {
            const std::string_view text(PQgetvalue(result, row, column), static_cast<std::size_t>(PQgetlength(result, row, column)));
            if (PQgetisnull(result, row, column)) values.emplace_back();
            else values.push_back(read_value(PQftype(result, column), text));
        }
    }
    const char* touched = PQcmdTuples(const_cast<PGresult*>(result)); // "" for what touches no rows
    answer.touched = number<std::int64_t>(touched).value_or(0);
    return answer;
}

} // namespace greenbank
