// Peers that are slow, greedy or many.
#include "http/raw_peer.h"

using namespace greenbank;
using namespace greenbank::http;

namespace {

const std::string request = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

ServerSettings impatient() {
    ServerSettings settings;
    settings.header_seconds_max = settings.body_seconds_max = settings.answer_seconds_max = 1;
    settings.idle_seconds_max = 2;
    return settings;
}

/// Sends `first`, then one byte a time until the server answers or 5 s are over; says how long it took.
std::int64_t dribble(RawPeer& peer, std::string_view first, char next) {
    const std::int64_t start = milliseconds_now();
    peer.send(first);
    while (milliseconds_now() - start < 5000 && peer.received().empty() && peer.send(std::string_view(&next, 1))) peer.fill(milliseconds_now() + 50);
    return milliseconds_now() - start;
}

} // namespace

TEST_CASE("a dribbler is cut, however steadily it dribbles") {
    TestServer server(impatient());
    SUBCASE("in the head") {
        RawPeer peer(server.port());
        const std::int64_t took = dribble(peer, "GET / HTTP/1.1\r\nHost: h\r\nX: ", 'a');
        CHECK(took > 700);
        CHECK(took < 2000);
        CHECK(peer.answer().status == 408);
    }
    SUBCASE("in the body") {
        RawPeer peer(server.port());
        const std::int64_t took = dribble(peer, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n", 'a');
        CHECK(took > 700);
        CHECK(took < 2000);
        CHECK(peer.answer().status == 408);
    }
    SUBCASE("in a chunk size") {
        RawPeer peer(server.port());
        CHECK(dribble(peer, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", '0') < 2000);
    }
    CHECK(server.handled == 0);
}

TEST_CASE("a silent peer is closed without a word") {
    TestServer server(impatient());
    RawPeer silent(server.port()), idle(server.port(), request);
    CHECK(idle.answer().status == 200);
    const std::int64_t start = milliseconds_now();
    CHECK(silent.is_closed());
    CHECK(milliseconds_now() - start < 1700); // header_seconds_max from accept
    CHECK(idle.is_closed());
    CHECK(milliseconds_now() - start > 1500); // idle_seconds_max between requests
    CHECK(server.server->statistics().timed_out == 0);
}

TEST_CASE("a peer that does not read its answer is dropped") {
    TestServer server(impatient());
    RawPeer peer(server.port());
    for (int i = 0; i < 10; ++i) peer.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
    while (server.handled == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const std::int64_t start = milliseconds_now();
    while (server.server->statistics().connections > 0 && milliseconds_now() - start < 6000) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(server.server->statistics().connections == 0);
    CHECK(server.server->statistics().timed_out == 1);
}

TEST_CASE("a body beyond the limit is refused after little of it") {
    ServerSettings settings;
    settings.body_bytes_max = 100'000;
    TestServer server(settings);
    const std::string megabyte(1'000'000, 'x');
    for (const std::string_view framing : {"Content-Length: 100000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n5F5E100\r\n"}) {
        RawPeer peer(server.port(), "POST / HTTP/1.1\r\nHost: h\r\n" + std::string(framing));
        std::size_t sent = 0;
        while (sent < 100'000'000 && peer.send(megabyte)) sent += megabyte.size();
        CHECK(sent < 20'000'000); // most of it in the socket buffers of both sides
        CHECK(peer.answer().status == 413);
    }
    RawPeer exact(server.port(), "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" + std::string(100'000, 'x'));
    CHECK(exact.answer().body.size() == 100'008);
    RawPeer chunked(server.port(), "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 10; ++i) chunked.send("2710\r\n" + std::string(10'000, 'x') + "\r\n");
    chunked.send("0\r\n\r\n");
    CHECK(chunked.answer().body.size() == 100'008);
}

TEST_CASE("bodies of all peers together are bounded") {
    ServerSettings settings;
    settings.bodies_bytes_max = 100'000;
    TestServer server(settings);
    const std::string part = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 70000\r\n\r\n" + std::string(60'000, 'x');
    {
        RawPeer first(server.port(), part);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        RawPeer second(server.port(), part);
        CHECK(second.answer().status == 503);
        first.send(std::string(10'000, 'x'));
        CHECK(first.answer().status == 200);
    }
    RawPeer third(server.port(), part + std::string(10'000, 'x'));
    CHECK(third.answer().status == 200);
}

TEST_CASE("more connections than allowed are turned away until some close") {
    ServerSettings settings;
    SUBCASE("in all") { settings.connections_max = 3; }
    SUBCASE("of one address") { settings.connections_per_address_max = 3; }
    TestServer server(settings);
    RawPeer first(server.port(), request), second(server.port(), request);
    {
        RawPeer third(server.port(), request);
        for (RawPeer* peer : {&first, &second, &third}) CHECK(peer->answer().status == 200);
        RawPeer fourth(server.port(), request);
        const RawAnswer refused = fourth.answer();
        CHECK(refused.status == 503);
        CHECK(refused.header("Content-Type") == "application/problem+json");
        CHECK(!refused.header("Retry-After").empty());
        fourth.end_sending();
        CHECK(fourth.is_closed());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    RawPeer fifth(server.port(), request);
    CHECK(fifth.answer().status == 200);
    first.send(request);
    CHECK(first.answer().status == 200);
}

TEST_CASE("hundreds of dribblers do not slow a well-behaved peer") {
    TestServer server;
    std::vector<std::unique_ptr<RawPeer>> crowd;
    for (int i = 0; i < 400; ++i) {
        crowd.push_back(std::make_unique<RawPeer>(server.port()));
        if (i % 4 == 1) crowd.back()->send("GET / HTTP/1.1\r\nHost: h\r\nX:");
        if (i % 4 == 2) crowd.back()->send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nx");
        if (i % 4 == 3) crowd.back()->send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    std::int64_t slowest = 0;
    RawPeer peer(server.port());
    for (int i = 0; i < 200; ++i) {
        const std::int64_t start = milliseconds_now();
        peer.send(request);
        REQUIRE(peer.answer().status == 200);
        slowest = std::max(slowest, milliseconds_now() - start);
    }
    CHECK(slowest < 1000);
}
