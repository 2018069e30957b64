// protocol.cpp — arguments, datestamps and identifiers to text and back.
#include "oai/protocol.h"

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank::oai {

namespace {

constexpr std::size_t arguments_max = 50; // no request needs more than six

int hex_digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// RFC 2396, unreserved: what set names and prefixes are made of.
bool is_unreserved(char c) { return is_letter(c) || is_digit(c) || std::string_view("-_.!~*'()").find(c) != std::string_view::npos; }

std::optional<std::string> unescape(std::string_view text, bool plus_is_blank) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_blank) {
            out += ' ';
        } else if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1, low = high < 0 ? -1 : hex_digit(text[i + 2]);
            if (low < 0) return {};
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

template <class Kept> std::string escape(std::string_view text, Kept kept) {
    std::string out;
    for (const char c : text) {
        if (kept(c)) out += c;
        else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

} // namespace

Result<Arguments> read_arguments(std::string_view query) {
    const Error unreadable{Failure::malformed, "oai.arguments", "The arguments of the request cannot be read; check its percent escapes."};
    Arguments read;
    if (query.empty()) return read;
    for (const std::string_view part : split(query, '&')) {
        if (part.empty()) continue;
        const std::size_t equals = part.find('=');
        auto name = unescape(part.substr(0, equals), true);
        auto value = unescape(equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1), true);
        if (!name || !value || !is_utf8(*name) || !is_utf8(*value) || read.size() == arguments_max) return unreadable;
        read.emplace_back(std::move(*name), std::move(*value));
    }
    return read;
}

std::string write_arguments(const Arguments& arguments) {
    const auto kept = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '~'; };
    std::string out;
    for (const auto& [name, value] : arguments) {
        if (!out.empty()) out += '&';
        ((out += escape(name, kept)) += '=') += escape(value, kept);
    }
    return out;
}

std::optional<Datestamp> parse_datestamp(std::string_view text) {
    if (text.size() == 10) {
        const auto date = parse_date(text);
        return date ? std::optional(Datestamp{Time{} + days(date->days), Granularity::day}) : std::nullopt;
    }
    if (text.size() != 20 || text[10] != 'T' || text[19] != 'Z' || text.substr(17, 2) == "60") return {};
    const auto time = parse_time(text);
    return time ? std::optional(Datestamp{*time, Granularity::second}) : std::nullopt;
}

std::string write_datestamp(Time time, Granularity granularity) {
    if (granularity == Granularity::day) return to_text(date_of(time));
    return to_text(time).substr(0, 19) + "Z";
}

std::string make_identifier(std::string_view host, std::string_view id) {
    return fmt::format(
        "oai:{}:{}", host, escape(id, [](char c) { return is_unreserved(c) || std::string_view(";/?:@&=+$,").find(c) != std::string_view::npos; }));
}

std::optional<std::string> id_of_identifier(std::string_view identifier, std::string_view host) {
    const std::string lead = fmt::format("oai:{}:", host);
    if (!identifier.starts_with(lead)) return {};
    auto id = unescape(identifier.substr(lead.size()), false);
    // Only the one spelling that we give out names the record.
    if (!id || id->empty() || make_identifier(host, *id) != identifier) return {};
    return id;
}

bool is_repository_identifier(std::string_view host) {
    const auto labels = split(host, '.');
    for (const std::string_view label : labels) {
        if (label.empty() || !is_letter(label.front())) return false;
        for (const char c : label)
            if (!is_letter(c) && !is_digit(c) && c != '-') return false;
    }
    return labels.size() > 1;
}

bool is_metadata_prefix(std::string_view text) {
    for (const char c : text)
        if (!is_unreserved(c)) return false;
    return !text.empty();
}

bool is_set_spec(std::string_view text) {
    for (const std::string_view part : split(text, ':'))
        if (!is_metadata_prefix(part)) return false;
    return true;
}

} // namespace greenbank::oai
