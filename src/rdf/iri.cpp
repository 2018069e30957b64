// iri.cpp — the parts of an IRI, and relative references.
#include "rdf/iri.h"

#include <array>

#include <fmt/format.h>

#include "kernel/text.h"
#include "xml/characters.h"

namespace greenbank::rdf {

namespace {

/// Of the ASCII characters; all others are allowed.
constexpr std::array<bool, 128> forbidden = [] {
    std::array<bool, 128> table{};
    for (std::size_t c = 0; c <= 0x20; ++c) table[c] = true;
    for (const char c : std::string_view("<>\"{}|^`\\\x7F")) table[static_cast<std::size_t>(c)] = true;
    return table;
}();

bool is_forbidden(char32_t c) { return c < forbidden.size() && forbidden[c]; }

/// Length of "scheme:", or 0.
std::size_t scheme_length(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c == ':') return i == 0 ? 0 : i + 1;
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) return 0;
    }
    return 0;
}

/// RFC 3986, appendix B; each part with its mark ("https:", "//a", "/b", "?c", "#d").
struct Parts {
    std::string_view scheme, authority, path, query, fragment;
};

Parts parts_of(std::string_view text) {
    Parts parts;
    const auto take = [&](std::size_t length) {
        const std::string_view taken = text.substr(0, length);
        text.remove_prefix(taken.size());
        return taken;
    };
    parts.scheme = take(scheme_length(text));
    if (text.starts_with("//")) parts.authority = take(std::min(text.find_first_of("/?#", 2), text.size()));
    parts.path = take(std::min(text.find_first_of("?#"), text.size()));
    if (text.starts_with('?')) parts.query = take(std::min(text.find('#'), text.size()));
    parts.fragment = text;
    return parts;
}

/// RFC 3986, 5.2.4
std::string remove_dot_segments(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        if (path.starts_with("../")) path.remove_prefix(3);
        else if (path.starts_with("./") || path.starts_with("/./")) path.remove_prefix(2);
        else if (path == "/." || path == "/..") {
            if (path == "/..") out.erase(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
            path = "/";
        } else if (path.starts_with("/../")) {
            path.remove_prefix(3);
            out.erase(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
        } else if (path == "." || path == "..") {
            path = {};
        } else {
            const std::size_t end = std::min(path.find('/', 1), path.size());
            out += path.substr(0, end);
            path.remove_prefix(end);
        }
    }
    return out;
}

} // namespace

bool is_iri(std::string_view text) {
    if (text.size() > iri_bytes_max || scheme_length(text) == 0 || scheme_length(text) == text.size()) return false;
    for (const char c : text)
        if (is_forbidden(static_cast<unsigned char>(c))) return false;
    return is_utf8(text);
}

std::string escape_iri(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::string_view before = text;
        const char32_t c = xml::next_character(text);
        const std::string_view bytes = before.substr(0, before.size() - text.size());
        if (c != xml::no_character && !is_forbidden(c)) out += bytes;
        else
            for (const char byte : bytes) out += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
    return out;
}

std::string resolve(std::string_view base, std::string_view reference) {
    if (base.empty()) return std::string(reference);
    const Parts from = parts_of(base), to = parts_of(reference);
    if (!to.scheme.empty()) return fmt::format("{}{}{}{}{}", to.scheme, to.authority, remove_dot_segments(to.path), to.query, to.fragment);
    if (!to.authority.empty()) return fmt::format("{}{}{}{}{}", from.scheme, to.authority, remove_dot_segments(to.path), to.query, to.fragment);
    if (to.path.empty()) return fmt::format("{}{}{}{}{}", from.scheme, from.authority, from.path, to.query.empty() ? from.query : to.query, to.fragment);
    if (to.path.starts_with('/')) return fmt::format("{}{}{}{}{}", from.scheme, from.authority, remove_dot_segments(to.path), to.query, to.fragment);
    const std::size_t slash = from.path.rfind('/');
    std::string merged(slash == std::string_view::npos ? std::string_view{} : from.path.substr(0, slash + 1));
    if (!from.authority.empty() && from.path.empty()) merged = "/";
    return fmt::format("{}{}{}{}{}", from.scheme, from.authority, remove_dot_segments(merged.append(to.path)), to.query, to.fragment);
}

} // namespace greenbank::rdf
