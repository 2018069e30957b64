// client.cpp — a connection and the little HTTP a client needs.
#include "http/client.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "http/chunked.h"
#include "http/head.h"
#include "kernel/text.h"

namespace greenbank::http {

namespace {

constexpr std::size_t head_bytes_max = 64 * 1024;

bool same_name(std::string_view a, std::string_view b) { return a.size() == b.size() && has_word(a, b); }

Result<ClientResponse> read_head(std::string_view head) {
    const Error strange{Failure::unavailable, "client.answer_strange", "What answers at this address does not speak HTTP; check address and port."};
    ClientResponse response;
    if (!head.starts_with("HTTP/1.") || head.size() < 12) return strange;
    const auto [end, failure] = std::from_chars(head.data() + 9, head.data() + 12, response.status);
    if (failure != std::errc{} || end != head.data() + 12) return strange;
    for (auto at = head.find("\r\n"); at + 2 < head.size(); at = head.find("\r\n")) {
        head.remove_prefix(at + 2);
        const std::string_view line = head.substr(0, head.find("\r\n"));
        const auto colon = line.find(':');
        if (line.empty()) break;
        if (colon == std::string_view::npos) return strange;
        response.headers.push_back({std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
    }
    return response;
}

/// What went wrong before anything was said, as the user can act on it.
Error fault_error(WireFault fault, const std::string& server, const std::string& host, const std::string& detail) {
    switch (fault) {
    case WireFault::forbidden:
        return {Failure::forbidden, "client.address_private",
            "{host} is not on the public Internet; this server asks such addresses only if its setting fetch.private is true.", {{"host", host}}};
    case WireFault::certificate_expired:
        return {Failure::unavailable, "client.certificate_expired", "The certificate of {host} has expired or is not valid yet; its owner must renew it.",
            {{"host", host}}};
    case WireFault::certificate_host:
        return {Failure::unavailable, "client.certificate_host", "The certificate that {host} shows was made for another name.", {{"host", host}}};
    case WireFault::certificate_issuer:
        return {Failure::unavailable, "client.certificate_issuer",
            "The certificate of {host} is signed by nobody this server trusts; where that is intended, name its authority in fetch.authorities.",
            {{"host", host}}};
    case WireFault::certificate_other:
    case WireFault::handshake: return {Failure::unavailable, "client.tls", "No safe connection to {host}: {reason}", {{"host", host}, {"reason", detail}}};
    case WireFault::silent:
        return {Failure::unavailable, "client.silent", "{server} did not answer in time; try again later or look at its log.", {{"server", server}}};
    default:
        return {Failure::unavailable, "client.no_server", "No server answers at {server}; start it with `greenbank serve`, or name another with --server.",
            {{"server", server}}};
    }
}

} // namespace

std::string_view ClientResponse::header(std::string_view name) const {
    for (const Header& field : headers)
        if (same_name(field.name, name)) return field.value;
    return {};
}

Client::Client(std::string server, ClientSettings settings) : server_(std::move(server)), settings_(std::move(settings)) {
    const auto parsed = parse_web_address(server_.find("://") == std::string::npos ? "http://" + server_ : server_);
    understood_ = static_cast<bool>(parsed);
    if (understood_) address_ = parsed.value();
}

Client::~Client() { disconnect(); }

Result<ClientResponse> Client::send(const ClientRequest& request) {
    if (!understood_) return Error{Failure::unavailable, "client.scheme", "{server} is no http or https address of a server.", {{"server", server_}}};
    const std::string target = through_proxy() ? address_.origin() + request.target : request.target;
    std::string bytes = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: greenbank\r\n", request.method, target, address_.authority());
    bool keyed = false;
    for (const Header& header : request.headers) {
        bytes += fmt::format("{}: {}\r\n", header.name, header.value);
        keyed = keyed || same_name(header.name, "Idempotency-Key");
    }
    if (!request.body.empty() || (request.method != "GET" && request.method != "HEAD"))
        bytes += fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", request.content_type, request.body.size());
    bytes += "\r\n" + request.body;

    const bool reused = wire_ != nullptr;
    if (!reused) TRY(connect());
    auto response = exchange(request, bytes);
    // The server may have closed an idle connection at the very moment we used it; say it again where that is harmless.
    if (!response && response.error().code == "client.cut_off" && reused && (keyed || request.method == "GET" || request.method == "HEAD")) {
        TRY(connect());
        response = exchange(request, bytes);
    }
    if (!response) disconnect();
    return response;
}

Deadline Client::within(int seconds) const {
    const Deadline then = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    return settings_.until ? std::min(then, *settings_.until) : then;
}

Result<Done> Client::connect() {
    disconnect();
    const Deadline until = within(settings_.connect_seconds_max);
    const auto allowed = [this](const Address& address) { return !settings_.public_only || is_public(address); };
    wire_ = std::make_unique<Wire>();
    WireFault fault = WireFault::none;
    if (settings_.proxy.empty()) {
        fault = wire_->connect(address_.host, address_.port, allowed, until);
    } else {
        // The proxy resolves names; what is a forbidden address by its looks is not even asked for.
        const auto number = parse_address(address_.host);
        if ((number && !allowed(*number)) || (settings_.public_only && (address_.host == "localhost" || address_.host.ends_with(".localhost"))))
            fault = WireFault::forbidden;
        else {
            const WebAddress proxy = TRY(parse_web_address(settings_.proxy));
            fault = wire_->connect(proxy.host, proxy.port, {}, until);
            if (fault == WireFault::none && address_.tls) TRY(connect_through_proxy(proxy, until));
        }
    }
    if (fault == WireFault::none && address_.tls) {
        fault = wire_->secure(address_.host, settings_.authorities_file, until);
        if (fault == WireFault::ended) fault = WireFault::handshake;
    }
    if (fault == WireFault::none) return Done{};
    const Error error = fault_error(fault, server_, address_.host, wire_->detail());
    disconnect();
    return error;
}

/// CONNECT (RFC 9110, 9.3.6): from its 200 on the proxy passes bytes both ways.
Result<Done> Client::connect_through_proxy(const WebAddress& proxy, Deadline until) {
    const std::string host = fmt::format("{}:{}", address_.host.find(':') == std::string::npos ? address_.host : "[" + address_.host + "]", address_.port);
    const Error refused{
        Failure::unavailable, "client.proxy", "The proxy {proxy} does not connect to {host}.", {{"proxy", proxy.origin()}, {"host", address_.host}}};
    if (wire_->send(fmt::format("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\n\r\n", host), until) != WireFault::none) return refused;
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos)
        if (head.size() > head_bytes_max || wire_->receive(head, until) != WireFault::none) return refused;
    const ClientResponse response = TRY(read_head(std::string_view(head).substr(0, head.find("\r\n\r\n") + 2)));
    if (response.status / 100 != 2 || !head.ends_with("\r\n\r\n")) return refused;
    return Done{};
}

void Client::disconnect() {
    wire_.reset();
    in_.clear();
}

Result<ClientResponse> Client::exchange(const ClientRequest& request, const std::string& bytes) {
    const Error cut_off{Failure::unavailable, "client.cut_off", "{server} closed the connection without an answer; try again.", {{"server", server_}}};
    const Error silent{Failure::unavailable, "client.silent", "{server} did not answer in time; try again later or look at its log.", {{"server", server_}}};
    (void)wire_->send(
        bytes, within(std::max(request.silence_seconds_max, 60))); // a server that refuses a large body answers before it has all of it, so read in any case
    ClientResponse response;
    do { // 100 Continue and its like come before the answer
        std::size_t end;
        while ((end = in_.find("\r\n\r\n")) == std::string::npos) {
            if (in_.size() > head_bytes_max || !fill(request.silence_seconds_max)) return silent_ ? silent : cut_off;
        }
        response = TRY(read_head(std::string_view(in_).substr(0, end + 2)));
        in_.erase(0, end + 4);
    } while (response.status >= 100 && response.status < 200);

    if (request.method != "HEAD" && response.status != 204 && response.status != 304) TRY(read_body(request, response));
    if (has_word(response.header("Connection"), "close")) disconnect();
    return response;
}

Result<Done> Client::read_body(const ClientRequest& request, ClientResponse& response) {
    const Error broken{Failure::unavailable, "client.answer_broken", "The answer of {server} broke off; try again.", {{"server", server_}}};
    const bool piecewise = request.take && response.status >= 200 && response.status < 300;
    const Error too_large{Failure::too_large, "client.answer_too_large", "The answer of {server} is larger than {limit} MiB.",
        {{"server", server_}, {"limit", std::to_string(settings_.body_bytes_max >> 20)}}};
    const auto pass_on = [&] { // false: the caller has enough
        if (!piecewise || response.body.empty()) return true;
        const bool wants_more = request.take(response.body);
        response.body.clear();
        return wants_more;
    };
    const std::string_view length_text = response.header("Content-Length");
    if (has_word(response.header("Transfer-Encoding"), "chunked")) {
        for (ChunkedBody chunks; chunks.state() != ChunkedBody::done;) {
            in_.erase(0, chunks.take(in_, response.body, std::numeric_limits<std::size_t>::max()));
            if (chunks.state() == ChunkedBody::malformed) return broken;
            if (response.body.size() > settings_.body_bytes_max) return too_large;
            if (!pass_on()) {
                disconnect();
                return Done{};
            }
            if (chunks.state() == ChunkedBody::more && in_.empty() && !fill(request.silence_seconds_max)) return broken;
        }
        return Done{};
    }
    if (!length_text.empty()) {
        std::size_t length = 0;
        std::from_chars(length_text.data(), length_text.data() + length_text.size(), length);
        if (length > settings_.body_bytes_max) return too_large;
        while (in_.size() < length)
            if (!fill(request.silence_seconds_max)) return broken;
        response.body = in_.substr(0, length);
        in_.erase(0, length);
    } else {
        while (in_.size() <= settings_.body_bytes_max && fill(request.silence_seconds_max)) {}
        if (in_.size() > settings_.body_bytes_max) return too_large;
        if (silent_ || !wire_->ended_properly()) return broken; // the end is all that says how long it is
        response.body = std::move(in_);
        disconnect();
    }
    pass_on();
    return Done{};
}

bool Client::fill(int silence_seconds_max) {
    const WireFault fault = wire_->receive(in_, within(silence_seconds_max));
    silent_ = fault == WireFault::silent;
    return fault == WireFault::none;
}

} // namespace greenbank::http
