// wire.cpp — Asio's sockets and TLS behind steps that end in time.
#include "http/wire.h"

#include <cstring>
#include <optional>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

namespace greenbank::http {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

struct Wire::Parts {
    asio::io_context context;
    tcp::socket socket{context};
    std::optional<asio::ssl::context> tls;
    std::optional<asio::ssl::stream<tcp::socket&>> stream;
    std::string detail;
    bool proper = true;

    /// Runs what was begun until it ends; false where the time is over first: then the connection is of no more use.
    bool finish(const bool& done, Deadline until) {
        context.restart();
        while (!done && context.run_one_until(until) > 0) {}
        if (done) return true;
        error_code ignored;
        socket.close(ignored);
        context.restart();
        context.run();
        detail = "timed out";
        return false;
    }

    /// One step of reading or writing.
    template <class Begin> WireFault step(Begin begin, Deadline until) {
        bool done = false;
        error_code failure;
        begin([&](error_code error, std::size_t = 0) { failure = error, done = true; });
        if (!finish(done, until)) return WireFault::silent;
        if (!failure) return WireFault::none;
        detail = failure.message();
        proper = failure == asio::error::eof;
        return WireFault::ended;
    }
};

namespace {

Address address_of(const asio::ip::address& from) {
    Address address;
    if (from.is_v4()) {
        const auto bytes = from.to_v4().to_bytes();
        address.bytes[10] = address.bytes[11] = 0xFF;
        std::memcpy(address.bytes.data() + 12, bytes.data(), bytes.size());
    } else {
        const auto bytes = from.to_v6().to_bytes();
        std::memcpy(address.bytes.data(), bytes.data(), bytes.size());
    }
    return address;
}

WireFault fault_of_certificate(long verdict) {
    switch (verdict) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID: return WireFault::certificate_expired;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return WireFault::certificate_host;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: // by somebody of the same name
        return WireFault::certificate_issuer;
    default: return WireFault::certificate_other;
    }
}

} // namespace

Wire::Wire() : parts_(std::make_unique<Parts>()) {}
Wire::~Wire() = default;

WireFault Wire::connect(const std::string& host, const std::string& port, const std::function<bool(const Address&)>& allowed, Deadline until) {
    Parts& parts = *parts_;
    error_code failure;
    tcp::resolver resolver(parts.context);
    const auto found = resolver.resolve(host, port, failure);
    if (failure) return parts.detail = failure.message(), WireFault::unresolved;
    bool any = false;
    for (const auto& each : found) {
        if (allowed && !allowed(address_of(each.endpoint().address()))) continue;
        any = true;
        bool done = false;
        error_code ignored;
        parts.socket.close(ignored);
        parts.socket.async_connect(each.endpoint(), [&](error_code error) { failure = error, done = true; });
        if (!parts.finish(done, until)) return WireFault::silent;
        if (failure) continue;
        parts.socket.set_option(tcp::no_delay(true), ignored);
        return WireFault::none;
    }
    parts.detail = any ? failure.message() : "";
    return any ? WireFault::refused : WireFault::forbidden;
}

WireFault Wire::secure(const std::string& host, const std::string& authorities_file, Deadline until) {
    Parts& parts = *parts_;
    parts.tls.emplace(asio::ssl::context::tls_client);
    error_code failure;
    SSL_CTX_set_min_proto_version(parts.tls->native_handle(), TLS1_2_VERSION);
    parts.tls->set_default_verify_paths(failure);
    if (!authorities_file.empty()) parts.tls->load_verify_file(authorities_file, failure);
    if (failure) return parts.detail = authorities_file + ": " + failure.message(), WireFault::certificate_other;
    parts.tls->set_verify_mode(asio::ssl::verify_peer);
    parts.stream.emplace(parts.socket, *parts.tls);
    SSL* ssl = parts.stream->native_handle();
    X509_VERIFY_PARAM* rules = SSL_get0_param(ssl);
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (parse_address(host)) {
        X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str());
    } else {
        X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size());
        SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(host.c_str()));
    }
    const WireFault fault =
        parts.step([&](auto then) { parts.stream->async_handshake(asio::ssl::stream_base::client, [then](error_code error) mutable { then(error); }); }, until);
    if (fault != WireFault::ended) return fault;
    const long verdict = SSL_get_verify_result(ssl);
    if (verdict == X509_V_OK) return WireFault::handshake;
    parts.detail = X509_verify_cert_error_string(verdict);
    return fault_of_certificate(verdict);
}

WireFault Wire::send(std::string_view bytes, Deadline until) {
    Parts& parts = *parts_;
    const auto buffer = asio::buffer(bytes.data(), bytes.size());
    return parts.step(
        [&](auto then) {
            if (parts.stream) asio::async_write(*parts.stream, buffer, then);
            else asio::async_write(parts.socket, buffer, then);
        },
        until);
}

WireFault Wire::receive(std::string& into, Deadline until) {
    Parts& parts = *parts_;
    char bytes[16 * 1024];
    std::size_t count = 0;
    const auto buffer = asio::buffer(bytes);
    const WireFault fault = parts.step(
        [&](auto then) {
            auto counted = [then, &count](error_code error, std::size_t read) mutable { count = read, then(error); };
            if (parts.stream) parts.stream->async_read_some(buffer, counted);
            else parts.socket.async_read_some(buffer, counted);
        },
        until);
    into.append(bytes, count);
    return fault;
}

bool Wire::ended_properly() const { return parts_->proper; }
const std::string& Wire::detail() const { return parts_->detail; }

} // namespace greenbank::http
