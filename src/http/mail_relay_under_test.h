// mail_relay_under_test.h — for tests: a relay that takes mails, or refuses at the step it is told to.
#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <mutex>
#include <string>
#include <thread>

namespace greenbank::http {

/// Answers line by line as it was told, and keeps what it heard; one conversation after the other.
class MailRelayUnderTest {
public:
    explicit MailRelayUnderTest(std::string refuses = "") : refuses_(std::move(refuses)) {
        listener_ = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(listen(listener_, 1) == 0);
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~MailRelayUnderTest() {
        end();
        close(listener_);
    }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    std::string heard() const {
        const std::lock_guard lock(mutex_);
        return heard_;
    }
    std::string end() {
        shutdown(listener_, SHUT_RDWR);
        if (thread_.joinable()) thread_.join();
        return heard_;
    }

private:
    void run() {
        for (int client; (client = accept(listener_, nullptr, nullptr)) >= 0; close(client)) converse(client);
    }
    void converse(int client) {
        const auto say = [&](const std::string& line) { return ::send(client, line.data(), line.size(), MSG_NOSIGNAL) > 0; };
        say("220 relay here\r\n");
        std::string line;
        bool data = false;
        for (char c; recv(client, &c, 1, 0) == 1;) {
            line += c;
            if (c != '\n') continue;
            {
                const std::lock_guard lock(mutex_);
                heard_ += line;
            }
            if (data && line != ".\r\n") {
                line.clear();
                continue;
            }
            const bool no = !refuses_.empty() && line.starts_with(refuses_);
            if (no) say("550 not here\r\n");
            else if (data) say("250 taken\r\n");
            else if (line.starts_with("EHLO")) say("250-relay\r\n250-SIZE 1000\r\n250 8BITMIME\r\n");
            else if (line.starts_with("DATA")) say("354 go on\r\n");
            else if (line.starts_with("QUIT")) break;
            else say("250 good\r\n");
            data = line.starts_with("DATA");
            line.clear();
        }
    }
    mutable std::mutex mutex_;
    std::string refuses_, heard_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

} // namespace greenbank::http
