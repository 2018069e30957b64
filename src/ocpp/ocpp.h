// ocpp.h — a server of WebSocket connections that speak the subprotocol ocpp1.6, each under its own path and password. Knows texts in
// frames, not what they say.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "kernel/result.h"

namespace greenbank::ocpp {

struct Settings {
    std::string address = "127.0.0.1"; // beyond the machine only behind a proxy that speaks TLS
    std::uint16_t port = 0;            // 0: any that is free
    std::size_t connections_max = 10'000;
    std::size_t message_bytes_max = 256 * 1024;
    std::size_t waiting_bytes_max = 1024 * 1024; // of one that does not read
    int idle_seconds = 120;                      // then it is asked by a ping, and left if it stays silent as long again
    int handshake_seconds = 10;
};

struct Peer {
    std::string name;           // the last part of the path, decoded
    std::string user, password; // of Basic authentication; empty where there was none
    std::string address;
};

/// One open connection; usable from any thread, also after it is closed.
class Link {
public:
    virtual ~Link() = default;
    virtual void send(std::string text) = 0;
    virtual void close() = 0;
};

/// What is done with connections. Of one link, calls follow each other; `received` of a link is not called again before it returned.
struct Handler {
    /// Called on a thread of its own kind: it may ask the store. False: 401.
    std::function<bool(const Peer&)> admit;
    std::function<void(const Peer&, std::shared_ptr<Link>)> opened;
    std::function<void(const std::shared_ptr<Link>&, std::string text)> received;
    std::function<void(const std::shared_ptr<Link>&)> closed;
};

struct State {
    std::int64_t open = 0, opened = 0, refused = 0;
};

class Server {
public:
    virtual ~Server() = default; // closes all
    virtual std::uint16_t port() const = 0;
    virtual State state() const = 0;
};

Result<std::unique_ptr<Server>> serve(Settings settings, Handler handler);

/// "Basic dXNlcjpwYXNz" into user and password; false where it is not that.
bool read_basic(std::string_view header, std::string& user, std::string& password);

} // namespace greenbank::ocpp
