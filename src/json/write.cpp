// write.cpp — described records to JSON text.
#include "json/json.h"

#include <charconv>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

namespace greenbank {

namespace {

/// The next place from `i` on that may need an escape: eight bytes at a time, as most texts have none.
std::size_t next_unclean(std::string_view text, std::size_t i) {
    constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    const auto has_zero = [](std::uint64_t word) { return (word - ones) & ~word & tops; };
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + i, 8);
        const std::uint64_t below_space = (word - ones * 0x20) & ~word & tops;
        if (below_space | has_zero(word ^ ones * '"') | has_zero(word ^ ones * '\\')) break;
    }
    return i;
}

} // namespace

void append_json_text(std::string& out, std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    std::size_t clean = 0; // from here on, nothing to escape yet
    for (std::size_t i = next_unclean(text, 0); i < text.size(); ++i) {
        if (i % 8 == 0) i = next_unclean(text, i);
        if (i == text.size()) break;
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, clean, i - clean);
        clean = i + 1;
        if (c == '"' || c == '\\') (out += '\\') += static_cast<char>(c);
        else if (c == '\n') out += "\\n";
        else if (c == '\t') out += "\\t";
        else if (c == '\r') out += "\\r";
        else ((out += "\\u00") += digits[c >> 4]) += digits[c & 15];
    }
    out.append(text, clean);
    out += '"';
}

namespace {

void append_integer(std::string& out, std::int64_t value) {
    char digits[20];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void append_real(std::string& out, double value) {
    if (!std::isfinite(value)) out += "null";
    else if (value == std::floor(value) && std::fabs(value) < 1e15) append_integer(out, static_cast<std::int64_t>(value));
    else fmt::format_to(std::back_inserter(out), "{}", value);
}

} // namespace

void write_json_value(std::string& out, const Type& type, const void* value, JsonOptions options) {
    switch (type.kind) {
    case Kind::boolean: out += *static_cast<const bool*>(value) ? "true" : "false"; return;
    case Kind::integer: return append_integer(out, *static_cast<const std::int64_t*>(value));
    case Kind::real: return append_real(out, *static_cast<const double*>(value));
    case Kind::text: return append_json_text(out, *static_cast<const std::string*>(value));
    case Kind::choice: return append_json_text(out, type.choices[static_cast<std::size_t>(type.choice(value))]);
    case Kind::id: return append_json_text(out, static_cast<const AnyId*>(value)->text);
    case Kind::time: return append_json_text(out, to_text(*static_cast<const Time*>(value)));
    case Kind::date: return append_json_text(out, to_text(*static_cast<const Date*>(value)));
    case Kind::money: {
        const Money& money = *static_cast<const Money*>(value);
        out += R"({"amount":")";
        out += amount_text(money);
        out += R"(","currency":)";
        append_json_text(out, money.currency);
        out += '}';
        return;
    }
    case Kind::quantity: {
        const Quantity& quantity = *static_cast<const Quantity*>(value);
        out += R"({"value":)";
        append_real(out, quantity.value);
        out += R"(,"unit":)";
        append_json_text(out, quantity.unit);
        out += '}';
        return;
    }
    case Kind::localized: {
        const Text& text = *static_cast<const Text*>(value);
        out += '{';
        for (const Language language : {Language::zh, Language::en, Language::ru}) {
            if (text.in(language).empty()) continue;
            if (out.back() != '{') out += ',';
            ((out += '"') += to_text(language)) += "\":";
            append_json_text(out, text.in(language));
        }
        out += '}';
        return;
    }
    case Kind::record: return write_json(out, type.record(), value, options);
    case Kind::list: {
        out += '[';
        for (std::size_t i = 0, size = type.size(value); i < size; ++i) {
            if (i) out += ',';
            write_json_value(out, *type.element, type.item(value, i), options);
        }
        out += ']';
        return;
    }
    }
}

void write_json(std::string& out, const Record& record, const void* value, JsonOptions options) {
    out += '{';
    for (const Field& field : record.fields) {
        if (field.traits.secret && !options.secrets) continue;
        const void* held = field.get(value);
        if (!held) continue;
        if (out.back() != '{') out += ',';
        ((out += '"') += field.name) += "\":";
        write_json_value(out, *field.type, held, options);
    }
    out += '}';
}

std::string indented(std::string_view json) {
    std::string out;
    std::size_t depth = 0;
    bool in_text = false;
    const auto new_line = [&] { (out += '\n').append(depth * 2, ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_text) {
            out += c;
            if (c == '\\') out += json[++i];
            else if (c == '"') in_text = false;
        } else if (c == '{' || c == '[') {
            out += c;
            if (i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']')) out += json[++i];
            else ++depth, new_line();
        } else if (c == '}' || c == ']') {
            --depth, new_line();
            out += c;
        } else if (c == ',') {
            out += c;
            new_line();
        } else {
            out += c;
            if (c == ':') out += ' ';
            in_text = c == '"';
        }
    }
    return out;
}

void JsonWriter::separate() {
    if (!first_ && !after_key_) out_ += ',';
    first_ = false;
    after_key_ = false;
}
JsonWriter& JsonWriter::begin_object() {
    separate();
    out_ += '{';
    first_ = true;
    return *this;
}
JsonWriter& JsonWriter::end_object() {
    out_ += '}';
    first_ = false;
    return *this;
}
JsonWriter& JsonWriter::begin_list() {
    separate();
    out_ += '[';
    first_ = true;
    return *this;
}
JsonWriter& JsonWriter::end_list() {
    out_ += ']';
    first_ = false;
    return *this;
}
JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    append_json_text(out_, name);
    out_ += ':';
    after_key_ = true;
    return *this;
}
JsonWriter& JsonWriter::text(std::string_view value) {
    separate();
    append_json_text(out_, value);
    return *this;
}
JsonWriter& JsonWriter::integer(std::int64_t value) {
    separate();
    append_integer(out_, value);
    return *this;
}
JsonWriter& JsonWriter::real(double value) {
    separate();
    append_real(out_, value);
    return *this;
}
JsonWriter& JsonWriter::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
    return *this;
}
JsonWriter& JsonWriter::null() {
    separate();
    out_ += "null";
    return *this;
}
JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

} // namespace greenbank
