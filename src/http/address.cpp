// address.cpp — IPv4 and IPv6 as 128 bits.
#include "http/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "kernel/text.h"

namespace greenbank::http {

namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_mapped(const Address& address) { return std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin()); }

/// An address as proxies write it: also "203.0.113.7:4711", "[2001:db8::1]" and "[2001:db8::1]:4711".
std::optional<Address> parse_hop(std::string_view text) {
    text = trim(text);
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return {};
        return parse_address(text.substr(1, close - 1));
    }
    const auto colon = text.find(':');
    if (colon != std::string_view::npos && colon == text.rfind(':')) text = text.substr(0, colon);
    return parse_address(text);
}

} // namespace

std::optional<Address> parse_address(std::string_view text) {
    if (text.empty() || text.size() >= INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) return {};
    char terminated[INET6_ADDRSTRLEN] = {};
    text.copy(terminated, text.size());
    Address address;
    if (text.find(':') != std::string_view::npos) {
        if (inet_pton(AF_INET6, terminated, address.bytes.data()) != 1) return {};
        return address;
    }
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
    if (inet_pton(AF_INET, terminated, address.bytes.data() + mapped_prefix.size()) != 1) return {};
    return address;
}

std::string to_text(const Address& address) {
    char text[INET6_ADDRSTRLEN] = {};
    if (is_mapped(address)) inet_ntop(AF_INET, address.bytes.data() + mapped_prefix.size(), text, sizeof text);
    else inet_ntop(AF_INET6, address.bytes.data(), text, sizeof text);
    return text;
}

bool Network::contains(const Address& address) const {
    const auto whole = static_cast<std::size_t>(bits / 8);
    if (!std::equal(base.bytes.begin(), base.bytes.begin() + static_cast<std::ptrdiff_t>(whole), address.bytes.begin())) return false;
    const int rest = bits % 8;
    return rest == 0 || (base.bytes[whole] >> (8 - rest)) == (address.bytes[whole] >> (8 - rest));
}

std::optional<Network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto base = parse_address(text.substr(0, slash));
    if (!base) return {};
    if (slash == std::string_view::npos) return Network{*base, 128};
    const std::string_view length = text.substr(slash + 1);
    const bool four = text.find(':') == std::string_view::npos;
    int bits = -1;
    const auto [end, failure] = std::from_chars(length.data(), length.data() + length.size(), bits);
    if (failure != std::errc{} || end != length.data() + length.size() || bits < 0 || bits > (four ? 32 : 128)) return {};
    return Network{*base, four ? bits + 96 : bits};
}

bool is_within(const Address& address, std::span<const Network> networks) {
    return std::any_of(networks.begin(), networks.end(), [&](const Network& network) { return network.contains(address); });
}

Address client_of(const Address& peer, std::string_view forwarded_for, std::span<const Network> trusted) {
    Address client = peer;
    while (!forwarded_for.empty() && is_within(client, trusted)) {
        const auto comma = forwarded_for.rfind(',');
        const bool last = comma == std::string_view::npos;
        const auto hop = parse_hop(last ? forwarded_for : forwarded_for.substr(comma + 1));
        if (!hop) break;
        client = *hop;
        forwarded_for = last ? std::string_view{} : forwarded_for.substr(0, comma);
    }
    return client;
}

} // namespace greenbank::http
