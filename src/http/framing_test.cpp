// What may and may not frame a request, said byte by byte over real sockets.
#include "http/answer.h"
#include "http/raw_peer.h"
#include "kernel/random.h"

using namespace greenbank;
using namespace greenbank::http;

namespace {

struct Framing {
    std::string_view name;
    std::string bytes;
    int status;
};

const std::string next_request = "GET /second HTTP/1.1\r\nHost: h\r\n\r\n";
using namespace std::string_literals;

const Framing refused[] = {
    {"both Content-Length and Transfer-Encoding", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"Transfer-Encoding before Content-Length", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400},
    {"two lengths", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400},
    {"the same length twice", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400},
    {"a list of lengths", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5, 5\r\n\r\nhello", 400},
    {"a signed length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +5\r\n\r\nhello", 400},
    {"a negative length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", 400},
    {"a hexadecimal length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x5\r\n\r\nhello", 400},
    {"an empty length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length:\r\n\r\n", 400},
    {"an endless length", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400},
    {"a length with text", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5 bytes\r\n\r\nhello", 400},
    {"another coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 400},
    {"two codings", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400},
    {"chunked twice", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"chunked and identity", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400},
    {"a disguised coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: \x0b"s + "chunked\r\n\r\n0\r\n\r\n", 400},
    {"a quoted coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", 400},
    {"xchunked", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400},
    {"chunked in HTTP/1.0", "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"a blank before the colon", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length : 5\r\n\r\nhello", 400},
    {"a tab before the colon", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n", 400},
    {"a folded line", "GET / HTTP/1.1\r\nHost: h\r\nX-Long: a\r\n b\r\n\r\n", 400},
    {"a folded coding", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400},
    {"a field that starts with a blank", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", 400},
    {"bare line feeds", "GET / HTTP/1.1\nHost: h\n\n", 400},
    {"one bare line feed", "GET / HTTP/1.1\r\nHost: h\r\nX: a\nContent-Length: 5\r\n\r\nhello", 400},
    {"a bare carriage return", "GET / HTTP/1.1\r\nHost: h\r\nX: a\rContent-Length: 5\r\n\r\n", 400},
    {"a carriage return in the first line", "GET /\r HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"NUL in a value", "GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n"s, 400},
    {"NUL in a name", "GET / HTTP/1.1\r\nHost: h\r\nX\0Y: b\r\n\r\n"s, 400},
    {"NUL in the target", "GET /a\0b HTTP/1.1\r\nHost: h\r\n\r\n"s, 400},
    {"an escaped NUL", "GET /a%00b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"half an escape", "GET /a%4 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"a false escape", "GET /a%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"a fragment", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"markup in the target", "GET /<script> HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"raw Chinese in the target", "GET /\xe6\xb0\xb4 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"bytes that are no UTF-8", "GET / HTTP/1.1\r\nHost: h\r\nUser-Agent: \xff\xfe\r\n\r\n", 400},
    {"a field without a colon", "GET / HTTP/1.1\r\nHost: h\r\nNonsense\r\n\r\n", 400},
    {"a field without a name", "GET / HTTP/1.1\r\nHost: h\r\n: value\r\n\r\n", 400},
    {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
    {"an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
    {"the same host twice", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
    {"a host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"a host with a user", "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n", 400},
    {"another host in the target", "GET http://other/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"a file address", "GET file:///etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"a target without a slash", "GET second HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"* for GET", "GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"two blanks", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"a tab for a blank", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"no version", "GET /\r\nHost: h\r\n\r\n", 400},
    {"a small version", "GET / http/1.1\r\nHost: h\r\n\r\n", 400},
    {"two blank lines before", "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n", 505},
    {"unknown method", "BREW / HTTP/1.1\r\nHost: h\r\n\r\n", 501},
    {"small method", "get / HTTP/1.1\r\nHost: h\r\n\r\n", 501},
    {"TRACE", "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", 405},
    {"CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n", 405},
    {"another expectation", "POST / HTTP/1.1\r\nHost: h\r\nExpect: tea\r\nContent-Length: 1\r\n\r\nx", 417},
    {"a compressed body", "POST / HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx", 415},
    {"two authorizations", "GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n", 400},
    {"two idempotency keys", "POST / HTTP/1.1\r\nHost: h\r\nIdempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: 0\r\n\r\n", 400},
    {"a body too long", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4194305\r\n\r\n", 413},
    {"a chunk too long", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n400001\r\n", 413},
    {"a chunk beyond counting", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n00000000000000005\r\n", 400},
    {"a chunk extension", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n", 400},
    {"a chunk line with a bare line feed", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n", 400},
    {"a chunk without its end", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n", 400},
    {"a chunk size of nothing", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n", 400},
    {"a chunk size with 0x", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n", 400},
    {"a malformed trailer", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nno colon\r\n\r\n", 400},
    {"https on an http port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, 400},
    {"a long target", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
    {"a very long target", "GET /" + std::string(20000, 'a'), 414},
    {"a long head", "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20000, 'a') + "\r\n\r\n", 431},
    {"many fields",
        [] {
            std::string bytes = "GET / HTTP/1.1\r\nHost: h\r\n";
            for (int i = 0; i < 120; ++i) bytes += "X" + std::to_string(i) + ": 1\r\n";
            return bytes + "\r\n";
        }(),
        431},
};

struct Served {
    std::string_view name;
    std::string bytes;
    std::string_view body;
    bool closes = false;
};

const Served served[] = {
    {"the plainest request", "GET /a HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a "},
    {"a host with a port", "GET /a HTTP/1.1\r\nhost:   h:8080  \r\n\r\n", "GET /a "},
    {"an IPv6 host", "GET /a HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "GET /a "},
    {"an absolute target", "GET http://h:80/a?b=c HTTP/1.1\r\nHost: h:80\r\n\r\n", "GET /a?b=c "},
    {"an absolute target without a path", "GET https://h HTTP/1.1\r\nHost: h\r\n\r\n", "GET / "},
    {"an empty line before", "\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a "},
    {"brackets in the query", "GET /a?filter[x]={1} HTTP/1.1\r\nHost: h\r\n\r\n", "GET /a?filter[x]={1} "},
    {"UTF-8 in a value", "GET /a HTTP/1.1\r\nHost: h\r\nUser-Agent: \xe6\xb0\xb4\r\n\r\n", "GET /a "},
    {"a length", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", "POST /a hello"},
    {"no body", "POST /a HTTP/1.1\r\nHost: h\r\n\r\n", "POST /a "},
    {"chunks", "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nhe\r\n003\r\nllo\r\n0\r\n\r\n", "POST /a hello"},
    {"chunks and a trailer", "PUT /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n", "PUT /a hello"},
    {"a body of GET", "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", "GET /a hello"},
    {"close", "DELETE /a HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n", "DELETE /a ", true},
    {"HTTP/1.0", "GET /a HTTP/1.0\r\n\r\n", "GET /a ", true},
    {"HTTP/1.0 kept alive", "GET /a HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n", "GET /a "},
};

} // namespace

TEST_CASE("a doubtful framing gets one problem, and the connection closes") {
    TestServer server;
    for (const Framing& framing : refused) {
        CAPTURE(framing.name);
        RawPeer peer(server.port(), framing.bytes + next_request);
        const RawAnswer answer = peer.answer();
        CHECK(answer.whole);
        CHECK(answer.status == framing.status);
        CHECK(answer.header("Content-Type") == "application/problem+json");
        CHECK(answer.header("Connection") == "close");
        CHECK(answer.body.find("\"code\":\"") != std::string::npos);
        peer.end_sending();
        CHECK(peer.is_closed());
    }
    CHECK(server.smuggled == 0);
    CHECK(server.server->statistics().refused == static_cast<std::int64_t>(std::size(refused)));
}

TEST_CASE("a sound framing is served, whole or byte by byte") {
    TestServer server;
    for (const Served& framing : served)
        for (const bool bytewise : {false, true}) {
            CAPTURE(framing.name);
            CAPTURE(bytewise);
            RawPeer peer(server.port());
            for (std::size_t i = 0; bytewise && i < framing.bytes.size(); ++i) {
                peer.send(std::string_view(framing.bytes).substr(i, 1));
                std::this_thread::sleep_for(std::chrono::microseconds(50));
            }
            if (!bytewise) peer.send(framing.bytes);
            const RawAnswer answer = peer.answer();
            CHECK(answer.status == 200);
            CHECK(answer.body == framing.body);
            if (framing.closes) CHECK(peer.is_closed());
            else {
                peer.send(next_request);
                CHECK(peer.answer().body == "GET /second ");
            }
        }
}

TEST_CASE("200 mutated requests crash nothing and are never the server's fault") {
    TestServer server;
    const auto seed = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    MESSAGE("seed ", seed);
    Random random(seed);
    for (int round = 0; round < 200; ++round) {
        std::string bytes = served[random.below(std::size(served))].bytes;
        for (auto changes = random.between(1, 4); changes > 0; --changes) {
            const std::size_t at = random.below(bytes.size());
            switch (random.below(4)) {
            case 0: bytes[at] = static_cast<char>(random.below(256)); break;
            case 1: bytes.erase(at, random.below(4)); break;
            case 2: bytes.insert(at, 1, "\r\n\0 :%;,\xff"[random.below(9)]); break;
            case 3: bytes.insert(at, bytes.substr(random.below(bytes.size()), random.below(40))); break;
            }
            if (bytes.empty()) bytes = "G";
        }
        CAPTURE(round);
        CAPTURE(bytes);
        RawPeer peer(server.port(), bytes);
        peer.end_sending();
        const RawAnswer answer = peer.answer();
        const bool sound = answer.status < 500 || answer.status == 501 || answer.status == 505;
        CHECK(sound);
        CHECK((answer.whole || peer.is_closed())); // no request at all: closed without an answer
    }
    RawPeer peer(server.port(), next_request);
    CHECK(peer.answer().status == 200);
}

TEST_CASE("a problem of the edge looks like any other problem") {
    const Error error{Failure::malformed, "request.line", "A sentence."};
    CHECK(problem_of({400, "request.line", "A sentence."}).body == problem_response(error).body);
}
