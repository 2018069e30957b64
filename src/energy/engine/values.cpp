// values.cpp — plain values of JSON: texts with their escapes, numbers, truths.
#include "energy/engine/values.h"

#include <charconv>

#include <fmt/format.h>

namespace greenbank::energy {

namespace {

void append_utf8(std::string& out, unsigned code) {
    if (code < 0x80) out += static_cast<char>(code);
    else if (code < 0x800) {
        out += static_cast<char>(0xC0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

template <class Number> std::optional<Number> whole_text(const std::string& text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

} // namespace

std::optional<std::string> text_of(const ValueTree& value) {
    const std::string& json = value.plain;
    if (value.shape != ValueTree::Shape::plain || json.size() < 2 || json.front() != '"' || json.back() != '"') return {};
    std::string text;
    for (std::size_t i = 1; i + 1 < json.size(); ++i) {
        if (json[i] != '\\') {
            text += json[i];
            continue;
        }
        switch (const char escaped = json[++i]) {
        case 'b': text += '\b'; break;
        case 'f': text += '\f'; break;
        case 'n': text += '\n'; break;
        case 'r': text += '\r'; break;
        case 't': text += '\t'; break;
        case 'u': { // our own reader writes only control characters so
            unsigned code = 0;
            if (i + 5 >= json.size() || std::from_chars(json.data() + i + 1, json.data() + i + 5, code, 16).ec != std::errc{}) return {};
            append_utf8(text, code);
            i += 4;
            break;
        }
        default: text += escaped;
        }
    }
    return text;
}

std::optional<double> number_of(const ValueTree& value) {
    if (value.shape != ValueTree::Shape::plain || value.plain.empty() || (value.plain[0] != '-' && (value.plain[0] < '0' || value.plain[0] > '9'))) return {};
    return whole_text<double>(value.plain);
}

std::optional<std::int64_t> integer_of(const ValueTree& value) {
    if (value.shape != ValueTree::Shape::plain) return {};
    return whole_text<std::int64_t>(value.plain);
}

std::optional<bool> truth_of(const ValueTree& value) {
    if (value.shape != ValueTree::Shape::plain) return {};
    if (value.plain == "true") return true;
    if (value.plain == "false") return false;
    return {};
}

ValueTree text_tree(std::string_view text) {
    std::string json = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') (json += '\\') += c;
        else if (c == '\n') json += "\\n";
        else if (c == '\r') json += "\\r";
        else if (c == '\t') json += "\\t";
        else if (static_cast<unsigned char>(c) < 0x20) json += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        else json += c;
    }
    return plain_tree(json + "\"");
}
ValueTree number_tree(double number) { return plain_tree(fmt::format("{}", number)); }
ValueTree number_tree(std::int64_t number) { return plain_tree(fmt::format("{}", number)); }
ValueTree truth_tree(bool truth) { return plain_tree(truth ? "true" : "false"); }

} // namespace greenbank::energy
