// bank_process.cpp — children, pipes and sockets.
#include "bank_process.h"

#include <algorithm>
#include <utility>

#include <arpa/inet.h>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <poll.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <simdjson.h>

namespace greenbank::testing {

namespace {

std::vector<char*> argument_list(std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    return arguments;
}

void send_to(int descriptor, const std::string& path, int flags) {
    const int file = open(path.c_str(), flags, 0600);
    if (file < 0 || dup2(file, descriptor) < 0) _exit(126);
    close(file);
}

} // namespace

std::string program() {
    const char* path = std::getenv("GREENBANK_PROGRAM");
    return path ? path : GREENBANK_PROGRAM_BUILT;
}

TemporaryFolder::TemporaryFolder() {
    char pattern[] = "/tmp/greenbank-test.XXXXXX";
    REQUIRE(mkdtemp(pattern) != nullptr);
    path_ = pattern;
}
TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}
std::string TemporaryFolder::write(const std::string& name, std::string_view content) const {
    std::ofstream(path_ + "/" + name, std::ios::binary) << content;
    return path_ + "/" + name;
}

std::string read_whole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

BankProcess::BankProcess(const std::string& data, std::vector<std::string> flags) {
    int out[2];
    REQUIRE(pipe2(out, O_CLOEXEC) == 0);
    std::vector<std::string> words{program(), "serve", "--data", data, "--log", "warning"};
    if (std::find(flags.begin(), flags.end(), "--port") == flags.end()) words.insert(words.end(), {"--port", "0"});
    words.insert(words.end(), flags.begin(), flags.end());
    const std::vector<char*> arguments = argument_list(words);
    const bool quiet = !std::getenv("GREENBANK_TEST_LOG");
    child_ = fork();
    if (child_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); // an aborted test leaves no server behind
        dup2(out[1], 1);
        if (quiet) send_to(2, "/dev/null", O_WRONLY);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    close(out[1]);
    lines_ = fdopen(out[0], "r"); // stays open, or the child's next print would end it
    char line[1000];
    while (std::fgets(line, sizeof line, lines_)) {
        const std::string text(line);
        if (const std::size_t at = std::min(text.find("http://"), text.find("https://")); at != std::string::npos) {
            std::string found = text.substr(at, text.find_first_of(" \n", at) - at);
            if (const std::size_t token = found.find("token="); token != std::string::npos) token_ = found.substr(token + 6);
            else address_ = found;
        }
        if (text.starts_with("Stop with")) break;
    }
    REQUIRE_MESSAGE(!address_.empty(), "the server did not start; set GREENBANK_TEST_LOG=1 to see why");
}

BankProcess::~BankProcess() {
    stop();
    if (lines_) std::fclose(lines_);
}

int BankProcess::stop() {
    if (child_ <= 0) return 0;
    ::kill(child_, SIGTERM);
    int status = 0;
    if (!wait_for([&] { return waitpid(child_, &status, WNOHANG) == child_; }, 15)) {
        kill();
        return -1;
    }
    child_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void BankProcess::kill() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
    child_ = 0;
}

std::string Answer::at(const std::string& pointer) const {
    simdjson::dom::parser parser;
    simdjson::dom::element root, found;
    if (parser.parse(body).get(root) || root.at_pointer(pointer).get(found)) return {};
    std::string_view text;
    return found.get(text) ? std::string(simdjson::minify(found)) : std::string(text);
}

std::int64_t Answer::number(const std::string& pointer) const {
    const std::string text = at(pointer);
    CHECK_MESSAGE(!text.empty(), "no number at ", pointer, " in ", body.substr(0, 500));
    return std::atoll(text.c_str());
}

std::size_t Answer::size(const std::string& pointer) const {
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    simdjson::dom::array array;
    if (parser.parse(body).get(root) || root.at_pointer(pointer).get(array)) return 0;
    return array.size();
}

std::vector<std::string> Answer::all(const std::string& list, const std::string& pointer) const {
    std::vector<std::string> found;
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    simdjson::dom::array array;
    if (parser.parse(body).get(root) || root.at_pointer(list).get(array)) return found;
    for (const simdjson::dom::element item : array) {
        simdjson::dom::element value;
        std::string_view text;
        if (item.at_pointer(pointer).get(value)) found.emplace_back();
        else found.push_back(value.get(text) ? std::string(simdjson::minify(value)) : std::string(text));
    }
    return found;
}

std::string Answer::header(std::string_view name) const {
    http::ClientResponse response;
    response.headers = headers;
    return std::string(response.header(name));
}

bool Answer::is_problem() const {
    return header("Content-Type") == "application/problem+json" && !code().empty() && !at("/detail").empty() && at("/status") == std::to_string(status) &&
           at("/detail").find('{') == std::string::npos;
}

http::ClientRequest Visitor::make(const std::string& method, const std::string& path, const std::string& body, std::vector<Header> headers) const {
    http::ClientRequest request{
        .method = method, .target = path.starts_with("//") ? path.substr(1) : "/api/v1" + path, .body = body, .content_type = content_type};
    request.headers = std::move(headers);
    if (!cookie.empty()) request.headers.push_back({"Cookie", "greenbank_session=" + cookie});
    if (!bearer.empty()) request.headers.push_back({"Authorization", "Bearer " + bearer});
    if (!language.empty()) request.headers.push_back({"Accept-Language", language});
    if (says_request) request.headers.push_back({"X-Greenbank-Request", "1"});
    return request;
}

