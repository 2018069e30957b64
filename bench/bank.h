// bank.h — the real program as a child process, as its users have it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>

#include "http/client.h"
#include "load.h"

namespace greenbank::bench {

/// A folder on the disk that is measured; goes with the object.
class Folder {
public:
    explicit Folder(const std::string& parent) {
        std::string pattern = parent + "/server_bench.XXXXXX";
        if (!mkdtemp(pattern.data())) give_up("no folder can be made in " + parent);
        path_ = pattern;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

inline std::uint16_t free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 || getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        give_up("no free port");
    close(socket);
    return ntohs(address.sin_port);
}

/// `greenbank serve`; ready once /healthz has answered.
class Bank {
public:
    Bank(const std::string& program, const std::string& data, const std::vector<std::string>& flags) : port_(free_port()) {
        std::vector<std::string> words{program, "serve", "--data", data, "--port", std::to_string(port_), "--log", "warning"};
        words.insert(words.end(), flags.begin(), flags.end());
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        int out[2];
        if (pipe2(out, O_CLOEXEC) != 0) give_up("no pipe");
        const auto asked = Clock::now();
        process_ = fork();
        if (process_ == 0) {
            dup2(out[1], 1);
            execv(arguments[0], arguments.data());
            _exit(127);
        }
        close(out[1]);
        lines_ = fdopen(out[0], "r"); // stays open, or the child's next print would end it
        while (!healthy()) {
            if (seconds_since(asked) > 60 || waitpid(process_, nullptr, WNOHANG) == process_) give_up(program + " did not start");
            usleep(1000);
        }
        start_seconds_ = seconds_since(asked);
        start_cpu_seconds_ = cpu_seconds_of(process_);
    }
    ~Bank() {
        kill(process_, SIGTERM);
        waitpid(process_, nullptr, 0);
        std::fclose(lines_);
    }
    Bank(const Bank&) = delete;

    pid_t process() const { return process_; }
    std::uint16_t port() const { return port_; }
    std::string address() const { return fmt::format("http://127.0.0.1:{}", port_); }
    double start_seconds() const { return start_seconds_; }
    double start_cpu_seconds() const { return start_cpu_seconds_; }

    /// Of the one-time link for the first administrator, from what the program prints.
    std::string setup_token() {
        char line[1000];
        while (std::fgets(line, sizeof line, lines_)) {
            const std::string text(line);
            if (const std::size_t at = text.find("token="); at != std::string::npos) return text.substr(at + 6, text.find_first_of(" \n", at) - at - 6);
            if (text.starts_with("Stop with")) break;
        }
        give_up("no one-time link");
    }

private:
    bool healthy() const {
        const int socket = try_connect(port_);
        if (socket < 0) return false;
        constexpr std::string_view request = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        char bytes[100] = {};
        const bool good = send(socket, request.data(), request.size(), MSG_NOSIGNAL) > 0 && recv(socket, bytes, sizeof bytes - 1, 0) > 12 &&
                          std::string_view(bytes).substr(9, 3) == "200";
        close(socket);
        return good;
    }

    std::uint16_t port_;
    pid_t process_ = 0;
    FILE* lines_ = nullptr;
    double start_seconds_ = 0, start_cpu_seconds_ = 0;
};

/// One person's calls of the API, for what is not measured.
class Person {
public:
    explicit Person(const Bank& bank) : client_(bank.address()) {}

    /// The first administrator, made with the one-time link.
    void become_administrator(const std::string& setup_token) {
        send("POST", "/api/v1/setup",
            fmt::format(R"({{"token":"{}","email":"admin@bank.test","name":"Ana Admin","password":"a quiet green forest 42","language":"en"}})", setup_token));
    }

    /// The answer's body; gives up unless the status is 2xx.
    std::string send(const std::string& method, const std::string& target, const std::string& body = "") {
        http::ClientRequest request{.method = method, .target = target, .body = body};
        if (!cookie_.empty()) request.headers = {{"Cookie", "greenbank_session=" + cookie_}, {"X-Greenbank-Request", "1"}};
        auto sent = client_.send(request);
        if (!sent) give_up(method + " " + target + " was not answered");
        if (sent.value().status / 100 != 2) give_up(method + " " + target + ": " + sent.value().body);
        const std::string set(sent.value().header("Set-Cookie"));
        if (set.starts_with("greenbank_session=")) cookie_ = set.substr(18, set.find(';') - 18);
        return std::move(sent.value().body);
    }
    const std::string& cookie() const { return cookie_; }

private:
    http::Client client_;
    std::string cookie_;
};

/// The first text of that name anywhere in `json`: enough for ids and tokens.
inline std::string text_in(const std::string& json, const std::string& name) {
    const std::string mark = "\"" + name + "\":\"";
    const std::size_t at = json.find(mark);
    if (at == std::string::npos) give_up("no " + name + " in " + json.substr(0, 300));
    const std::size_t begin = at + mark.size();
    return json.substr(begin, json.find('"', begin) - begin);
}

/// A number of the family greenbank_state of GET /metrics.
inline double state_of(Person& person, const std::string& name) {
    const std::string text = person.send("GET", "/metrics"), mark = "greenbank_state{of=\"" + name + "\"} ";
    const std::size_t at = text.find(mark);
    return at == std::string::npos ? 0 : std::atof(text.c_str() + at + mark.size());
}

} // namespace greenbank::bench
