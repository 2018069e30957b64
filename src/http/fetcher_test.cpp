// fetcher_test.cpp — fetching from servers made here, with certificates made here: good, expired, for another name, self-signed.
#include <functional>

#include <doctest/doctest.h>

#include "http/fetcher.h"
#include "http/tls_server_under_test.h"
#include "kernel/text.h"

using namespace greenbank;
using namespace greenbank::http;

namespace {

std::string code_of(const Result<Fetched>& fetched) { return fetched ? "status " + std::to_string(fetched.value().status) : fetched.error().code; }

Fetcher trusting(const Authority& authority) { return Fetcher({.authorities_file = authority.file(), .private_allowed = true}); }

std::string ok(std::string_view body) { return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body); }
std::string to(const std::string& location) { return "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n"; }

} // namespace

TEST_CASE("a certificate is checked: authority, name, time") {
    const Authority authority, stranger;
    const auto code = [&](const Certificate& certificate, Fetcher fetcher) {
        TlsServer server(&certificate, [](const std::string&) { return ok("hello"); });
        return code_of(fetcher.get({.url = server.url("localhost")}));
    };
    CHECK(code(authority.certificate({.name = "localhost"}), trusting(authority)) == "status 200");
    CHECK(code(authority.certificate({.name = "other.example"}), trusting(authority)) == "client.certificate_host");
    CHECK(code(authority.certificate({.name = "localhost", .days_from = -20, .days_until = -10}), trusting(authority)) == "client.certificate_expired");
    CHECK(code(authority.certificate({.name = "localhost", .days_from = 10, .days_until = 20}), trusting(authority)) == "client.certificate_expired");
    CHECK(code(stranger.certificate({.name = "localhost"}), trusting(authority)) == "client.certificate_issuer");
    CHECK(code(Authority::self_signed("localhost"), trusting(authority)) == "client.certificate_issuer");
    CHECK(code(authority.certificate({.name = "localhost"}), Fetcher({.private_allowed = true})) == "client.certificate_issuer"); // the system's own store
    CHECK(code(authority.certificate({.name = "localhost"}), Fetcher({.authorities_file = "/no/such/file", .private_allowed = true})) == "client.tls");
}

TEST_CASE("the certificate's name may be an IP address, and the server is told the name that is asked") {
    const Authority authority;
    const Certificate of_number = authority.certificate({.name = "127.0.0.1"}), of_name = authority.certificate({.name = "localhost"});
    TlsServer by_number(&of_number, [](const std::string&) { return ok("n"); }), by_name(&of_name, [](const std::string&) { return ok("n"); });
    CHECK(code_of(trusting(authority).get({.url = by_number.url("127.0.0.1")})) == "status 200");
    CHECK(by_number.name_asked() == "");
    CHECK(code_of(trusting(authority).get({.url = by_name.url("127.0.0.1")})) == "client.certificate_host");
    CHECK(code_of(trusting(authority).get({.url = by_name.url("localhost")})) == "status 200");
    CHECK(by_name.name_asked() == "localhost");
}

TEST_CASE("old TLS and no TLS are refused") {
    const Authority authority;
    const Certificate certificate = authority.certificate({.name = "localhost"});
    TlsServer old(
        &certificate, [](const std::string&) { return ok("old"); }, /*old=*/true);
    CHECK(code_of(trusting(authority).get({.url = old.url("localhost")})) == "client.tls");
    TlsServer plain(nullptr, [](const std::string&) { return ok("plain"); });
    CHECK(code_of(trusting(authority).get({.url = "https://localhost:" + std::to_string(plain.port())})) == "client.tls");
}

TEST_CASE("redirects are followed, but not for ever, not away from TLS and not into the house") {
    const Authority authority;
    const Certificate certificate = authority.certificate({.name = "localhost"});
    TlsServer plain(nullptr, [](const std::string& target) {
        if (target == "/here") return ok("here");
        if (target == "/loop") return to("/loop");
        if (target == "/file") return to("file:///etc/passwd");
        return to("/here");
    });
    TlsServer safe(&certificate, [&](const std::string& target) { return target == "/down" ? to(plain.url("localhost") + "/here") : to("/down"); });
    Fetcher fetcher = trusting(authority);
    const auto found = fetcher.get({.url = plain.url("localhost") + "/from"});
    REQUIRE(found);
    CHECK(found.value().body == "here");
    CHECK(found.value().url == plain.url("localhost") + "/here");
    CHECK(code_of(fetcher.get({.url = plain.url("localhost") + "/loop"})) == "fetch.redirects");
    CHECK(code_of(fetcher.get({.url = plain.url("localhost") + "/file"})) == "fetch.address");
    CHECK(code_of(fetcher.get({.url = safe.url("localhost") + "/a"})) == "fetch.downgrade");
}

