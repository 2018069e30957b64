// files_test.cpp — which twin is sent, validators, one page for all paths.
#include "http/files.h"

#include "http/raw_peer.h"

using namespace greenbank;
using namespace greenbank::http;

namespace {

EmbeddedFile file(const char* path, std::string_view bytes) { return {path, bytes.data(), bytes.data() + bytes.size()}; }

const EmbeddedFile embedded[] = {
    file("web/dist/index.html", "<!doctype html>page"),
    file("web/dist/assets/app-1a2b.js", "plain"),
    file("web/dist/assets/app-1a2b.js.br", "brotli"),
    file("web/dist/assets/app-1a2b.js.gz", "gzip"),
    file("web/dist/logo.svg", "<svg/>"),
    file("web/dist/empty.txt", ""),
    file("data/secret.csv", "not the page's"),
    {},
};

std::string_view header(const Response& response, std::string_view name) {
    for (const Header& field : response.headers)
        if (field.name == name) return field.value;
    return {};
}

Response get(const Files& files, std::string target, std::string accept_encoding = {}, std::string if_none_match = {}) {
    Incoming incoming;
    incoming.method = "GET";
    incoming.target = std::move(target);
    incoming.accept_encoding = std::move(accept_encoding);
    incoming.if_none_match = std::move(if_none_match);
    const auto response = files.answer(incoming);
    REQUIRE(response);
    return *response;
}

} // namespace

TEST_CASE("a path finds its file, the page, or nothing") {
    const Files files(embedded, "web/dist/");
    struct Row {
        std::string_view target;
        int status;
        std::string_view type, body;
    };
    const Row rows[] = {
        {"/", 200, "text/html; charset=utf-8", "<!doctype html>page"},
        {"/index.html", 200, "text/html; charset=utf-8", "<!doctype html>page"},
        {"/technologies/tech_1?tab=2", 200, "text/html; charset=utf-8", "<!doctype html>page"},
        {"/apiary", 200, "text/html; charset=utf-8", "<!doctype html>page"},
        {"/logo.svg?v=1", 200, "image/svg+xml", "<svg/>"},
        {"/logo%2Esvg", 200, "image/svg+xml", "<svg/>"},
        {"/empty.txt", 200, "text/plain; charset=utf-8", ""},
        {"/assets/app-1a2b.js", 200, "text/javascript; charset=utf-8", "plain"},
        {"/assets/app-1a2b.js.gz", 404, "application/problem+json", {}},
        {"/missing.js", 404, "application/problem+json", {}},
        {"/../data/secret.csv", 404, "application/problem+json", {}},
        {"/%2e%2e/data/secret.csv", 404, "application/problem+json", {}},
        {"/data/secret.csv", 404, "application/problem+json", {}},
        {"*", 200, "text/html; charset=utf-8", "<!doctype html>page"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.target);
        const Response response = get(files, std::string(row.target));
        CHECK(response.status == row.status);
        CHECK(response.content_type == row.type);
        if (row.status == 200) CHECK(response.body == row.body);
    }
    for (const char* target : {"/api", "/api/v1/technologies", "/api/openapi.json"}) {
        Incoming incoming;
        incoming.method = "GET";
        incoming.target = target;
        CHECK_FALSE(files.answer(incoming));
    }
    Incoming incoming;
    incoming.method = "POST";
    incoming.target = "/";
    CHECK(files.answer(incoming)->status == 405);
    CHECK(get(Files({}, "web/dist/"), "/").status == 404);
}

TEST_CASE("a peer gets the best form it accepts, and 304 for the form it has") {
    const Files files(embedded, "web/dist/");
    struct Row {
        const char *accept_encoding, *coding, *body;
    };
    const Row rows[] = {{"", "", "plain"}, {"gzip", "gzip", "gzip"}, {"gzip, deflate, br", "br", "brotli"}, {"br;q=0, gzip;q=0.1", "gzip", "gzip"},
        {"*;q=0", "", "plain"}, {"*", "br", "brotli"}, {"identity", "", "plain"}, {"BR", "br", "brotli"}};
    std::string last_tag;
    for (const Row& row : rows) {
        CAPTURE(row.accept_encoding);
        const Response response = get(files, "/assets/app-1a2b.js", row.accept_encoding);
        CHECK(header(response, "Content-Encoding") == row.coding);
        CHECK(response.body == row.body);
        CHECK(header(response, "Vary") == "Accept-Encoding");
        CHECK(header(response, "Cache-Control") == "public, max-age=31536000, immutable");
        const std::string tag(header(response, "ETag"));
        CHECK(get(files, "/assets/app-1a2b.js", row.accept_encoding, tag).status == 304);
        CHECK(get(files, "/assets/app-1a2b.js", row.accept_encoding, "\"old\", W/" + tag).body.empty());
        CHECK(get(files, "/assets/app-1a2b.js", row.accept_encoding, "\"old\"").status == 200);
        last_tag = tag;
    }
    CHECK(header(get(files, "/"), "Cache-Control") == "no-cache");
    CHECK(header(get(files, "/assets/app-1a2b.js"), "ETag") != last_tag); // br is another form
}

TEST_CASE("the page carries its policy over the wire, and HEAD has the page's length") {
    const Files files(embedded, "web/dist/");
    ServerSettings settings;
    settings.port = 0;
    const auto server = std::move(serve(settings, [&](Incoming incoming, Answer answer) { answer(*files.answer(incoming)); })).value();
    RawPeer peer(server->port(), "GET / HTTP/1.1\r\nHost: h\r\n\r\nHEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
    const RawAnswer page = peer.answer();
    CHECK(page.header("Content-Security-Policy").starts_with("default-src 'none'; script-src 'self'"));
    CHECK(page.header("Cache-Control") == "no-cache");
    CHECK(peer.answer(true).header("Content-Length") == "19");
    peer.send("GET / HTTP/1.1\r\nHost: h\r\nIf-None-Match: " + std::string(page.header("ETag")) + "\r\n\r\n");
    const RawAnswer same = peer.answer();
    CHECK(same.status == 304);
    CHECK(same.header("Content-Length").empty());
    CHECK(peer.is_open());
}
