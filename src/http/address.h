// IP addresses, blocks of them, and which hop of X-Forwarded-For we believe. Pure: no socket, no name look-up.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace greenbank::http {

struct Address {
    std::array<std::uint8_t, 16> bytes = {}; // IPv4 is kept as ::ffff:a.b.c.d, so one peer has one address

    auto operator<=>(const Address&) const = default;
};

/// "203.0.113.7", "2001:db8::1", "::ffff:203.0.113.7"; no zone, no port, no leading zeros in IPv4.
std::optional<Address> parse_address(std::string_view text);
std::string to_text(const Address& address);

struct Network {
    Address base;
    int bits = 128; // of the 128-bit form

    bool contains(const Address& address) const;
};

/// "10.0.0.0/8", "fd00::/8", or one address.
std::optional<Network> parse_network(std::string_view text);

bool is_within(const Address& address, std::span<const Network> networks);

/// Whom a request comes from. Each proxy appends the peer it saw, so only what trusted ones wrote counts: from the right,
/// the first hop that is not trusted. A hop that is no address ends the search at the last good one.
Address client_of(const Address& peer, std::string_view forwarded_for, std::span<const Network> trusted);

} // namespace greenbank::http
