// mqtt.h — a client of an MQTT 5 broker that acknowledges nothing before it is told that the message is kept. Knows topics and bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenbank::mqtt {

struct Message {
    std::string topic, payload;
    int quality = 1; // of service: 0 or 1
    bool retained = false;
};

struct Subscription {
    std::string filter;
    int quality = 1;
};

struct Settings {
    std::string host = "127.0.0.1";
    std::uint16_t port = 1883;
    std::string client = "greenbank"; // the name of the session that the broker keeps for us
    std::string user = {}, password = {};
    bool tls = false;
    std::string authorities_file = {};                // PEM; empty: the system's
    std::string certificate_file = {}, key_file = {}; // of ours, where the broker asks for one
    std::vector<Subscription> subscriptions = {};
    std::optional<Message> will = {}; // what the broker says when we are gone
    int keep_alive_seconds = 30;
    std::uint32_t session_seconds = 7 * 86'400; // how long the broker keeps what comes while we are away
    std::uint16_t unacknowledged_max = 4'000;   // messages the broker may send before we acknowledge
    std::size_t batch_max = 2'000;              // messages handed over at once
    std::uint32_t message_bytes_max = 1 << 20;
    std::size_t outgoing_max = 10'000; // messages of ours that wait
    int connect_seconds_max = 5;
    int pause_milliseconds_least = 200, pause_milliseconds_max = 30'000; // between attempts to connect; doubles
};

/// Takes what came. `kept(true)` may be called from any thread, once: then the broker is told, and not before. `kept(false)`: the same
/// messages come again a little later. Meanwhile nothing more is read, so that the broker, and the devices behind it, feel the pressure.
using Deliver = std::function<void(std::vector<Message> messages, std::function<void(bool)> kept)>;
/// Said after each connection, before anything else.
using Greeting = std::function<std::vector<Message>()>;

struct State {
    bool connected = false;
    std::string reason; // why not
    std::int64_t connections = 0, received = 0, acknowledged = 0, repeated = 0, published = 0, dropped = 0;
};

class Client {
public:
    virtual ~Client() = default; // the broker says the will and keeps the session
    /// Queues; it is sent once there is a connection. False where too many wait.
    virtual bool publish(Message message) = 0;
    virtual State state() const = 0;
};

/// Connects on a thread of its own, and again whenever the connection is lost.
std::unique_ptr<Client> connect(Settings settings, Deliver deliver, Greeting greeting = {});

/// Whether a filter of a subscription ("v1/devices/+/telemetry", "spBv1.0/#") takes a topic.
bool matches(std::string_view filter, std::string_view topic);

} // namespace greenbank::mqtt
