// server_tls_test.cpp — the server by TLS: requests and answers of any size, http on its port, peers that cut, fall silent or speak nonsense.
#include "http/client.h"
#include "http/raw_peer.h"
#include "http/server.h"
#include "http/tls_server_under_test.h"

namespace greenbank::http {

namespace {

struct Files {
    explicit Files(const Authority& authority) {
        const Certificate made = authority.certificate({.name = "127.0.0.1"});
        const auto write = [](std::string& path, auto writer) {
            char name[] = "/tmp/greenbank-tls-XXXXXX";
            const int descriptor = mkstemp(name);
            REQUIRE(descriptor >= 0);
            path = name;
            FILE* file = fdopen(descriptor, "w");
            writer(file);
            std::fclose(file);
        };
        write(certificate, [&](FILE* file) { PEM_write_X509(file, made.body.get()); });
        write(key, [&](FILE* file) { PEM_write_PrivateKey(file, made.key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    }
    ~Files() {
        std::remove(certificate.c_str());
        std::remove(key.c_str());
    }
    std::string certificate, key;
};

} // namespace

TEST_CASE("a port with a certificate speaks https: many requests on one connection, large bodies both ways, and says that the call is secure") {
    const Authority authority;
    const Files files(authority);
    ServerSettings settings;
    settings.port = 0;
    settings.certificate_file = files.certificate;
    settings.key_file = files.key;
    settings.header_seconds_max = 2;
    auto served = serve(settings, [](Incoming incoming, Answer answer) {
        answer({.content_type = "application/octet-stream",
            .body = incoming.target == "/large" ? std::string(3'000'000, 'z') : fmt::format("{} {}", incoming.secure, incoming.body.size())});
    });
    REQUIRE(served);
    const std::uint16_t port = served.value()->port();
    Client client(fmt::format("https://127.0.0.1:{}", port), {.authorities_file = authority.file()});
    for (int i = 0; i < 50; ++i) {
        const auto answered = client.send({.method = "POST", .target = "/", .body = std::string(static_cast<std::size_t>(i) * 997, 'b')});
        REQUIRE(answered);
        CHECK(answered.value().body == fmt::format("true {}", i * 997));
    }
    CHECK(client.send({.method = "POST", .target = "/", .body = std::string(3'000'000, 'c')}).value().body == "true 3000000");
    CHECK(client.send({.target = "/large"}).value().body == std::string(3'000'000, 'z'));
    CHECK(client.send({.method = "POST", .target = "/", .body = std::string(5'000'000, 'c')}).value().status == 413);

    // http on this port is told so; bytes that are neither are cut; who says nothing is left.
    Client plain(fmt::format("http://127.0.0.1:{}", port));
    const auto told = plain.send({.target = "/"});
    REQUIRE(told);
    CHECK(told.value().status == 400);
    CHECK(told.value().body.find("request.plain") != std::string::npos);
    for (const std::string& nonsense : {std::string("\x16\x03\x01\xff\xff", 5) + std::string(200, 'x'), std::string("\x16", 1)}) {
        const int raw = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::connect(raw, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        (void)::send(raw, nonsense.data(), nonsense.size(), MSG_NOSIGNAL);
        const timeval patience = {5, 0};
        setsockopt(raw, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        char bytes[1000];
        ssize_t count = 0;
        while ((count = ::recv(raw, bytes, sizeof bytes, 0)) > 0) {}
        CHECK(count == 0); // closed, within the limit of heads
        ::close(raw);
    }
    CHECK(client.send({.target = "/"}).value().status == 200);
    served.value()->stop(seconds(1));
}

TEST_CASE("a certificate that cannot be used is named before anything is served") {
    const Authority authority;
    const Files files(authority), others(authority);
    ServerSettings settings;
    settings.port = 0;
    settings.certificate_file = files.certificate;
    settings.key_file = others.key;
    const auto served = serve(settings, [](Incoming, Answer) {});
    REQUIRE_FALSE(served);
    CHECK(served.error().code == "server.certificate");
}

} // namespace greenbank::http
