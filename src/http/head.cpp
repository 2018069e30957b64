// head.cpp — reading a head byte by byte, refusing what is ambiguous.
#include "http/head.h"

#include <array>
#include <charconv>
#include <cstring>

#include "kernel/text.h"

namespace greenbank::http {

namespace {

// What each byte may be part of.
enum Part : std::uint8_t { token = 1, path = 2, query = 4, value = 8, host_part = 16 };

constexpr std::array<std::uint8_t, 256> parts = [] {
    std::array<std::uint8_t, 256> table = {};
    const auto allow = [&](std::string_view characters, int flags) {
        for (const char c : characters) table[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(flags);
    };
    for (int c = 0x20; c < 0x100; ++c)
        if (c != 0x7f) table[static_cast<std::size_t>(c)] |= value;
    allow("\t", value);
    allow("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", token | path | query | host_part);
    allow("!#$%&'*+-.^_`|~", token);
    allow("-._~!$&'()*+,;=:@/%", path | query);
    allow("?[]{}|^`", query); // browsers send these as they are
    allow("-._~", host_part);
    return table;
}();

bool all_are(std::string_view text, Part part) {
    for (const char c : text)
        if (!(parts[static_cast<unsigned char>(c)] & part)) return false;
    return true;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same_word(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'f'); }

/// Escapes are whole, and none is NUL: text that ends early in one layer and goes on in another.
bool escapes_are_sound(std::string_view text) {
    for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
        if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2]) || text.substr(at + 1, 2) == "00") return false;
    return true;
}

bool is_host(std::string_view host) {
    std::string_view port;
    if (host.starts_with('[')) {
        const auto close = host.find(']');
        if (close == std::string_view::npos || close < 3) return false;
        for (const char c : host.substr(1, close - 1))
            if (!is_hex(c) && c != ':' && c != '.') return false;
        port = host.substr(close + 1);
    } else {
        const auto colon = host.find(':');
        const std::string_view name = host.substr(0, colon);
        if (name.empty() || !all_are(name, host_part)) return false;
        port = colon == std::string_view::npos ? std::string_view{} : host.substr(colon);
    }
    if (port.empty()) return true;
    if (port.size() < 2 || port.size() > 6 || port[0] != ':') return false;
    return port.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

struct Framing {
    std::string host, content_length, transfer_encoding, connection, expect, content_encoding;
};

// Fields we read. A list may be sent in several lines, anything else once.
struct KnownField {
    std::string_view name;
    bool list;
    std::string Incoming::*of_request = nullptr;
    std::string Framing::*of_framing = nullptr;
    std::string Head::*of_proxy = nullptr;
};

constexpr KnownField known_fields[] = {
    {"host", false, nullptr, &Framing::host},
    {"content-length", false, nullptr, &Framing::content_length},
    {"transfer-encoding", false, nullptr, &Framing::transfer_encoding},
    {"connection", true, nullptr, &Framing::connection},
    {"expect", false, nullptr, &Framing::expect},
    {"content-encoding", false, nullptr, &Framing::content_encoding},
    {"x-forwarded-for", true, nullptr, nullptr, &Head::forwarded_for},
    {"x-forwarded-proto", true, nullptr, nullptr, &Head::forwarded_proto},
    {"content-type", false, &Incoming::content_type},
    {"cookie", false, &Incoming::cookie},
    {"authorization", false, &Incoming::authorization},
    {"origin", false, &Incoming::origin},
    {"idempotency-key", false, &Incoming::idempotency_key},
    {"x-greenbank-request", false, &Incoming::csrf},
    {"user-agent", false, &Incoming::user_agent},
    {"accept", true, &Incoming::accept},
    {"accept-language", true, &Incoming::accept_language},
    {"accept-encoding", true, &Incoming::accept_encoding},
    {"if-match", true, &Incoming::if_match},
    {"if-none-match", true, &Incoming::if_none_match},
};
constexpr std::size_t host_field = 0, length_field = 1, coding_field = 2, expect_field = 4;

using Seen = std::array<bool, std::size(known_fields)>;

std::optional<Refusal> read_field(std::string_view line, Head& head, Framing& framing, Seen& seen) {
    if (!is_field_line(line)) return refusal::field;
    const auto colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    for (std::size_t i = 0; i < std::size(known_fields); ++i) {
        const KnownField& field = known_fields[i];
        if (!same_word(name, field.name)) continue;
        if (seen[i] && !field.list)
            return i == host_field ? refusal::host : i == length_field ? refusal::length : i == coding_field ? refusal::coding : refusal::field_repeated;
        std::string& text = field.of_request ? head.incoming.*field.of_request : field.of_framing ? framing.*field.of_framing : head.*field.of_proxy;
        if (seen[i]) text += ", ";
        text += trim(line.substr(colon + 1));
        seen[i] = true;
        return {};
    }
    return {};
}

/// Turns an absolute address into its path; its host must be the one of the Host field.
std::optional<Refusal> read_target(Head& head, const Framing& framing) {
    std::string& target = head.incoming.target;
    if (target == "*") {
        if (head.incoming.method != "OPTIONS") return refusal::target;
        return {};
    }
    if (!target.starts_with('/')) {
        const auto scheme_end = target.find("://");
        if (scheme_end == std::string::npos) return refusal::target;
        const std::string_view scheme = std::string_view(target).substr(0, scheme_end);
        if (!same_word(scheme, "http") && !same_word(scheme, "https")) return refusal::target;
        const auto path_start = std::min(target.find_first_of("/?", scheme_end + 3), target.size());
        const std::string_view authority = std::string_view(target).substr(scheme_end + 3, path_start - scheme_end - 3);
        if (!same_word(authority, framing.host)) return refusal::host;
        target.erase(0, path_start);
        if (!target.starts_with('/')) target.insert(0, 1, '/');
    }
    const auto question = target.find('?');
    const std::string_view view = target;
    if (!all_are(view.substr(0, question), path)) return refusal::target;
    if (question != std::string::npos && !all_are(view.substr(question), query)) return refusal::target;
    if (!escapes_are_sound(view)) return refusal::target;
    return {};
}

std::optional<Refusal> read_first_line(std::string_view line, Head& head) {
    const auto first = line.find(' ');
    const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos) return refusal::line;
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, second - first - 1);
    const std::string_view version = line.substr(second + 1);
    if (method.empty() || !all_are(method, token) || target.empty()) return refusal::line;
    if (version.size() != 8 || !version.starts_with("HTTP/") || version[6] != '.' || !std::isdigit(static_cast<unsigned char>(version[5])) ||
        !std::isdigit(static_cast<unsigned char>(version[7])))
        return refusal::line;
    if (version[5] != '1' || version[7] > '1') return refusal::version;
    head.http_1_0 = version[7] == '0';
    if (target.size() > target_bytes_max) return refusal::target_too_long;
    head.incoming.method = method;
    head.incoming.target = target;
    if (method == "TRACE" || method == "CONNECT") return refusal::method_refused;
    for (const std::string_view known : {"GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS"})
        if (method == known) return {};
    if (method != "HEAD") return refusal::method_unknown;
    head.incoming.method = "GET";
    head.without_body = true;
    return {};
}

