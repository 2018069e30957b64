// bank_process.h — the real program as a child process, for tests from outside: servers, visitors, commands.
#pragma once

#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "http/client.h"

namespace greenbank::testing {

/// The program under test: GREENBANK_PROGRAM, or the one of this build.
std::string program();

/// A folder that goes with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    const std::string& path() const { return path_; }
    /// Writes a file into the folder; returns its path.
    std::string write(const std::string& name, std::string_view content) const;

private:
    std::string path_;
};

std::string read_whole(const std::string& path);

/// `greenbank serve` on a free port. Reads its first lines for the address and the one-time link.
class BankProcess {
public:
    explicit BankProcess(const std::string& data, std::vector<std::string> flags = {"--sample"});
    ~BankProcess();
    BankProcess(const BankProcess&) = delete;

    const std::string& address() const { return address_; }
    const std::string& setup_token() const { return token_; }
    pid_t pid() const { return child_; }

    /// SIGTERM and wait; the exit status, or -1 if it had to be killed after 15 s.
    int stop();
    void kill();

private:
    pid_t child_ = 0;
    FILE* lines_ = nullptr;
    std::string address_, token_;
};

/// An answer with its JSON at hand, by JSON pointer: at("/person/name").
struct Answer {
    int status = 0;
    std::string body, etag;
    std::vector<Header> headers;

    /// A text without its quotes, anything else as JSON; empty if there is none.
    std::string at(const std::string& pointer) const;
    std::int64_t number(const std::string& pointer) const;
    std::size_t size(const std::string& pointer) const; // of a list
    /// at(`pointer`) of every entry of the list.
    std::vector<std::string> all(const std::string& list, const std::string& pointer) const;
    std::string code() const { return at("/code"); }
    std::string header(std::string_view name) const;
    /// The names of the faulty fields.
    std::vector<std::string> faulty_fields() const { return all("/problems", "/field"); }
    /// A refusal as every layer must send it: problem+json with status, code and sentence.
    bool is_problem() const;
};

/// One person's connection: keeps the cookie, sends what the page would send.
class Visitor {
public:
    explicit Visitor(const std::string& address) : address_(address), client_(std::make_unique<http::Client>(address)) {}

    Answer get(const std::string& path, std::vector<Header> headers = {}) { return send("GET", path, "", std::move(headers)); }
    Answer post(const std::string& path, const std::string& body = "", std::vector<Header> headers = {}) {
        return send("POST", path, body, std::move(headers));
    }
    Answer patch(const std::string& path, const std::string& body, std::vector<Header> headers = {}) { return send("PATCH", path, body, std::move(headers)); }
    Answer remove(const std::string& path) { return send("DELETE", path, ""); }

    /// "/needs" is under /api/v1; "//healthz" is outside the API. Fails the test where nobody answers.
    Answer send(const std::string& method, const std::string& path, const std::string& body, std::vector<Header> headers = {});
    /// The same for other threads and dying servers: nothing where nobody answers.
    std::optional<Answer> try_send(const std::string& method, const std::string& path, const std::string& body, std::vector<Header> headers = {});
    /// The events of a job until the stream ends.
    std::vector<std::string> events(const std::string& path);
    /// Talks to another server from now on, with the same cookie.
    void move_to(const std::string& address) {
        address_ = address;
        client_ = std::make_unique<http::Client>(address);
    }

    std::string cookie, bearer, language, content_type = "application/json";
    bool says_request = true; // sends X-Greenbank-Request, as the page does

private:
    http::ClientRequest make(const std::string& method, const std::string& path, const std::string& body, std::vector<Header> headers) const;
    std::string address_;
    std::unique_ptr<http::Client> client_;
    std::chrono::steady_clock::time_point used_ = std::chrono::steady_clock::now();
};

constexpr const char* good_password = "a quiet green forest 42";

/// The first administrator, made with the one-time link.
void become_administrator(Visitor& visitor, const BankProcess& bank);
/// Invites somebody into the inviter's or another organisation and makes that person's account.
void join(Visitor& inviter, Visitor& newcomer, const std::string& email, const std::string& role, const std::string& organisation = "");
/// Accepts an invitation's link.
Answer accept(Visitor& newcomer, const std::string& link, const std::string& name, const std::string& password = good_password);
/// Enters an organisation; returns its id.
std::string enter_organisation(Visitor& staff, const std::string& name, const std::string& kind = "enterprise");

/// Waits until `done` says so, at most `seconds`.
template <class Done> bool wait_for(Done done, double seconds = 10) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (!done()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
}

/// Waits until the job has ended; its last state.
Answer wait_for_job(Visitor& visitor, const std::string& id, double seconds = 60);

/// A command that has ended.
struct Ran {
    int status = -1; // 128 + signal where one ended it
    std::string out, err;
};
/// Runs a command to its end, at most 60 s; the environment is ours plus `environment` ("NAME=value").
Ran run_command(const std::vector<std::string>& words, const std::string& input = "", const std::vector<std::string>& environment = {});
/// The program under test with these words.
Ran run(std::vector<std::string> words, const std::string& input = "", const std::vector<std::string>& environment = {});

/// Sends bytes as they are over a new connection and reads until the server closes it or is silent for a second.
std::string exchange_bytes(const std::string& address, std::string_view bytes);

} // namespace greenbank::testing
