// load.h — servers as child processes, the load on them from one thread of this process, and what they used for it.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace greenbank::bench {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

[[noreturn]] inline void give_up(const std::string& why) {
    std::fflush(stdout);
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

/// Sorts; `share` of 0.5 is the median.
inline double quantile(std::vector<double>& values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

// ---- what a process uses --------------------------------------------------------------------------------------------

/// Of all its threads, kernel's work for them included.
inline double cpu_seconds_of(pid_t process) {
    double sum = 0;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
        double nanoseconds = 0;
        std::ifstream(task.path() / "schedstat") >> nanoseconds;
        sum += nanoseconds / 1e9;
    }
    return sum;
}

/// "VmRSS", "RssAnon", … of /proc/…/status in MiB.
inline double memory_of(pid_t process, std::string_view which) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(which) && line[which.size()] == ':') return std::atof(line.c_str() + which.size() + 1) / 1024;
    return 0;
}

// ---- a server as a child --------------------------------------------------------------------------------------------

/// Runs `serve` in a child, which writes its port to the descriptor it gets and never returns; ends with the object.
class Child {
public:
    explicit Child(const std::function<void(int port_pipe)>& serve) {
        int ends[2];
        if (pipe(ends) != 0) give_up("no pipe");
        std::fflush(stdout);
        process_ = fork();
        if (process_ == 0) {
            serve(ends[1]);
            _exit(0);
        }
        if (read(ends[0], &port_, sizeof port_) != sizeof port_) give_up("a server did not start");
        close(ends[0]);
        close(ends[1]);
    }
    ~Child() {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    Child(const Child&) = delete;

    pid_t process() const { return process_; }
    std::uint16_t port() const { return port_; }

private:
    pid_t process_ = 0;
    std::uint16_t port_ = 0;
};

// ---- the load -------------------------------------------------------------------------------------------------------

/// A connected socket, or -1 where nobody listens.
inline int try_connect(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        close(socket);
        return -1;
    }
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

/// Cuts a stream of bytes into answers by their Content-Length.
class Answers {
public:
    /// Calls `each(status, body's size)` for every answer that is complete.
    template <class Each> void take(std::string_view bytes, Each each) {
        held_ += bytes;
        std::size_t at = 0;
        while (true) {
            const std::size_t head = held_.find("\r\n\r\n", at);
            if (head == std::string::npos) break;
            const std::size_t body = length_of(std::string_view(held_).substr(at, head - at));
            if (held_.size() < head + 4 + body) break;
            each(std::atoi(held_.c_str() + at + 9), body);
            at = head + 4 + body;
        }
        held_.erase(0, at);
    }

private:
    static std::size_t length_of(std::string_view head) {
        constexpr std::string_view name = "\r\ncontent-length:";
        for (std::size_t line = head.find("\r\n"); line != std::string_view::npos; line = head.find("\r\n", line + 2))
            if (head.size() - line > name.size() && strncasecmp(head.data() + line, name.data(), name.size()) == 0)
                return std::strtoull(head.data() + line + name.size(), nullptr, 10);
        return 0;
    }

    std::string held_;
};

struct Load {
    std::string request; // as it goes over the wire
    int connections = 16;
    int depth = 1; // requests in flight on each connection
    double seconds = 2;
    int status = 200; // of a good answer
};

struct Outcome {
    double answers = 0, good = 0, seconds = 0;
    double body_bytes = 0;            // of the last answer
    std::vector<double> milliseconds; // of each burst of `depth` requests
};

/// A connection whose answers `poll` tells of.
inline int connect_to(std::uint16_t port, int poll) {
    const int socket = try_connect(port);
    if (socket < 0) give_up("no connection to the server");
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.fd = socket;
    epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event);
    return socket;
}

/// Each connection sends `depth` requests, waits for all answers, and begins again.
inline Outcome drive(std::uint16_t port, const Load& load) {
    struct Caller {
        int awaited = 0;
        Clock::time_point asked;
        Answers answers;
    };
    std::string burst;
    for (int i = 0; i < load.depth; ++i) burst += load.request;
    const int poll = epoll_create1(EPOLL_CLOEXEC);
    std::unordered_map<int, Caller> callers;
    for (int i = 0; i < load.connections; ++i) callers[connect_to(port, poll)];
    const auto fire = [&](int socket, Caller& caller) {
        caller.awaited = load.depth;
        caller.asked = Clock::now();
        if (send(socket, burst.data(), burst.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(burst.size())) give_up("the server does not take requests");
    };
    Outcome outcome;
    const auto start = Clock::now();
    for (auto& [socket, caller] : callers) fire(socket, caller);
    std::vector<char> bytes(256 * 1024);
    while (seconds_since(start) < load.seconds) {
        epoll_event events[64];
        const int count = epoll_wait(poll, events, 64, 100);
        for (int i = 0; i < count; ++i) {
            const int socket = events[i].data.fd;
            const ssize_t received = recv(socket, bytes.data(), bytes.size(), 0);
            if (received <= 0) give_up("the server closed a connection");
            Caller& caller = callers[socket];
            caller.answers.take({bytes.data(), static_cast<std::size_t>(received)}, [&](int status, std::size_t size) {
                --caller.awaited;
                ++outcome.answers;
                outcome.good += status == load.status;
                outcome.body_bytes = static_cast<double>(size);
            });
            if (caller.awaited != 0) continue;
            outcome.milliseconds.push_back(1000 * seconds_since(caller.asked));
            fire(socket, caller);
        }
    }
    outcome.seconds = seconds_since(start);
    for (const auto& [socket, caller] : callers) close(socket);
    close(poll);
    return outcome;
}

/// Answers per CPU-second of the server. Gives up if any answer is not as wished: a refusal is quicker than an answer.
inline double per_cpu_second(pid_t server, std::uint16_t port, const Load& load) {
    const double before = cpu_seconds_of(server);
    const Outcome outcome = drive(port, load);
    const double used = cpu_seconds_of(server) - before;
    if (outcome.good < outcome.answers || outcome.answers == 0) give_up("not every answer was good");
    return outcome.answers / used;
}

} // namespace greenbank::bench
