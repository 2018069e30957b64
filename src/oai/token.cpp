// token.cpp — tokens as checked text.
#include "oai/token.h"

#include <charconv>

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank::oai {

namespace {

constexpr std::string_view version = "1";
constexpr char separator = '\x1f'; // in no prefix and no set; identifiers stand last

std::string number(const std::optional<Time>& time) { return time ? std::to_string(time->microseconds) : ""; }

std::optional<std::int64_t> parse_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

bool parse_time_number(std::string_view text, std::optional<Time>& time) {
    if (text.empty()) return true;
    const auto value = parse_number(text);
    if (value) time = Time{*value};
    return value.has_value();
}

/// Takes as long for any two texts of the same length.
bool same(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i]);
    return difference == 0;
}

std::string checked(std::string_view content, const Checksum& checksum) {
    std::string sum = checksum(content);
    require(sum.size() >= 16, "a token's checksum has at least 16 bytes");
    sum.resize(16);
    return sum;
}

} // namespace

std::string write_token(const Token& token, const Checksum& checksum) {
    const std::string content = fmt::format("{1}{0}{2}{0}{3}{0}{4}{0}{5}{0}{6}{0}{7}{0}{8}{0}{9}{0}{10}", separator, version,
        token.verb == Verb::list_records ? "r" : "i", token.format, token.selection.set, number(token.selection.from), number(token.selection.before),
        token.cursor, token.complete_size, token.last.datestamp.microseconds, token.last.identifier);
    return to_base64url(checked(content, checksum) + content);
}

std::optional<Token> read_token(std::string_view text, const Checksum& checksum) {
    if (text.size() > token_bytes_max) return {};
    const auto bytes = from_base64url(text);
    if (!bytes || bytes->size() <= 16 || to_base64url(*bytes) != text) return {};
    const std::string_view content = std::string_view(*bytes).substr(16);
    if (!same(std::string_view(*bytes).substr(0, 16), checked(content, checksum))) return {};

    std::vector<std::string_view> parts;
    for (std::string_view rest = content; parts.size() < 9;) {
        const std::size_t end = rest.find(separator);
        if (end == std::string_view::npos) return {};
        parts.push_back(rest.substr(0, end));
        rest.remove_prefix(end + 1);
        if (parts.size() == 9) parts.push_back(rest), rest = {};
    }
    if (parts.size() != 10 || parts[0] != version || (parts[1] != "r" && parts[1] != "i")) return {};
    Token token{.verb = parts[1] == "r" ? Verb::list_records : Verb::list_identifiers, .format = std::string(parts[2])};
    token.selection.set = parts[3];
    const auto cursor = parse_number(parts[6]), complete_size = parse_number(parts[7]), datestamp = parse_number(parts[8]);
    if (!parse_time_number(parts[4], token.selection.from) || !parse_time_number(parts[5], token.selection.before)) return {};
    if (!cursor || *cursor < 0 || !complete_size || !datestamp) return {};
    token.cursor = *cursor;
    token.complete_size = *complete_size;
    token.last = {Time{*datestamp}, std::string(parts[9])};
    return token;
}

} // namespace greenbank::oai
