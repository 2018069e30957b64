// bank_process.h — the real program as a child process, for tests from outside.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <simdjson.h>

#include "http/client.h"

namespace greenbank::testing {

namespace fs = std::filesystem;

/// The program under test: GREENBANK_PROGRAM, or the one of this build.
inline std::string program() {
    const char* path = std::getenv("GREENBANK_PROGRAM");
    return path ? path : GREENBANK_PROGRAM_BUILT;
}

/// A folder that goes with the object.
class TemporaryFolder {
public:
    TemporaryFolder() {
        char pattern[] = "/tmp/greenbank-test.XXXXXX";
        path_ = mkdtemp(pattern);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// `greenbank serve` on a free port. Reads its first lines for the address and the one-time link.
class BankProcess {
public:
    explicit BankProcess(const std::string& data, std::vector<std::string> flags = {"--sample"}) {
        int out[2];
        REQUIRE(pipe(out) == 0);
        child_ = fork();
        if (child_ == 0) {
            dup2(out[1], 1);
            close(out[0]);
            if (!std::getenv("GREENBANK_TEST_LOG")) (void)!freopen("/dev/null", "w", stderr);
            std::vector<std::string> words{program(), "serve", "--data", data, "--port", "0", "--log", "warning"};
            words.insert(words.end(), flags.begin(), flags.end());
            std::vector<char*> arguments;
            for (std::string& word : words) arguments.push_back(word.data());
            arguments.push_back(nullptr);
            execv(arguments[0], arguments.data());
            _exit(127);
        }
        close(out[1]);
        FILE* lines = fdopen(out[0], "r");
        char line[1000];
        while (std::fgets(line, sizeof line, lines)) {
            const std::string text(line);
            if (const std::size_t at = text.find("http://"); at != std::string::npos) {
                std::string found = text.substr(at, text.find_first_of(" \n", at) - at);
                if (const std::size_t token = found.find("token="); token != std::string::npos) token_ = found.substr(token + 6);
                else address_ = found;
            }
            if (text.starts_with("Stop with")) break;
        }
        lines_ = lines; // stays open, or the child's next print would end it
        REQUIRE_MESSAGE(!address_.empty(), "the server did not start; set GREENBANK_TEST_LOG=1 to see why");
    }
    ~BankProcess() {
        stop();
        if (lines_) std::fclose(lines_);
    }
    BankProcess(const BankProcess&) = delete;

    const std::string& address() const { return address_; }
    const std::string& setup_token() const { return token_; }
    pid_t pid() const { return child_; }

    /// SIGTERM and wait; the exit status, or -1 if it had to be killed after 15 s.
    int stop() {
        if (child_ <= 0) return 0;
        ::kill(child_, SIGTERM);
        for (int i = 0; i < 1500; ++i) {
            int status = 0;
            if (waitpid(child_, &status, WNOHANG) == child_) {
                child_ = 0;
                return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        kill();
        return -1;
    }
    void kill() {
        if (child_ <= 0) return;
        ::kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
        child_ = 0;
    }

private:
    pid_t child_ = 0;
    FILE* lines_ = nullptr;
    std::string address_, token_;
};

/// An answer with its JSON at hand: `answer["person"]["name"]` by JSON pointer: at("/person/name").
struct Answer {
    int status = 0;
    std::string body, cookie, etag;
    std::vector<Header> headers;

    std::string at(const std::string& pointer) const {
        simdjson::dom::parser parser;
        simdjson::dom::element root, found;
        if (parser.parse(body).get(root) || root.at_pointer(pointer).get(found)) return {};
        std::string_view text;
        return found.get(text) ? simdjson::minify(found) : std::string(text);
    }
    std::size_t size(const std::string& pointer) const {
        simdjson::dom::parser parser;
        simdjson::dom::element root;
        simdjson::dom::array array;
        if (parser.parse(body).get(root) || root.at_pointer(pointer).get(array)) return 0;
        return array.size();
    }
    std::string code() const { return at("/code"); }
};

/// One person's connection: keeps the cookie, sends what the page would send.
class Visitor {
public:
    explicit Visitor(const std::string& address) : client_(address) {}

    Answer get(const std::string& path) { return send("GET", path, ""); }
    Answer post(const std::string& path, const std::string& body = "", std::vector<Header> headers = {}) { return send("POST", path, body, std::move(headers)); }
    Answer patch(const std::string& path, const std::string& body, std::vector<Header> headers = {}) { return send("PATCH", path, body, std::move(headers)); }
    Answer remove(const std::string& path) { return send("DELETE", path, ""); }

    Answer send(const std::string& method, const std::string& path, const std::string& body, std::vector<Header> headers = {}) {
        http::ClientRequest request{.method = method, .target = path.starts_with("/api") || path.starts_with("//") ? path : "/api/v1" + path, .body = body};
        if (path.starts_with("//")) request.target = path.substr(1); // "//healthz": outside the API
        request.headers = std::move(headers);
        if (!cookie.empty()) request.headers.push_back({"Cookie", "greenbank_session=" + cookie});
        if (!bearer.empty()) request.headers.push_back({"Authorization", "Bearer " + bearer});
        if (!language.empty()) request.headers.push_back({"Accept-Language", language});
        request.headers.push_back({"X-Greenbank-Request", "1"});
        auto sent = client_.send(request);
        REQUIRE_MESSAGE(sent, method, " ", path, ": ", sent ? "" : sent.error().message);
        Answer answer{sent.value().status, sent.value().body, "", std::string(sent.value().header("ETag")), sent.value().headers};
        const std::string set(sent.value().header("Set-Cookie"));
        if (set.starts_with("greenbank_session=")) cookie = set.substr(18, set.find(';') - 18);
        return answer;
    }

    std::string cookie, bearer, language;

private:
    http::Client client_;
};

constexpr const char* good_password = "a quiet green forest 42";

/// The first administrator, made with the one-time link.
inline void become_administrator(Visitor& visitor, const BankProcess& bank) {
    const Answer answer = visitor.post("/setup", fmt::format(R"({{"token":"{}","email":"admin@bank.test","name":"Ana Admin","password":"{}","language":"en"}})", bank.setup_token(), good_password));
    REQUIRE(answer.status == 200);
    REQUIRE(answer.at("/signed_in") == "true");
}

/// Invites somebody into the administrator's or another organisation and signs that person in.
inline void join(Visitor& administrator, Visitor& newcomer, const std::string& email, const std::string& role, const std::string& organisation = "") {
    const std::string where = organisation.empty() ? "" : fmt::format(R"(,"organisation":"{}")", organisation);
    const Answer invited = administrator.post("/invitations", fmt::format(R"({{"email":"{}","role":"{}"{}}})", email, role, where));
    REQUIRE_MESSAGE(invited.status == 201, invited.body);
    const std::string link = invited.at("/link");
    const Answer joined = newcomer.post("/invitations/accept", fmt::format(R"({{"token":"{}","name":"{}","password":"{}","language":"en"}})", link.substr(link.find('=') + 1), email, good_password));
    REQUIRE_MESSAGE(joined.status == 200, joined.body);
}

/// Waits until `done` says so, at most `seconds`.
template <class Done> bool wait_for(Done done, double seconds = 10) {
    for (int i = 0; i < seconds * 100; ++i) {
        if (done()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

} // namespace greenbank::testing
