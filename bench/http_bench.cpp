// Requests per second of server CPU: our server against a bare Beast server that parses, answers the same small JSON and does
// nothing else. Each server is a child process with one thread; the load comes from this process and is not counted.
//   http_bench [seconds per run] [connections]
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unordered_map>

#include "http/server.h"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;

const std::string json = R"({"id":"tech_01jd4x5q2zk8m3n7","title":{"en":"Heat pump","zh":"热泵"},"readiness":9,"updated_at":"2026-11-20T22:21:23Z"})";
const std::string request =
    "GET /api/v1/technologies/tech_01jd4x5q2zk8m3n7 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: bench/1\r\nAccept: application/json\r\n"
    "Accept-Language: zh-CN,zh;q=0.9\r\nCookie: greenbank_session=0123456789abcdef0123456789abcdef\r\n\r\n";

// ---- the peer: Beast with the standard request type, callbacks, no deadlines, no limits of our own -------------------

class BeastConnection : public std::enable_shared_from_this<BeastConnection> {
public:
    explicit BeastConnection(tcp::socket socket) : socket_(std::move(socket)) {}
    void read() {
        request_ = {};
        beast::http::async_read(socket_, buffer_, request_, [self = shared_from_this()](beast::error_code failure, std::size_t) {
            if (!failure) self->write();
        });
    }

private:
    void write() {
        response_ = {beast::http::status::ok, request_.version()};
        response_.set(beast::http::field::content_type, "application/json");
        response_.keep_alive(request_.keep_alive());
        response_.body() = json;
        response_.prepare_payload();
        beast::http::async_write(socket_, response_, [self = shared_from_this()](beast::error_code failure, std::size_t) {
            if (!failure) self->read();
        });
    }
    tcp::socket socket_;
    beast::flat_buffer buffer_;
    beast::http::request<beast::http::string_body> request_;
    beast::http::response<beast::http::string_body> response_;
};

void beast_serve(int port_pipe) {
    asio::io_context io{1};
    tcp::acceptor acceptor(io, {asio::ip::make_address("127.0.0.1"), 0});
    const std::uint16_t port = acceptor.local_endpoint().port();
    if (write(port_pipe, &port, sizeof port) != sizeof port) _exit(1);
    std::function<void()> accept = [&] {
        acceptor.async_accept([&](beast::error_code failure, tcp::socket socket) {
            if (failure) return;
            socket.set_option(tcp::no_delay(true));
            std::make_shared<BeastConnection>(std::move(socket))->read();
            accept();
        });
    };
    accept();
    io.run();
}

void our_serve(int port_pipe) {
    greenbank::http::ServerSettings settings;
    settings.port = 0;
    settings.threads = 1;
    auto server = greenbank::http::serve(settings, [](greenbank::Incoming, greenbank::http::Answer answer) { answer({.body = json}); });
    if (!server) _exit(1);
    const std::uint16_t port = server.value()->port();
    if (write(port_pipe, &port, sizeof port) != sizeof port) _exit(1);
    while (true) pause();
}

// ---- the load -------------------------------------------------------------------------------------------------------

struct Run {
    double requests = 0, server_cpu_seconds = 0;
};

/// Of all threads of a process.
double cpu_seconds_of(pid_t process) {
    double sum = 0;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
        double nanoseconds = 0;
        std::ifstream(task.path() / "schedstat") >> nanoseconds;
        sum += nanoseconds / 1e9;
    }
    return sum;
}

int connect_to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::exit(1);
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

struct Caller {
    int awaited = 0;
    std::string tail; // of what came last: the mark may be cut
};

/// Each connection sends `depth` requests, waits for all answers, and begins again. Answers are counted by their body's end.
double drive(std::uint16_t port, int connections, int depth, double seconds) {
    std::string burst;
    for (int i = 0; i < depth; ++i) burst += request;
    const int poll = epoll_create1(0);
    std::vector<int> sockets;
    std::unordered_map<int, Caller> callers;
    for (int i = 0; i < connections; ++i) {
        const int socket = connect_to(port);
        epoll_event event = {};
        event.events = EPOLLIN;
        event.data.fd = socket;
        epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event);
        sockets.push_back(socket);
    }
    const auto fire = [&](int socket) {
        callers[socket].awaited = depth;
        if (send(socket, burst.data(), burst.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(burst.size())) std::exit(1);
    };
    const auto start = std::chrono::steady_clock::now();
    for (const int socket : sockets) fire(socket);
    double answers = 0;
    std::vector<char> bytes(256 * 1024);
    while (std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < seconds) {
        epoll_event events[64];
        const int count = epoll_wait(poll, events, 64, 100);
        for (int i = 0; i < count; ++i) {
            const int socket = events[i].data.fd;
            const ssize_t received = recv(socket, bytes.data(), bytes.size(), 0);
            if (received <= 0) std::exit(1);
            Caller& caller = callers[socket];
            constexpr std::string_view mark = "23Z\"}";
            caller.tail.append(bytes.data(), static_cast<std::size_t>(received));
            for (auto at = caller.tail.find(mark); at != std::string::npos; at = caller.tail.find(mark, at + 1)) --caller.awaited, ++answers;
            if (caller.tail.size() >= mark.size()) caller.tail.erase(0, caller.tail.size() - mark.size() + 1);
            if (caller.awaited == 0) fire(socket);
        }
    }
    for (const int socket : sockets) close(socket);
    close(poll);
    return answers;
}

Run measure(void (*serve)(int), int connections, int depth, double seconds) {
    int ends[2];
    if (pipe(ends) != 0) std::exit(1);
    const pid_t child = fork();
    if (child == 0) {
        serve(ends[1]);
        _exit(0);
    }
    std::uint16_t port = 0;
    if (read(ends[0], &port, sizeof port) != sizeof port) std::exit(1);
    drive(port, connections, depth, 0.3); // warm
    const double before = cpu_seconds_of(child);
    Run run;
    run.requests = drive(port, connections, depth, seconds);
    run.server_cpu_seconds = cpu_seconds_of(child) - before;
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(ends[0]);
    close(ends[1]);
    return run;
}

} // namespace

int main(int count, char** words) {
    const double seconds = count > 1 ? std::atof(words[1]) : 2;
    const int connections = count > 2 ? std::atoi(words[2]) : 16;
    for (const int depth : {1, 4}) {
        double best[2] = {};
        for (int round = 0; round < 3; ++round) // in turn, so that a noisy neighbour disturbs both
            for (const int ours : {0, 1}) {
                const Run run = measure(ours ? our_serve : beast_serve, connections, depth, seconds);
                best[ours] = std::max(best[ours], run.requests / run.server_cpu_seconds);
            }
        std::printf("%d connections, %d in flight each: bare Beast %.0f, ours %.0f requests per server CPU-second, ratio %.2f\n", connections, depth,
                    best[0], best[1], best[1] / best[0]);
    }
    return 0;
}
