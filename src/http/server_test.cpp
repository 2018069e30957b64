// How a connection lives: order, keep-alive, HEAD, 100-continue, late answers, streams, headers, draining.
#include "http/raw_peer.h"

using namespace greenbank;
using namespace greenbank::http;

namespace {

std::string get(std::string_view target, std::string_view fields = {}) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n";
}

} // namespace

TEST_CASE("pipelined requests are answered in order, late answers and large ones among them") {
    TestServer server;
    RawPeer peer(server.port());
    const std::string_view targets[] = {"/1", "/late", "/2", "/large", "/3", "/late", "/4"};
    std::string bytes;
    for (const std::string_view target : targets) bytes += get(target);
    for (int i = 0; i < 500; ++i) bytes += get("/n" + std::to_string(i));
    peer.send(bytes);
    for (const std::string_view target : targets) {
        const RawAnswer answer = peer.answer();
        if (target == "/late") CHECK(answer.body == "late");
        else if (target == "/large") CHECK(answer.body.size() == 3'000'000);
        else CHECK(answer.body == "GET " + std::string(target) + " ");
    }
    for (int i = 0; i < 500; ++i) CHECK(peer.answer().body == "GET /n" + std::to_string(i) + " ");
    CHECK(peer.is_open());
    CHECK(server.server->statistics().requests == 507);
}

TEST_CASE("HEAD is GET without the body") {
    TestServer server;
    RawPeer peer(server.port(), "HEAD /abc HTTP/1.1\r\nHost: h\r\n\r\n");
    const RawAnswer head = peer.answer(true);
    CHECK(head.status == 200);
    CHECK(head.header("Content-Length") == "9");
    peer.send("HEAD /endless HTTP/1.1\r\nHost: h\r\n\r\n" + get("/next"));
    CHECK(peer.answer(true).header("Transfer-Encoding") == "chunked");
    CHECK(peer.answer().body == "GET /next ");
    CHECK(server.polled == 0);
}

TEST_CASE("OPTIONS * names the methods") {
    TestServer server;
    RawPeer peer(server.port(), "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n" + get("/next"));
    const RawAnswer answer = peer.answer();
    CHECK(answer.status == 204);
    CHECK(answer.header("Allow") == methods_allowed);
    CHECK(answer.header("Content-Length").empty());
    CHECK(peer.answer().body == "GET /next ");
}

