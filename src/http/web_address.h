// Addresses of the web (RFC 3986, the http and https schemes) and which IP addresses are of the public Internet. Pure.
#pragma once

#include "http/address.h"
#include "kernel/result.h"

namespace greenbank::http {

struct WebAddress {
    bool tls = false;
    std::string host;         // in small letters; an IPv6 address without brackets
    std::string port;         // always there
    std::string target = "/"; // path and query

    bool operator==(const WebAddress&) const = default;
    /// "https://bank.example", with the port where it is not the scheme's own.
    std::string origin() const;
    /// The Host field.
    std::string authority() const;
};

/// "https://bank.example:8443/oai?verb=Identify"; a fragment is dropped. User names, spaces, control characters, other schemes
/// and hosts that are none are refused: what two programs could read in two ways is nothing to follow.
Result<WebAddress> parse_web_address(std::string_view text);
/// Where a Location field points from `base` (RFC 3986, 5.2).
Result<WebAddress> resolve_location(const WebAddress& base, std::string_view location);

/// Whether an address belongs to the public Internet: not loopback, private, link-local, multicast, documentation, translation or
/// otherwise special (IANA's special-purpose address registries, RFC 6890 and its updates).
bool is_public(const Address& address);

} // namespace greenbank::http
