// The HTTP/1.1 edge: sockets, framing, limits, deadlines, draining. It knows requests and answers, and no domain word.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/api.h"
#include "api/incoming.h"

namespace greenbank::http {

using greenbank::Incoming;

/// Called once, from any thread. A Response with `stream` is sent as it grows.
using Answer = std::function<void(Response)>;
using Handle = std::function<void(Incoming, Answer)>;

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080; // 0: any free one
    int threads = 2;
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t body_bytes_max = 4 * 1024 * 1024; // uploads come in smaller parts; a batch of 8,190 transfers takes 1.7 of it
    int header_seconds_max = 15;                  // from the first byte (or from accept) to the end of the header
    int body_seconds_max = 60;
    int idle_seconds_max = 75;   // between requests of one connection
    int answer_seconds_max = 60; // a peer that does not read its answer is dropped
    int connections_max = 10'000;
    int connections_per_address_max = 0;              // 0: no limit; trusted proxies have none
    std::size_t bodies_bytes_max = 256 * 1024 * 1024; // of all requests being received or handled together
    std::string certificate_file, key_file;           // PEM; both: this port speaks https, and nothing else
    std::vector<std::string> trusted_proxies;         // addresses or CIDR blocks whose X-Forwarded-For and -Proto are believed
};

/// Connections open now; since the start: requests answered, requests and connections refused by the edge itself, deadlines missed.
struct ServerStatistics {
    std::int64_t connections = 0, requests = 0, refused = 0, timed_out = 0;
};

class Server {
public:
    virtual ~Server() = default;
    /// The port it listens on.
    virtual std::uint16_t port() const = 0;
    virtual ServerStatistics statistics() const = 0;
    /// Stops accepting, lets running requests end for at most `drain`, then closes everything. Blocks.
    virtual void stop(Duration drain) = 0;
};

/// Binds, listens and serves on its own threads.
Result<std::unique_ptr<Server>> serve(const ServerSettings& settings, Handle handle);

} // namespace greenbank::http