std::optional<Answer> Visitor::try_send(const std::string& method, const std::string& path, const std::string& body, std::vector<Header> headers) {
    // The server closes what is idle for 75 s, and what changes something is not sent twice by a client.
    const auto now = std::chrono::steady_clock::now();
    if (now - std::exchange(used_, now) > std::chrono::seconds(30)) client_ = std::make_unique<http::Client>(address_);
    auto sent = client_->send(make(method, path, body, std::move(headers)));
    if (!sent) return {};
    http::ClientResponse& response = sent.value();
    const std::string set(response.header("Set-Cookie"));
    if (set.starts_with("greenbank_session=")) cookie = set.substr(18, set.find(';') - 18);
    return Answer{response.status, std::move(response.body), std::string(response.header("ETag")), response.headers};
}

Answer Visitor::send(const std::string& method, const std::string& path, const std::string& body, std::vector<Header> headers) {
    auto answer = try_send(method, path, body, std::move(headers));
    REQUIRE_MESSAGE(answer, method, " ", path, " was not answered");
    return std::move(*answer);
}

std::vector<std::string> Visitor::events(const std::string& path) {
    std::string stream;
    http::ClientRequest request = make("GET", path, "", {});
    request.take = [&](std::string_view piece) {
        stream += piece;
        return stream.size() < 10'000'000;
    };
    const auto sent = client_->send(request);
    REQUIRE(sent);
    CHECK(sent.value().header("Content-Type") == "text/event-stream");
    std::vector<std::string> found;
    for (std::size_t at = 0; (at = stream.find("data: ", at)) != std::string::npos;) {
        const std::size_t end = stream.find("\n\n", at);
        found.push_back(stream.substr(at + 6, end - at - 6));
        at = end;
    }
    return found;
}

void become_administrator(Visitor& visitor, const BankProcess& bank) {
    const Answer answer = visitor.post("/setup",
        fmt::format(R"({{"token":"{}","email":"admin@bank.test","name":"Ana Admin","password":"{}","language":"en"}})", bank.setup_token(), good_password));
    REQUIRE_MESSAGE(answer.status == 200, answer.body);
    REQUIRE(answer.at("/signed_in") == "true");
}

Answer accept(Visitor& newcomer, const std::string& link, const std::string& name, const std::string& password) {
    return newcomer.post(
        "/invitations/accept", fmt::format(R"({{"token":"{}","name":"{}","password":"{}","language":"en"}})", link.substr(link.find('=') + 1), name, password));
}

void join(Visitor& inviter, Visitor& newcomer, const std::string& email, const std::string& role, const std::string& organisation) {
    const std::string where = organisation.empty() ? "" : fmt::format(R"(,"organisation":"{}")", organisation);
    const Answer invited = inviter.post("/invitations", fmt::format(R"({{"email":"{}","role":"{}"{}}})", email, role, where));
    REQUIRE_MESSAGE(invited.status == 201, invited.body);
    const Answer joined = accept(newcomer, invited.at("/link"), email);
    REQUIRE_MESSAGE(joined.status == 200, joined.body);
}

std::string enter_organisation(Visitor& staff, const std::string& name, const std::string& kind) {
    const Answer entered = staff.post("/organisations", fmt::format(R"({{"name":{{"en":"{}"}},"kind":"{}","country":"CN"}})", name, kind));
    REQUIRE_MESSAGE(entered.status == 201, entered.body);
    return entered.at("/id");
}

Answer wait_for_job(Visitor& visitor, const std::string& id, double seconds) {
    Answer job;
    const bool ended = wait_for(
        [&] {
            job = visitor.get("/jobs/" + id);
            const std::string state = job.at("/state");
            return state != "queued" && state != "running";
        },
        seconds);
    CHECK_MESSAGE(ended, "the job did not end: ", job.body);
    return job;
}

Ran run_command(const std::vector<std::string>& words, const std::string& input, const std::vector<std::string>& environment) {
    const TemporaryFolder folder;
    const std::string in = folder.write("in", input), out = folder.path() + "/out", err = folder.path() + "/err";
    std::vector<std::string> own_words = words, own_environment = environment;
    const std::vector<char*> arguments = argument_list(own_words);
    const pid_t child = fork();
    if (child == 0) {
        for (std::string& pair : own_environment) putenv(pair.data());
        send_to(0, in, O_RDONLY);
        send_to(1, out, O_WRONLY | O_CREAT);
        send_to(2, err, O_WRONLY | O_CREAT);
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    int status = 0;
    if (!wait_for([&] { return waitpid(child, &status, WNOHANG) == child; }, 600)) { // it hangs
        ::kill(child, SIGKILL);
        waitpid(child, &status, 0);
    }
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_whole(out), read_whole(err)};
}

Ran run(std::vector<std::string> words, const std::string& input, const std::vector<std::string>& environment) {
    words.insert(words.begin(), program());
    return run_command(words, input, environment);
}

std::string exchange_bytes(const std::string& address, std::string_view bytes) {
    const std::size_t colon = address.rfind(':');
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
    inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(connect(socket, reinterpret_cast<const sockaddr*>(&server), sizeof server) == 0);
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) break; // the server has refused already
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    std::string answer;
    char piece[4096];
    pollfd waiting{socket, POLLIN, 0};
    while (poll(&waiting, 1, 1000) > 0) {
        const ssize_t count = recv(socket, piece, sizeof piece, 0);
        if (count <= 0) break;
        answer.append(piece, static_cast<std::size_t>(count));
    }
    close(socket);
    return answer;
}

} // namespace greenbank::testing