TEST_CASE("100 Continue is said to who waits for it, and to nobody else") {
    TestServer server;
    RawPeer waiting(server.port(), "POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    CHECK(waiting.answer(true).status == 100);
    waiting.send("hello");
    CHECK(waiting.answer().body == "POST /a hello");

    RawPeer eager(server.port(), "POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello");
    CHECK(eager.answer().body == "POST /a hello");

    RawPeer greedy(server.port(), "POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");
    CHECK(greedy.answer().status == 413);
    CHECK(greedy.is_closed());
}

TEST_CASE("a stream comes in chunks, ends, and leaves the connection usable") {
    TestServer server;
    RawPeer peer(server.port(), get("/events") + get("/next"));
    const RawAnswer events = peer.answer();
    CHECK(events.header("Content-Type") == "text/event-stream");
    CHECK(events.header("Transfer-Encoding") == "chunked");
    CHECK(events.body == "data: 0\n\ndata: 1\n\ndata: 2\n\n");
    CHECK(peer.answer().body == "GET /next ");

    RawPeer old(server.port(), "GET /events HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n");
    while (old.fill(milliseconds_now() + 3000)) {}
    CHECK(old.received().find("Transfer-Encoding") == std::string::npos);
    CHECK(old.received().ends_with("\r\n\r\ndata: 0\n\ndata: 1\n\ndata: 2\n\n"));
}

TEST_CASE("a stream ends when its peer leaves") {
    TestServer server;
    {
        RawPeer peer(server.port(), get("/endless"));
        while (server.polled < 2) peer.fill(milliseconds_now() + 100);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const int polled = server.polled;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    CHECK(server.polled == polled);
    CHECK(server.server->statistics().connections == 0);
}

TEST_CASE("a fault or a forgotten answer becomes one 500, and the connection goes on") {
    TestServer server;
    RawPeer peer(server.port(), get("/throw") + get("/forget") + get("/next"));
    for (int i = 0; i < 2; ++i) {
        const RawAnswer answer = peer.answer();
        CHECK(answer.status == 500);
        CHECK(answer.body.find("a fault") == std::string::npos);
    }
    CHECK(peer.answer().body == "GET /next ");
}

TEST_CASE("every answer carries the guards") {
    TestServer server;
    RawPeer peer(server.port(), get("/inject") + "nonsense\r\n\r\n");
    for (const int status : {200, 400}) {
        const RawAnswer answer = peer.answer();
        CHECK(answer.status == status);
        for (const std::string_view name : {"Date", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "Cross-Origin-Opener-Policy",
                 "Cross-Origin-Resource-Policy", "Permissions-Policy", "Content-Security-Policy"})
            CHECK_MESSAGE(!answer.header(name).empty(), name);
        CHECK(answer.header("Cache-Control") == "no-store");
        CHECK(answer.header("Strict-Transport-Security").empty());
        CHECK(answer.header("Set-Cookie").empty());
    }
}

TEST_CASE("long JSON is compressed for who accepts it") {
    TestServer server;
    RawPeer peer(server.port(),
        get("/json", "Accept-Encoding: br, gzip;q=0.5\r\n") + get("/json", "Accept-Encoding: gzip;q=0\r\n") + get("/a", "Accept-Encoding: gzip\r\n"));
    const RawAnswer packed = peer.answer();
    CHECK(packed.header("Content-Encoding") == "gzip");
    CHECK(packed.header("Vary") == "Accept-Encoding");
    CHECK(packed.body.starts_with("\x1f\x8b"));
    CHECK(packed.body.size() < 200);
    const RawAnswer plain = peer.answer();
    CHECK(plain.header("Content-Encoding").empty());
    CHECK(plain.body.size() == 5002);
    CHECK(peer.answer().header("Content-Encoding").empty()); // short
}

TEST_CASE("only a trusted proxy may say whom it speaks for") {
    const std::string fields = "X-Forwarded-For: 6.6.6.6, 203.0.113.7\r\nX-Forwarded-For: 10.1.2.3\r\nX-Forwarded-Proto: https\r\n";
    TestServer plain;
    RawPeer stranger(plain.port(), get("/address", fields));
    CHECK(stranger.answer().body == "127.0.0.1 plain");

    ServerSettings settings;
    settings.trusted_proxies = {"127.0.0.1", "10.0.0.0/8"};
    TestServer behind(settings);
    RawPeer proxy(behind.port(), get("/address", fields) + get("/address", "X-Forwarded-For: junk\r\n"));
    const RawAnswer answer = proxy.answer();
    CHECK(answer.body == "203.0.113.7 secure");
    CHECK(answer.header("Strict-Transport-Security") == "max-age=31536000; includeSubDomains");
    CHECK(proxy.answer().body == "127.0.0.1 plain");
}

TEST_CASE("draining lets running requests end, ends streams and idle peers, and accepts nobody") {
    TestServer server;
    RawPeer idle(server.port(), get("/a")), running(server.port(), get("/late") + get("/second")), watching(server.port(), get("/endless")),
        half(server.port(), "GET /second HTT"), sending(server.port(), "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe");
    CHECK(idle.answer().status == 200);
    while (server.handled < 3 || server.polled < 1) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));

    const std::int64_t start = milliseconds_now();
    std::thread stopping([&] { server.server->stop(seconds(5)); });
    CHECK(idle.is_closed());
    const RawAnswer refused = half.answer();
    CHECK(refused.status == 503);
    CHECK(refused.header("Retry-After") == "2");
    sending.send("llo");
    CHECK(sending.answer().body == "POST /b hello");
    const RawAnswer late = running.answer();
    CHECK(late.body == "late");
    CHECK(late.header("Connection") == "close");
    CHECK(watching.answer().whole);
    RawPeer newcomer(server.port());
    CHECK_FALSE(newcomer.connected);
    for (RawPeer* peer : {&running, &watching, &half, &sending}) peer->end_sending();
    stopping.join();
    CHECK(milliseconds_now() - start < 3000);
    CHECK(server.smuggled == 0);
}

TEST_CASE("draining takes no longer than it is given") {
    std::atomic<bool> asked = false;
    Answer kept; // outlives the server
    {
        ServerSettings settings;
        settings.port = 0;
        auto server = std::move(serve(settings, [&](Incoming, Answer answer) { kept = std::move(answer), asked = true; })).value();
        RawPeer peer(server->port(), get("/"));
        while (!asked) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        const std::int64_t start = milliseconds_now();
        server->stop(milliseconds(300));
        CHECK(milliseconds_now() - start >= 300);
        CHECK(milliseconds_now() - start < 1500);
        CHECK(peer.is_closed());
    }
    kept({.body = "too late"});
}

TEST_CASE("a server that cannot listen says why") {
    TestServer first;
    ServerSettings settings;
    settings.port = first.port();
    const auto second = serve(settings, {});
    REQUIRE_FALSE(second);
    CHECK(second.error().code == "server.port_taken");
    settings.address = "nowhere";
    const auto third = serve(settings, {});
    REQUIRE_FALSE(third);
    CHECK(third.error().code == "server.address_unknown");
    settings.trusted_proxies = {"10.0.0.0/99"};
    const auto fourth = serve(settings, {});
    REQUIRE_FALSE(fourth);
    CHECK(fourth.error().code == "server.proxy_unknown");
}
