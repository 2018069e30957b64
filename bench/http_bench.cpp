// Requests per second of server CPU: our http room against a bare Beast server that parses, answers the same small JSON and does
// nothing else. Each server is a child process with one thread; the load comes from this process and is not counted.
//   http_bench [seconds per run] [connections]
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "beast_peer.h"
#include "http/server.h"
#include "load.h"

using namespace greenbank;
using namespace greenbank::bench;

namespace {

const std::string json = R"({"id":"tech_01jd4x5q2zk8m3n7","title":{"en":"Heat pump","zh":"热泵"},"readiness":9,"updated_at":"2026-11-20T22:21:23Z"})";
const std::string request =
    "GET /api/v1/technologies/tech_01jd4x5q2zk8m3n7 HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: bench/1\r\nAccept: application/json\r\n"
    "Accept-Language: zh-CN,zh;q=0.9\r\nCookie: greenbank_session=0123456789abcdef0123456789abcdef\r\n\r\n";

void peer_serve(int port_pipe) { beast_serve(port_pipe, json); }

void our_serve(int port_pipe) {
    http::ServerSettings settings;
    settings.port = 0;
    settings.threads = 1;
    auto server = http::serve(settings, [](Incoming, http::Answer answer) { answer({.body = json}); });
    if (!server) _exit(1);
    const std::uint16_t port = server.value()->port();
    if (write(port_pipe, &port, sizeof port) != sizeof port) _exit(1);
    while (true) pause();
}

double measure(void (*serve)(int), Load load) {
    const Child server(serve);
    const double seconds = std::exchange(load.seconds, 0.3);
    drive(server.port(), load); // warm
    load.seconds = seconds;
    return per_cpu_second(server.process(), server.port(), load);
}

} // namespace

int main(int count, char** words) {
    const double seconds = count > 1 ? std::atof(words[1]) : 2;
    const int connections = count > 2 ? std::atoi(words[2]) : 16;
    for (const int depth : {1, 4}) {
        double peer = 0, ours = 0;
        for (int round = 0; round < 3; ++round) { // in turn, so that a noisy neighbour disturbs both
            const Load load{.request = request, .connections = connections, .depth = depth, .seconds = seconds};
            peer = std::max(peer, measure(peer_serve, load));
            ours = std::max(ours, measure(our_serve, load));
        }
        std::printf("%d connections, %d in flight each: bare Beast %.0f, ours %.0f requests per server CPU-second, ratio %.2f\n", connections, depth, peer,
            ours, ours / peer);
    }
    return 0;
}
