// client.cpp — a blocking socket and the little HTTP a client needs.
#include "http/client.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <limits>

#include "http/chunked.h"
#include "http/head.h"
#include "kernel/text.h"

namespace greenbank::http {

namespace {

constexpr int connect_seconds_max = 10;
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

bool send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// Connects within connect_seconds_max; -1 if nobody answers.
int connect_to(const addrinfo& address) {
    const int socket = ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return -1;
    const timeval patience = {connect_seconds_max, 0};
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience); // bounds connect as well
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket, address.ai_addr, address.ai_addrlen) == 0) return socket;
    ::close(socket);
    return -1;
}

} // namespace

std::string_view ClientResponse::header(std::string_view name) const {
    for (const Header& field : headers)
        if (same_name(field.name, name)) return field.value;
    return {};
}

Client::Client(std::string server) : server_(std::move(server)) {
    std::string_view rest = server_;
    if (const auto scheme_end = rest.find("://"); scheme_end != std::string_view::npos) {
        if (rest.substr(0, scheme_end) != "http") unsupported_ = rest.substr(0, scheme_end);
        rest.remove_prefix(scheme_end + 3);
    }
    rest = rest.substr(0, rest.find('/'));
    port_ = "80";
    const auto bracket = rest.rfind(']');
    const auto colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon != std::string_view::npos) port_ = rest.substr(colon + 1);
    host_ = rest.substr(0, colon);
}

Client::~Client() { disconnect(); }

Result<ClientResponse> Client::send(const ClientRequest& request) {
    if (!unsupported_.empty())
        return Error{Failure::unavailable, "client.scheme", "{scheme} is not spoken here; use the server's http address.", {{"scheme", unsupported_}}};
    std::string bytes = fmt::format("{} {} HTTP/1.1\r\nHost: {}:{}\r\nUser-Agent: greenbank\r\n", request.method, request.target, host_, port_);
    bool keyed = false;
    for (const Header& header : request.headers) {
        bytes += fmt::format("{}: {}\r\n", header.name, header.value);
        keyed = keyed || same_name(header.name, "Idempotency-Key");
    }
    if (!request.body.empty() || (request.method != "GET" && request.method != "HEAD"))
        bytes += fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", request.content_type, request.body.size());
    bytes += "\r\n" + request.body;

    const bool reused = socket_ >= 0;
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

Result<Done> Client::connect() {
    disconnect();
    const Error nobody{Failure::unavailable, "client.no_server",
        "No server answers at {server}; start it with `greenbank serve`, or name another with --server.", {{"server", server_}}};
    addrinfo hints = {};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* addresses = nullptr;
    const std::string host = host_.starts_with('[') ? host_.substr(1, host_.size() - 2) : host_;
    if (getaddrinfo(host.c_str(), port_.c_str(), &hints, &addresses) != 0) return nobody;
    for (const addrinfo* address = addresses; address && socket_ < 0; address = address->ai_next) socket_ = connect_to(*address);
    freeaddrinfo(addresses);
    if (socket_ < 0) return nobody;
    return Done{};
}

void Client::disconnect() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
    in_.clear();
}

Result<ClientResponse> Client::exchange(const ClientRequest& request, const std::string& bytes) {
    const Error cut_off{Failure::unavailable, "client.cut_off", "{server} closed the connection without an answer; try again.", {{"server", server_}}};
    const Error silent{Failure::unavailable, "client.silent", "{server} did not answer in time; try again later or look at its log.", {{"server", server_}}};
    send_all(socket_, bytes); // a server that refuses a large body answers before it has all of it, so read in any case
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
        while (in_.size() < length)
            if (!fill(request.silence_seconds_max)) return broken;
        response.body = in_.substr(0, length);
        in_.erase(0, length);
    } else {
        while (fill(request.silence_seconds_max)) {}
        response.body = std::move(in_);
        disconnect();
    }
    pass_on();
    return Done{};
}

bool Client::fill(int silence_seconds_max) {
    pollfd waiting = {socket_, POLLIN, 0};
    int ready;
    do ready = ::poll(&waiting, 1, silence_seconds_max * 1000);
    while (ready < 0 && errno == EINTR);
    silent_ = ready == 0;
    if (ready <= 0) return false;
    char bytes[16 * 1024];
    const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    in_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

} // namespace greenbank::http