std::optional<Refusal> read_framing(Head& head, Framing& framing, const Seen& seen) {
    if (seen[host_field] ? !is_host(framing.host) : !head.http_1_0) return refusal::host;
    if (seen[coding_field]) {
        if (seen[length_field] || head.http_1_0 || !same_word(framing.transfer_encoding, "chunked")) return refusal::coding;
        head.chunked = true;
    }
    if (seen[length_field]) {
        const std::string& text = framing.content_length;
        std::uint64_t length = 0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), length);
        if (text.empty() || text.size() > 18 || failure != std::errc{} || end != text.data() + text.size()) return refusal::length;
        head.content_length = length;
    }
    head.keep_alive = head.http_1_0 ? has_word(framing.connection, "keep-alive") && !has_word(framing.connection, "close")
                                    : framing.connection.empty() || !has_word(framing.connection, "close");
    if (seen[expect_field]) {
        if (!same_word(framing.expect, "100-continue")) return refusal::expectation;
        head.expects_continue = !head.http_1_0;
    }
    if (!framing.content_encoding.empty() && !same_word(framing.content_encoding, "identity")) return refusal::body_coded;
    return read_target(head, framing);
}

} // namespace

HeadScan scan_head(std::string_view bytes, std::size_t& scanned) {
    while (scanned < bytes.size()) {
        const void* found = std::memchr(bytes.data() + scanned, '\n', bytes.size() - scanned);
        if (!found) break;
        const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
        if (at == 0 || bytes[at - 1] != '\r') return {HeadScan::malformed};
        scanned = at + 1;
        if (at == 1 || bytes[at - 2] == '\n') return {HeadScan::complete, at + 1};
    }
    scanned = bytes.size();
    return {HeadScan::more};
}

std::optional<Refusal> parse_head(std::string_view bytes, Head& head) {
    const auto next_line = [&] {
        const auto end = bytes.find("\r\n");
        const std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 2);
        return line;
    };
    if (auto refused = read_first_line(next_line(), head)) return refused;

    Framing framing;
    Seen seen = {};
    int count = 0;
    for (std::string_view line = next_line(); !line.empty(); line = next_line()) {
        if (++count > fields_max) return refusal::head_too_large;
        if (auto refused = read_field(line, head, framing, seen)) return refused;
    }
    head.incoming.host = framing.host;
    return read_framing(head, framing, seen);
}

bool is_field_line(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == 0 || colon == std::string_view::npos || !all_are(line.substr(0, colon), token)) return false;
    const std::string_view text = line.substr(colon + 1);
    return all_are(text, value) && is_utf8(text);
}

bool has_word(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        if (same_word(trim(list.substr(0, comma)), word)) return true;
        if (comma == std::string_view::npos) break;
        list.remove_prefix(comma + 1);
    }
    return false;
}

} // namespace greenbank::http