TEST_CASE("addresses of this machine and its network are not asked unless a setting says so") {
    int asked = 0;
    TlsServer server(nullptr, [&](const std::string&) { return ++asked, ok("secret"); });
    Fetcher careful({});
    for (const char* host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"})
        CHECK(code_of(careful.get({.url = server.url(host)})) == "client.address_private");
    CHECK(code_of(careful.get({.url = "http://169.254.169.254/latest/meta-data"})) == "client.address_private");
    CHECK(code_of(careful.get({.url = "http://10.0.0.1:5432/"})) == "client.address_private");
    CHECK(asked == 0);
    // Nor through a proxy.
    Fetcher behind({.proxy = server.url("127.0.0.1")});
    CHECK(code_of(behind.get({.url = "http://127.0.0.1/"})) == "client.address_private");
    CHECK(code_of(behind.get({.url = "http://localhost/"})) == "client.address_private");
    CHECK(asked == 0);
    CHECK(code_of(behind.get({.url = "http://bank.example/a"})) == "status 200");
    CHECK(server.last_line() == "GET http://bank.example/a HTTP/1.1");
}

TEST_CASE("a proxy connects through to TLS, or says no") {
    const Authority authority;
    const Certificate certificate = authority.certificate({.name = "bank.example"});
    TlsServer bank(&certificate, [](const std::string&) { return ok("through"); });
    TlsServer proxy(nullptr, [](const std::string&) { return std::string("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"); });
    proxy.pass_connect_to(bank.port());
    Fetcher fetcher({.authorities_file = authority.file(), .proxy = proxy.url("127.0.0.1"), .private_allowed = true});
    const auto through = fetcher.get({.url = "https://bank.example/"});
    CHECK(code_of(through) == "status 200");
    CHECK(proxy.last_line() == "CONNECT bank.example:443 HTTP/1.1");
    proxy.pass_connect_to(0);
    CHECK(code_of(fetcher.get({.url = "https://bank.example/"})) == "client.proxy");
}

TEST_CASE("answers that are too large, too slow, broken or none end in a clear error") {
    const auto code = [](std::string answer, FetchRequest request = {}, bool hold = false) {
        TlsServer server(nullptr, [&](const std::string&) { return answer; });
        server.hold_open(hold);
        request.url = server.url("127.0.0.1");
        return code_of(Fetcher({.private_allowed = true}).get(request));
    };
    CHECK(code(ok("12345"), {.bytes_max = 4}) == "client.answer_too_large");
    CHECK(code("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", {.bytes_max = 1 << 20}) == "client.answer_too_large");
    CHECK(code("HTTP/1.1 200 OK\r\n\r\n12345", {.bytes_max = 4}) == "client.answer_too_large");
    CHECK(code("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n", {.bytes_max = 4}) == "client.answer_too_large");
    CHECK(code("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345") == "client.answer_broken");
    CHECK(code("HTTP/1.1 200 OK\r\n\r\n12345") == "status 200");
    CHECK(code("", {}) == "client.cut_off");
    CHECK(code("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n") == "client.answer_strange");
    CHECK(code("", {.seconds_max = 1}, true) == "client.silent");
    CHECK(code_of(Fetcher({.private_allowed = true}).get({.url = "http://no.such.host.invalid/"})) == "fetch.no_answer");
    CHECK(code_of(Fetcher({.private_allowed = true}).get({.url = "gopher://a"})) == "fetch.address");
    // A TLS connection that is cut before the end of an answer without length: nobody knows whether that was all.
    const Authority authority;
    const Certificate certificate = authority.certificate({.name = "localhost"});
    TlsServer cut(&certificate, [](const std::string&) { return std::string("HTTP/1.1 200 OK\r\n\r\n12345"); });
    cut.say_goodbye(false);
    CHECK(code_of(trusting(authority).get({.url = cut.url("localhost")})) == "client.answer_broken");
    const auto waits = [&] {
        TlsServer busy(nullptr, [](const std::string&) { return std::string("HTTP/1.1 503 Busy\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n"); });
        return Fetcher({.private_allowed = true}).get({.url = busy.url("127.0.0.1")});
    }();
    REQUIRE(waits);
    CHECK(waits.value().status == 503);
    CHECK(waits.value().wait_seconds == 17);
}
