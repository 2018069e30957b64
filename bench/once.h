// once.h — requests that are sent once each over some connections, and what the server used for them.
#pragma once

#include <fmt/format.h>

#include "bank.h"

namespace greenbank::bench {

struct Run {
    double answers = 0, seconds = 0, cpu = 0; // of the server
    std::vector<double> milliseconds;
};

/// One request in flight a connection, each request once; they are made before the clock runs.
inline Run send_all(const Bank& bank, const std::vector<std::string>& requests, std::size_t connections) {
    struct Caller {
        Clock::time_point asked;
        Answers answers;
        std::string_view unsent;
    };
    const int poll = epoll_create1(EPOLL_CLOEXEC);
    std::unordered_map<int, Caller> callers;
    std::size_t next = 0;
    Run run;
    const auto push = [&](int socket, Caller& caller) {
        while (!caller.unsent.empty()) {
            const ssize_t sent = send(socket, caller.unsent.data(), caller.unsent.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
            if (sent < 0) give_up("the server does not take requests");
            caller.unsent.remove_prefix(static_cast<std::size_t>(sent));
        }
        epoll_event event = {};
        event.events = caller.unsent.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT;
        event.data.fd = socket;
        epoll_ctl(poll, EPOLL_CTL_MOD, socket, &event);
    };
    const auto fire = [&](int socket, Caller& caller) {
        if (next == requests.size()) return;
        caller.asked = Clock::now();
        caller.unsent = requests[next++];
        push(socket, caller);
    };
    for (std::size_t i = 0; i < connections; ++i) callers[connect_to(bank.port(), poll)];
    const double cpu_before = cpu_seconds_of(bank.process());
    const auto start = Clock::now();
    for (auto& [socket, caller] : callers) fire(socket, caller);
    std::vector<char> bytes(1 << 20);
    while (run.answers < static_cast<double>(requests.size())) {
        epoll_event events[64];
        const int count = epoll_wait(poll, events, 64, 60'000);
        if (count <= 0) give_up("the server does not answer");
        for (int i = 0; i < count; ++i) {
            const int socket = events[i].data.fd;
            Caller& caller = callers[socket];
            if (!caller.unsent.empty()) push(socket, caller);
            if (!(events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))) continue;
            const ssize_t received = recv(socket, bytes.data(), bytes.size(), 0);
            if (received <= 0) give_up("the server closed a connection");
            caller.answers.take({bytes.data(), static_cast<std::size_t>(received)}, [&](int status, std::size_t) {
                if (status != 200) give_up(fmt::format("an answer was {}", status));
                ++run.answers;
                run.milliseconds.push_back(1000 * seconds_since(caller.asked));
                fire(socket, caller);
            });
        }
    }
    run.seconds = seconds_since(start);
    run.cpu = cpu_seconds_of(bank.process()) - cpu_before;
    for (const auto& [socket, caller] : callers) close(socket);
    close(poll);
    return run;
}

} // namespace greenbank::bench
