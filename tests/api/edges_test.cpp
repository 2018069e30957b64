// edges_test.cpp — addresses outside the API, and refusals of every layer in the caller's language.
#include "cast.h"

namespace greenbank::testing {

TEST_CASE("the bank says that it lives, that it can write, and how it does") {
    Visitor& visitor = cast().nobody;
    CHECK(visitor.get("//healthz").status == 200);
    CHECK(visitor.get("//readyz").body == "ready\n");
    visitor.get("/home");
    const Answer metrics = visitor.get("//metrics");
    CHECK(metrics.header("Content-Type").starts_with("text/plain"));
    for (const std::string line :
        {"greenbank_requests_total{endpoint=\"home_get\",status=\"200\"}", "greenbank_request_seconds_bucket", "greenbank_state{of=\"http_connections\"}"})
        CHECK_MESSAGE(metrics.body.find(line) != std::string::npos, line);
    CHECK(metrics.body.find("@") == std::string::npos); // no names of people
}

TEST_CASE("the contract is the one in tests/openapi.json") {
    const auto trimmed = [](std::string text) {
        text.erase(text.find_last_not_of(" \n\r\t") + 1);
        return text;
    };
    const Ran printed = run({"openapi"});
    REQUIRE(printed.status == 0);
    const bool unchanged = trimmed(printed.out) == trimmed(read_whole("tests/openapi.json"));
    CHECK_MESSAGE(unchanged, "the API has changed; if that is meant: build/release/greenbank openapi > tests/openapi.json");
    // The server sends the same on one line.
    const Answer served = cast().nobody.get("//openapi.json");
    CHECK(served.header("Content-Type") == "application/json");
    const Answer golden{200, read_whole("tests/openapi.json"), "", {}};
    for (const std::string part : {"/openapi", "/info", "/security", "/paths", "/components"}) {
        const bool same = served.at(part) == golden.at(part); // the texts are too long to print
        CHECK_MESSAGE(same, part, " differs");
    }
}

TEST_CASE("every layer refuses with problem+json in the caller's language") {
    Cast& all = cast();
    struct Case {
        std::string name, method, path;
        std::string body;
        int status;
        const char* code;
        std::vector<Header> headers = {};
    };
    const std::string large(5'000'000, ' ');
    const std::vector<Case> cases = {
        {"no such address", "GET", "/nothing", "", 404, "request.no_such_path"},
        {"no such file", "GET", "//nothing.js", "", 404, nullptr},
        {"no such record", "GET", "/needs/need_nothing", "", 404, "need.not_found"},
        {"another method", "PATCH", "/home", "{}", 405, "request.method"},
        {"too much", "POST", "/needs", large, 413, "body.too_large"},
        {"another type", "POST", "/needs", "a=1", 415, "request.content_type"},
        {"coded", "POST", "/needs", "{}", 415, "body.encoded", {{"Content-Encoding", "gzip"}}},
        {"too long a head", "GET", "/home", "", 431, "request.head_too_large", {{"X-Long", std::string(20'000, 'x')}}},
        {"an unknown method", "BREW", "/home", "", 501, "method.unknown"},
        {"not signed in", "GET", "/audit", "", 401, "access.sign_in"},
        {"an unreadable query", "GET", "/needs?field=%zz", "", 400, nullptr},
        {"not JSON", "POST", "/match", "{\"need\":", 400, "json.syntax"},
        {"an expectation", "POST", "/match", "{}", 417, "header.expect", {{"Expect", "cake"}}},
    };
    for (const Case& one : cases) {
        std::vector<std::string> sentences;
        for (const std::string language : {"zh-CN", "ru,en;q=0.5", "en", "zh-Hans-CN;q=0.9, fr"}) {
            INFO(one.name, " ", language);
            Visitor visitor = all.visitor();
            visitor.language = language;
            if (one.status == 415) visitor.content_type = one.headers.empty() ? "text/plain" : "application/json";
            const auto answer = visitor.try_send(one.method, one.path, one.body, one.headers);
            REQUIRE(answer);
            INFO(answer->body.substr(0, 300));
            CHECK(answer->status == one.status);
            CHECK(answer->is_problem());
            if (one.code) CHECK(answer->code() == one.code);
            sentences.push_back(answer->at("/detail"));
        }
        if (one.status == 431 || one.status == 501) continue; // refused before the head was read to its language
        CHECK(sentences[0] != sentences[1]);
        CHECK(sentences[1] != sentences[2]);
        CHECK(sentences[0] != sentences[2]);
        CHECK(sentences[3] == sentences[0]);
    }
    const Answer refused = all.nobody.patch("/home", "{}");
    CHECK(refused.header("Allow") == "GET");
    CHECK(all.nobody.remove("/needs").header("Allow") == "GET, POST");
}

TEST_CASE("what is not HTTP is answered and cut off") {
    const std::string address = cast().bank.address();
    const auto status = [&](const std::string& bytes) {
        const std::string answer = exchange_bytes(address, bytes);
        INFO(answer.substr(0, 300));
        CHECK(answer.starts_with("HTTP/1.1 "));
        CHECK(answer.find("application/problem+json") != std::string::npos);
        return answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0;
    };
    CHECK(status("hello\r\n\r\n") == 400);
    CHECK(status("GET / HTTP/2.0\r\nHost: a\r\n\r\n") == 505);
    CHECK(status("GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(status("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n") == 405);
    CHECK(status("GET /" + std::string(15'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n") == 414);
    CHECK(status("POST /api/v1/match HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
    CHECK(status("GET /api/v1/needs/%2e%2e%2f%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") == 400);
}

TEST_CASE("answers carry the headers that keep a browser safe") {
    const Answer answer = cast().nobody.get("/home");
    CHECK(answer.header("X-Content-Type-Options") == "nosniff");
    CHECK(answer.header("Cache-Control").find("no-store") != std::string::npos);
    CHECK(answer.header("Access-Control-Allow-Origin").empty());
    CHECK(answer.header("Server").find("Beast") == std::string::npos);
}

} // namespace greenbank::testing
