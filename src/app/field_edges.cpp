// field_edges.cpp — introducing the field to mosquitto's client, libmodbus and Beast.
#include "app/field_edges.h"

#include <charconv>
#include <fstream>
#include <sstream>

#include "app/bank.h"
#include "http/address.h"
#include "kernel/log.h"
#include "modbus/modbus.h"
#include "mqtt/mqtt.h"
#include "ocpp/ocpp.h"

namespace greenbank::app {

namespace {

class LinkOfServer : public energy::ChargerLink {
public:
    explicit LinkOfServer(std::shared_ptr<ocpp::Link> link) : link_(std::move(link)) {}
    void send(std::string text) override { link_->send(std::move(text)); }
    void close() override { link_->close(); }

private:
    std::shared_ptr<ocpp::Link> link_;
};

class BusOfModbus : public energy::RegisterBus {
public:
    explicit BusOfModbus(std::unique_ptr<modbus::Bus> bus) : bus_(std::move(bus)) {}
    Result<std::vector<std::uint16_t>> read(int unit, energy::register_map::Table table, int address, int count) override {
        return bus_->read(unit, static_cast<modbus::Table>(table), address, count);
    }
    Result<Done> write(int unit, energy::register_map::Table table, int address, const std::vector<std::uint16_t>& values) override {
        return bus_->write(unit, static_cast<modbus::Table>(table), address, values);
    }

private:
    std::unique_ptr<modbus::Bus> bus_;
};

Result<mqtt::Settings> broker_settings(const FieldSettings& given) {
    mqtt::Settings settings{.client = given.mqtt_client,
        .user = given.mqtt_user,
        .tls = given.mqtt_tls,
        .authorities_file = given.mqtt_authorities,
        .certificate_file = given.mqtt_certificate,
        .key_file = given.mqtt_key};
    const std::size_t colon = given.mqtt_broker.rfind(':');
    settings.host = given.mqtt_broker.substr(0, colon);
    settings.port = given.mqtt_tls ? 8883 : 1883;
    if (colon != std::string::npos) {
        const std::string port = given.mqtt_broker.substr(colon + 1);
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), settings.port);
        if (error != std::errc{} || end != port.data() + port.size() || settings.port == 0 || settings.host.empty())
            return Error{Failure::invalid, "field.broker_address", "{address} is no address of a broker; write host:port.", {{"address", given.mqtt_broker}}};
    }
    settings.password = given.mqtt_password;
    if (!given.mqtt_password_file.empty()) {
        std::ifstream file(given.mqtt_password_file);
        if (!std::getline(file, settings.password))
            return Error{
                Failure::invalid, "field.password_file", "The password for the broker cannot be read from {path}.", {{"path", given.mqtt_password_file}}};
    }
    return settings;
}

/// Names must be listed as they are; addresses lie in a listed block.
bool allowed(const std::vector<std::string>& list, const std::string& host) {
    const auto address = http::parse_address(host);
    for (const std::string& one : list) {
        if (one == host) return true;
        const auto network = address ? http::parse_network(one) : std::nullopt;
        if (network && network->contains(*address)) return true;
    }
    return false;
}

class RunningEdges : public FieldEdges {
public:
    RunningEdges(energy::Field& field, Store& store, FieldSettings settings) : field_(field), store_(store), settings_(std::move(settings)) {}
    ~RunningEdges() override {
        ticker_.reset();
        leave();
        charge_points_.reset();
    }

    Result<Done> start() {
        if (!settings_.mqtt_broker.empty()) broker_ = TRY(broker_settings(settings_));
        for (const std::string& one : settings_.modbus_allowed)
            if (one.find('/') != std::string::npos && !http::parse_network(one))
                return Error{Failure::invalid, "field.network", "{network} is no block of addresses such as 10.0.8.0/24.", {{"network", one}}};
        if (settings_.ocpp_port >= 0) {
            ocpp::Settings listening;
            listening.address = settings_.ocpp_address;
            listening.port = static_cast<std::uint16_t>(settings_.ocpp_port);
            charge_points_ = TRY(ocpp::serve(listening, charge_point_handler()));
        }
        ticker_ = std::make_unique<Ticker>(seconds(1), [this] { tick(); });
        return Done{};
    }
    std::uint16_t ocpp_port() const override { return charge_points_ ? charge_points_->port() : 0; }

private:
    ocpp::Handler charge_point_handler() {
        energy::Charging& charging = field_.charging;
        return {.admit = [&charging](const ocpp::Peer& peer) { return charging.admit(peer.name, peer.user, peer.password); },
            .opened =
                [this, &charging](const ocpp::Peer& peer, std::shared_ptr<ocpp::Link> link) {
                    const auto wrapped = std::make_shared<LinkOfServer>(link);
                    links_[link.get()] = wrapped; // the handler's calls come one after the other
                    charging.opened(peer.name, wrapped);
                },
            .received =
                [this, &charging](const std::shared_ptr<ocpp::Link>& link, std::string text) {
                    if (const auto found = links_.find(link.get()); found != links_.end()) charging.received(found->second.get(), text);
                },
            .closed =
                [this, &charging](const std::shared_ptr<ocpp::Link>& link) {
                    const auto found = links_.find(link.get());
                    if (found == links_.end()) return;
                    charging.closed(found->second.get());
                    links_.erase(found);
                }};
    }

