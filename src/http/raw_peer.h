// For tests: a server with a handler that does what its path says, and a peer that sends exactly the bytes it is told to.
#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "http/chunked.h"
#include "http/client.h"
#include "http/head.h"
#include "http/server.h"
#include "kernel/log.h"

namespace greenbank::http {

inline std::int64_t milliseconds_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct TestServer {
    explicit TestServer(ServerSettings settings = {}) {
        set_log_sink([](Level, std::string_view, std::string_view) {});
        settings.port = 0;
        auto served = serve(settings, [this](Incoming incoming, Answer answer) { handle(std::move(incoming), std::move(answer)); });
        REQUIRE(served);
        server = std::move(served).value();
    }
    ~TestServer() {
        server->stop({});
        for (std::thread& thread : threads) thread.join();
    }

    void handle(Incoming incoming, Answer answer) {
        ++handled;
        const std::string& target = incoming.target;
        if (target.starts_with("/second")) ++smuggled;
        if (target == "/late") { // answered from elsewhere
            const std::lock_guard lock(mutex);
            threads.emplace_back([answer] {
                std::this_thread::sleep_for(std::chrono::milliseconds(150));
                answer({.body = "late"});
            });
        } else if (target == "/large") {
            answer({.content_type = "application/octet-stream", .body = std::string(3'000'000, 'x')});
        } else if (target == "/json") {
            answer({.body = "[" + std::string(5000, ' ') + "]"});
        } else if (target == "/events" || target == "/endless") {
            Response response{.content_type = "text/event-stream"};
            response.stream = [this, n = 0, endless = target == "/endless"]() mutable -> std::optional<std::string> {
                ++polled;
                if (n == 3 && !endless) return {};
                return "data: " + std::to_string(n++) + "\n\n";
            };
            answer(std::move(response));
        } else if (target == "/throw") {
            throw std::runtime_error("a fault");
        } else if (target == "/forget") {
        } else if (target == "/inject") {
            answer({.body = "{}", .headers = {{"X-Note", "a\r\nSet-Cookie: evil=1"}}});
        } else if (target == "/address") {
            answer({.body = incoming.address + (incoming.secure ? " secure" : " plain")});
        } else {
            answer({.body = incoming.method + " " + target + " " + incoming.body});
        }
    }

    std::uint16_t port() const { return server->port(); }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }

    std::unique_ptr<Server> server;
    std::atomic<int> handled = 0, smuggled = 0, polled = 0;
    std::mutex mutex;
    std::vector<std::thread> threads;
};

struct RawAnswer : ClientResponse {
    bool whole = false; // head and body arrived
};

class RawPeer {
public:
    explicit RawPeer(std::uint16_t port) {
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    RawPeer(std::uint16_t port, std::string_view bytes) : RawPeer(port) { send(bytes); }
    ~RawPeer() { ::close(socket_); }
    RawPeer(const RawPeer&) = delete;
    RawPeer& operator=(const RawPeer&) = delete;

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void end_sending() { ::shutdown(socket_, SHUT_WR); }

    /// The next answer; `whole` is false if it does not come in time.
    RawAnswer answer(bool to_head = false, int wait_milliseconds = 5000) {
        RawAnswer answer;
        const std::int64_t until = milliseconds_now() + wait_milliseconds;
        std::size_t end;
        while ((end = in_.find("\r\n\r\n")) == std::string::npos)
            if (!fill(until)) return answer;
        const std::string head = in_.substr(0, end + 2);
        in_.erase(0, end + 4);
        answer.status = std::atoi(head.c_str() + 9);
        for (std::size_t at = head.find("\r\n") + 2; at < head.size(); at = head.find("\r\n", at) + 2) {
            const auto colon = head.find(": ", at);
            answer.headers.push_back({head.substr(at, colon - at), head.substr(colon + 2, head.find("\r\n", colon) - colon - 2)});
        }
        if (to_head || answer.header("Transfer-Encoding").empty()) {
            const auto length = to_head ? 0u : static_cast<std::size_t>(std::atoll(std::string(answer.header("Content-Length")).c_str()));
            while (in_.size() < length)
                if (!fill(until)) return answer;
            answer.body = in_.substr(0, length);
            in_.erase(0, length);
        } else {
            ChunkedBody chunks;
            do in_.erase(0, chunks.take(in_, answer.body, 1u << 30));
            while (chunks.state() == ChunkedBody::more && fill(until));
            if (chunks.state() != ChunkedBody::done) return answer;
        }
        answer.whole = true;
        return answer;
    }

    /// True if the server closes without another byte.
    bool is_closed(int wait_milliseconds = 4000) {
        const std::int64_t until = milliseconds_now() + wait_milliseconds;
        while (in_.empty() && fill(until)) {}
        return in_.empty() && ended_;
    }
    /// True if it is still open after a moment, with nothing more to read.
    bool is_open() { return !is_closed(150) && in_.empty(); }
    std::string& received() { return in_; }

    bool fill(std::int64_t until) {
        pollfd waiting = {socket_, POLLIN, 0};
        const auto left = std::max<std::int64_t>(0, until - milliseconds_now());
        if (::poll(&waiting, 1, static_cast<int>(left)) <= 0) return false;
        char bytes[64 * 1024];
        const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
        if (count <= 0) {
            ended_ = true;
            return false;
        }
        in_.append(bytes, static_cast<std::size_t>(count));
        return true;
    }

    bool connected = false;

private:
    int socket_;
    std::string in_;
    bool ended_ = false;
};

} // namespace greenbank::http
