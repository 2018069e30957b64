// ports.h — what the field needs of technologies, as functions: `app` gives it a broker, a bus, links to charge points.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "energy/engine/register_map/register_map.h"
#include "kernel/result.h"

namespace greenbank::energy {

struct FieldMessage {
    std::string topic, payload;
    int quality = 1;
    bool retained = false;
};
/// False where it cannot even be queued.
using PublishMessage = std::function<bool(FieldMessage)>;

struct BrokerState {
    bool connected = false;
    std::string address, reason;
    std::int64_t connections = 0, received = 0, acknowledged = 0, repeated = 0, published = 0, dropped = 0;
};

class RegisterBus {
public:
    virtual ~RegisterBus() = default;
    virtual Result<std::vector<std::uint16_t>> read(int unit, register_map::Table table, int address, int count) = 0;
    virtual Result<Done> write(int unit, register_map::Table table, int address, const std::vector<std::uint16_t>& values) = 0;
};
using OpenBus = std::function<std::unique_ptr<RegisterBus>(const std::string& host, int port, int timeout_milliseconds)>;

class ChargerLink {
public:
    virtual ~ChargerLink() = default;
    virtual void send(std::string text) = 0;
    virtual void close() = 0;
};

using Clock = std::function<Time()>;

} // namespace greenbank::energy