    void tick() {
        field_.tick();
        if (!broker_ && settings_.modbus_allowed.empty()) return;
        if (lease_ && !lease_->held()) {
            log(Level::warning, "field_leave", "another server may have taken over the broker and the buses");
            leave();
        }
        if (!lease_ && ticks_ % 5 == 0) enter();
        if (lease_ && ticks_ % 5 == 0)
            if (const auto done = field_.refresh(); !done) log(Level::warning, "field_refresh", fill_in(done.error().message, done.error().parameters));
        ++ticks_;
    }

    void enter() {
        auto lease = store_.try_lock("field");
        if (!lease || !lease.value()) return;
        lease_ = std::move(lease).value();
        if (!settings_.modbus_allowed.empty())
            field_.start_polling(
                [](const std::string& host, int port, int timeout) -> std::unique_ptr<energy::RegisterBus> {
                    return std::make_unique<BusOfModbus>(
                        modbus::open({.host = host, .port = static_cast<std::uint16_t>(port), .timeout_milliseconds = timeout}));
                },
                [list = settings_.modbus_allowed](const std::string& host) { return allowed(list, host); });
        if (broker_) connect();
    }

    void connect() {
        mqtt::Settings settings = *broker_;
        for (const auto& [filter, quality] : energy::MessageIntake::subscriptions()) settings.subscriptions.push_back({filter, quality});
        const auto as_message = [](energy::FieldMessage one) { return mqtt::Message{std::move(one.topic), std::move(one.payload), one.quality, one.retained}; };
        std::vector<mqtt::Message> greeting;
        for (energy::FieldMessage& one : field_.messages.greeting(clock_now())) greeting.push_back(as_message(std::move(one)));
        settings.will = as_message(field_.messages.will(clock_now()));
        client_ = mqtt::connect(
            settings,
            [&messages = field_.messages](std::vector<mqtt::Message> came, std::function<void(bool)> kept) {
                std::vector<energy::FieldMessage> all;
                all.reserve(came.size());
                for (mqtt::Message& one : came) all.push_back({std::move(one.topic), std::move(one.payload), one.quality, one.retained});
                messages.take(all, clock_now(), std::move(kept));
            },
            [greeting] { return greeting; });
        const std::weak_ptr<mqtt::Client> weak = client_;
        field_.messages.speak_through([weak, as_message](energy::FieldMessage message) {
            const auto client = weak.lock();
            return client && client->publish(as_message(std::move(message)));
        });
        field_.broker = [weak, address = settings_.mqtt_broker] {
            const auto client = weak.lock();
            if (!client) return energy::BrokerState{.address = address, .reason = "another server of the bank is connected"};
            const mqtt::State state = client->state();
            return energy::BrokerState{
                state.connected, address, state.reason, state.connections, state.received, state.acknowledged, state.repeated, state.published, state.dropped};
        };
    }

    void leave() {
        field_.messages.speak_through({});
        client_.reset();
        field_.stop_polling();
        lease_.reset();
    }

    energy::Field& field_;
    Store& store_;
    const FieldSettings settings_;
    std::optional<mqtt::Settings> broker_;
    std::unique_ptr<Lease> lease_;
    std::shared_ptr<mqtt::Client> client_;
    std::map<const ocpp::Link*, std::shared_ptr<LinkOfServer>> links_;
    std::unique_ptr<ocpp::Server> charge_points_;
    std::int64_t ticks_ = 0;
    std::unique_ptr<Ticker> ticker_;
};

} // namespace

Result<std::unique_ptr<FieldEdges>> FieldEdges::start(energy::Field& field, Store& store, const FieldSettings& settings) {
    auto edges = std::make_unique<RunningEdges>(field, store, settings);
    TRY(edges->start());
    return std::unique_ptr<FieldEdges>(std::move(edges));
}

} // namespace greenbank::app
