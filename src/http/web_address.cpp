// web_address.cpp — strict reading of web addresses, and the special networks.
#include "http/web_address.h"

#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank::http {

namespace {

constexpr std::size_t address_bytes_max = 8192;

Error no_address(std::string_view text) {
    std::string shown(text.substr(0, 200));
    while (!is_utf8(shown)) shown.pop_back();
    return {Failure::invalid, "fetch.address", "“{address}” is no http or https address; write it like https://bank.example/oai.", {{"address", shown}}};
}

bool is_host_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'; }

std::string without_dot_segments(std::string_view path) {
    std::vector<std::string_view> kept;
    const std::vector<std::string_view> segments = split(path.substr(1), '/');
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const bool last = i + 1 == segments.size();
        if (segments[i] == ".." && !kept.empty()) kept.pop_back();
        if (segments[i] != "." && segments[i] != "..") kept.push_back(segments[i]);
        else if (last) kept.emplace_back();
    }
    std::string out;
    for (const std::string_view segment : kept) (out += '/') += segment;
    return out.empty() ? "/" : out;
}

std::vector<Network> networks(std::initializer_list<std::string_view> texts) {
    std::vector<Network> all;
    for (const std::string_view text : texts) {
        const auto network = parse_network(text);
        require(network.has_value(), "the special networks are written rightly");
        all.push_back(*network);
    }
    return all;
}

} // namespace

std::string WebAddress::authority() const {
    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return port == (tls ? "443" : "80") ? name : name + ":" + port;
}

std::string WebAddress::origin() const { return (tls ? "https://" : "http://") + authority(); }

Result<WebAddress> parse_web_address(std::string_view text) {
    const std::string_view whole = text;
    if (text.size() > address_bytes_max) return no_address(whole);
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F || c == '\\') return no_address(whole);
    WebAddress address;
    std::string scheme(text.substr(0, text.find(':')));
    for (char& c : scheme) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    if (scheme != "http" && scheme != "https") return no_address(whole);
    address.tls = scheme == "https";
    text.remove_prefix(scheme.size());
    if (!text.starts_with("://")) return no_address(whole);
    text.remove_prefix(3);
    text = text.substr(0, text.find('#'));
    const std::size_t host_end = std::min(text.find_first_of("/?"), text.size());
    std::string_view authority = text.substr(0, host_end);
    const std::string_view target = text.substr(host_end);
    if (authority.find('@') != std::string_view::npos) return no_address(whole);
    std::string_view port;
    bool has_port = false;
    if (authority.starts_with('[')) {
        const std::size_t end = authority.find(']');
        if (end == std::string_view::npos) return no_address(whole);
        address.host = authority.substr(1, end - 1);
        if (address.host.find(':') == std::string::npos || !parse_address(address.host)) return no_address(whole);
        authority.remove_prefix(end + 1);
        has_port = authority.starts_with(':');
        if (!has_port && !authority.empty()) return no_address(whole);
        if (has_port) port = authority.substr(1);
    } else {
        const std::size_t colon = authority.find(':');
        has_port = colon != std::string_view::npos;
        if (has_port) port = authority.substr(colon + 1);
        address.host = authority.substr(0, colon);
        for (char& c : address.host) {
            c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
            if (!is_host_character(c)) return no_address(whole);
        }
        if (address.host.empty() || address.host.size() > 253 || address.host.front() == '.' || address.host.find("..") != std::string::npos)
            return no_address(whole);
        // 127.1, 0x7f000001 and 2130706433 are numbers to some resolvers: an all-number host must be a plain IPv4 address.
        const std::string_view label = std::string_view(address.host).substr(address.host.rfind('.') + 1);
        const bool number = !label.empty() && (label.find_first_not_of("0123456789") == std::string_view::npos || label.starts_with("0x"));
        if (number && !parse_address(address.host)) return no_address(whole);
    }
    address.port = address.tls ? "443" : "80";
    if (has_port) {
        int value = 0;
        const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), value);
        if (failure != std::errc{} || end != port.data() + port.size() || value < 1 || value > 65535) return no_address(whole);
        address.port = std::to_string(value);
    }
    address.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
    return address;
}

Result<WebAddress> resolve_location(const WebAddress& base, std::string_view location) {
    location = trim(location);
    const std::size_t colon = location.find(':');
    if (colon != std::string_view::npos && colon < location.find_first_of("/?#")) return parse_web_address(location);
    const std::string scheme = base.tls ? "https:" : "http:";
    if (location.starts_with("//")) return parse_web_address(scheme + std::string(location));
    const std::string_view path = std::string_view(base.target).substr(0, base.target.find('?'));
    if (location.empty() || location.starts_with('#')) return base;
    if (location.starts_with('?')) return parse_web_address(fmt::format("{}{}{}", base.origin(), path, location));
    const std::size_t query = location.find_first_of("?#");
    const std::string_view given = location.substr(0, query), rest = query == std::string_view::npos ? std::string_view{} : location.substr(query);
    const std::string whole = given.starts_with('/') ? std::string(given) : fmt::format("{}{}", path.substr(0, path.rfind('/') + 1), given);
    return parse_web_address(fmt::format("{}{}{}", base.origin(), without_dot_segments(whole), rest));
}

bool is_public(const Address& address) {
    static const std::vector<Network> mapped = networks({"::ffff:0:0/96"}), global = networks({"2000::/3"}),
                                      special = networks({"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                                          "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
                                          "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"});
    if (!is_within(address, mapped) && !is_within(address, global)) return false;
    return !is_within(address, special);
}

} // namespace greenbank::http
