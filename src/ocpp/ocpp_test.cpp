// ocpp_test.cpp — the server of charge points with a client of Beast: who gets in, texts both ways, limits, silent and broken peers.
#include <doctest/doctest.h>

#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>

#include "ocpp/ocpp.h"

namespace greenbank::ocpp {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

struct ChargePointUnderTest {
    asio::io_context io;
    websocket::stream<asio::ip::tcp::socket> stream{io};
    std::string refused;

    /// The status where it was refused; 101 where it is in.
    int call(std::uint16_t port, const std::string& path, const std::string& authorization, const std::string& protocol = "ocpp1.6") {
        stream.next_layer().connect({asio::ip::make_address("127.0.0.1"), port});
        stream.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
            if (!protocol.empty()) request.set(beast::http::field::sec_websocket_protocol, protocol);
            if (!authorization.empty()) request.set(beast::http::field::authorization, authorization);
        }));
        websocket::response_type response;
        beast::error_code failed;
        stream.async_handshake(
            response, "127.0.0.1", path, [&](const beast::error_code& code) { failed = code; }); // the blocking form keeps refusals to itself
        io.restart();
        io.run();
        if (!failed) CHECK(response[beast::http::field::sec_websocket_protocol] == "ocpp1.6");
        return failed && response.result_int() == 0 ? 0 : static_cast<int>(response.result_int());
    }
    /// The server may have hung up meanwhile; hear() tells.
    void say(const std::string& text) {
        beast::error_code failed;
        stream.write(asio::buffer(text), failed);
    }
    std::string hear() {
        beast::flat_buffer buffer;
        beast::error_code failed;
        stream.read(buffer, failed);
        return failed ? "closed" : beast::buffers_to_string(buffer.data());
    }
};

struct Central {
    std::atomic<int> opened = 0, closed = 0;
    std::mutex mutex;
    std::shared_ptr<Link> last;
    std::unique_ptr<Server> server;

    explicit Central(Settings settings = {}) {
        server = serve(settings, {.admit = [](const Peer& peer) { return peer.name == "CP-1" && peer.user == "CP-1" && peer.password == "secret"; },
                                     .opened =
                                         [this](const Peer&, std::shared_ptr<Link> link) {
                                             const std::lock_guard lock(mutex);
                                             last = std::move(link);
                                             ++opened;
                                         },
                                     .received = [](const std::shared_ptr<Link>& link, std::string text) { link->send("heard " + text); },
                                     .closed = [this](const std::shared_ptr<Link>&) { ++closed; }})
                     .value();
    }
};

const std::string good = "Basic Q1AtMTpzZWNyZXQ="; // CP-1:secret

bool until(const std::function<bool()>& true_now) {
    for (int i = 0; i < 1000 && !true_now(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return true_now();
}

} // namespace

TEST_CASE("ocpp server: basic authentication is read strictly") {
    std::string user, password;
    CHECK(read_basic(good, user, password));
    CHECK(user == "CP-1");
    CHECK(password == "secret");
    CHECK(read_basic("basic Q1AtMTpzZWNyZXQ", user, password));
    for (const auto wrong : {"", "Basic", "Basic ", "Bearer Q1AtMTpzZWNyZXQ=", "Basic !!!", "Basic Q1A="}) CHECK_FALSE(read_basic(wrong, user, password));
}

TEST_CASE("ocpp server: only who is known and speaks the protocol gets in") {
    Central central;
    const std::uint16_t port = central.server->port();
    CHECK(ChargePointUnderTest().call(port, "/ocpp/CP-1", good) == 101);
    CHECK(ChargePointUnderTest().call(port, "/CP-1", good, "ocpp2.0.1, ocpp1.6") == 101);
    CHECK(ChargePointUnderTest().call(port, "/ocpp/CP-2", good) == 401);
    CHECK(ChargePointUnderTest().call(port, "/ocpp/CP-1", "") == 401);
    CHECK(ChargePointUnderTest().call(port, "/ocpp/CP-1", "Basic Q1AtMTp3cm9uZw==") == 401);
    CHECK(ChargePointUnderTest().call(port, "/ocpp/", good) == 404);
    CHECK(ChargePointUnderTest().call(port, "/ocpp/CP-1", good, "ocpp2.0.1") == 400);
    CHECK(ChargePointUnderTest().call(port, "/ocpp/CP-1", good, "") == 400);
    CHECK(until([&] { return central.closed == 2; }));
    CHECK(central.server->state().refused == 6);
}

TEST_CASE("ocpp server: texts go both ways, in order") {
    Central central;
    ChargePointUnderTest point;
    REQUIRE(point.call(central.server->port(), "/ocpp/CP-1", good) == 101);
    for (int i = 0; i < 50; ++i) {
        point.say(std::to_string(i));
        CHECK(point.hear() == "heard " + std::to_string(i));
    }
    for (int i = 0; i < 20; ++i) point.say("burst " + std::to_string(i));
    for (int i = 0; i < 20; ++i) CHECK(point.hear() == "heard burst " + std::to_string(i));
    REQUIRE(until([&] { return central.opened == 1; }));
    central.last->send("unasked");
    CHECK(point.hear() == "unasked");
    central.last->close();
    CHECK(point.hear() == "closed");
    CHECK(until([&] { return central.closed == 1; }));
    central.last->send("to nobody");
}

TEST_CASE("ocpp server: too long a message ends the connection, and none but that") {
    Central central({.message_bytes_max = 1000});
    ChargePointUnderTest point, other;
    REQUIRE(point.call(central.server->port(), "/ocpp/CP-1", good) == 101);
    REQUIRE(other.call(central.server->port(), "/ocpp/CP-1", good) == 101);
    point.say(std::string(5000, 'x'));
    CHECK(point.hear() == "closed");
    other.say("still here");
    CHECK(other.hear() == "heard still here");
}

TEST_CASE("ocpp server: a peer that is gone without a word is asked once and left") {
    Settings settings;
    settings.idle_seconds = 1;
    Central central(settings);
    ChargePointUnderTest gone, there; // gone: its line stands, and nobody reads it
    REQUIRE(gone.call(central.server->port(), "/ocpp/CP-1", good) == 101);
    REQUIRE(there.call(central.server->port(), "/ocpp/CP-1", good) == 101);
    for (int i = 0; i < 50 && central.closed == 0; ++i) {
        there.say("here");
        CHECK(there.hear() == "heard here");
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    CHECK(central.closed == 1);
    CHECK(until([&] { return central.server->state().open == 1; }));
}

TEST_CASE("ocpp server: it ends while charge points are on the line") {
    std::vector<std::unique_ptr<ChargePointUnderTest>> points;
    {
        Central central;
        for (int i = 0; i < 5; ++i) {
            points.push_back(std::make_unique<ChargePointUnderTest>());
            REQUIRE(points.back()->call(central.server->port(), "/ocpp/CP-1", good) == 101);
        }
    }
    for (const auto& point : points) CHECK(point->hear() == "closed");
}

TEST_CASE("ocpp server: a taken port is said") {
    Central central;
    CHECK(serve({.port = central.server->port()}, {}).error().code == "ocpp.listen");
}

} // namespace greenbank::ocpp
