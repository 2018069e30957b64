// wire.h — one outgoing connection, plain or by TLS, where every step has an end in time. Only wire.cpp sees Asio's TLS.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/address.h"

namespace greenbank::http {

using Deadline = std::chrono::steady_clock::time_point;

/// Why a step did not succeed.
enum class WireFault {
    none,
    unresolved, // no such name
    refused,    // nobody answers there
    forbidden,  // the address is not allowed
    silent,     // the time is over
    ended,      // the other side closed
    // TLS: the other side does not prove to be who it should be
    certificate_expired, // or not yet valid
    certificate_host,    // made for another name
    certificate_issuer,  // signed by itself or by somebody we do not know
    certificate_other,
    handshake, // no common version or cipher, or no TLS at all
};

class Wire {
public:
    Wire();
    ~Wire();
    Wire(const Wire&) = delete;

    /// Tries the addresses of a name in turn, those only that `allowed` lets pass; it connects to what was asked about, so that a
    /// name cannot point elsewhere a moment later.
    WireFault connect(const std::string& host, const std::string& port, const std::function<bool(const Address&)>& allowed, Deadline until);
    /// TLS 1.2 or newer over the connection, with the server's certificate checked against the system's authorities and those of
    /// `authorities_file` (PEM; may be empty), for `host`, which is also said to the server (SNI).
    WireFault secure(const std::string& host, const std::string& authorities_file, Deadline until);
    WireFault send(std::string_view bytes, Deadline until);
    /// Appends what comes next.
    WireFault receive(std::string& into, Deadline until);
    /// Was the end that receive() met a proper one? TLS says goodbye; a cut connection does not.
    bool ended_properly() const;
    /// What the library says of the last fault, in English, for the log of an operator; may be empty.
    const std::string& detail() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace greenbank::http
