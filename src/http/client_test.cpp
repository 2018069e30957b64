// client_test.cpp — the client against our own server.
#include "http/raw_peer.h"

using namespace greenbank;
using namespace greenbank::http;

TEST_CASE("the client keeps its connection, sends bodies and reads every form of answer") {
    TestServer server;
    Client client(server.url());
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.send({.target = "/a?b=c"});
        REQUIRE(answer);
        CHECK(answer.value().body == "GET /a?b=c ");
        CHECK(answer.value().header("content-type") == "application/json");
    }
    CHECK(client.send({.method = "POST", .target = "/p", .body = "{}"}).value().body == "POST /p {}");
    CHECK(client.send({.method = "HEAD", .target = "/a"}).value().body.empty());
    CHECK(client.send({.target = "/large"}).value().body.size() == 3'000'000);
    CHECK(client.send({.target = "/events"}).value().body == "data: 0\n\ndata: 1\n\ndata: 2\n\n");
    CHECK(client.send({.target = "/throw"}).value().status == 500);
    CHECK(client.send({.target = "/a", .headers = {{"Connection", "close"}}}).value().status == 200);
    CHECK(client.send({.target = "/a"}).value().status == 200);
    CHECK(server.server->statistics().connections == 1);
}

TEST_CASE("the client hands a stream on piece by piece until it has enough") {
    TestServer server;
    Client client(server.url());
    std::string seen;
    const auto answer = client.send({.target = "/endless", .take = [&](std::string_view text) {
                                         seen += text;
                                         return seen.find("data: 2\n\n") == std::string::npos;
                                     }});
    REQUIRE(answer);
    CHECK(seen.starts_with("data: 0\n\ndata: 1\n\n"));
    CHECK(client.send({.target = "/a"}).value().status == 200);
}

TEST_CASE("the client survives a server that closed an idle connection") {
    ServerSettings settings;
    settings.idle_seconds_max = 1;
    TestServer server(settings);
    Client client(server.url());
    CHECK(client.send({.target = "/a"}));
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    CHECK(client.send({.target = "/a"}));
}

TEST_CASE("the client says what to do when nobody answers") {
    std::string url;
    {
        TestServer server;
        url = server.url();
    }
    const auto nobody = Client(url).send({});
    REQUIRE_FALSE(nobody);
    CHECK(fill_in(nobody.error().message, nobody.error().parameters).find("No server answers at " + url + "; start it with `greenbank serve`") == 0);
    const auto scheme = Client("ftp://127.0.0.1").send({});
    REQUIRE_FALSE(scheme);
    CHECK(scheme.error().code == "client.scheme");
    const auto host = Client("no.such.host.invalid:1").send({});
    REQUIRE_FALSE(host);
    CHECK(host.error().code == "client.no_server");
}
