// field_test.cpp — the program with a broker, a Modbus slave and a charge point beside it: points arrive, nothing acknowledged is lost.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <mutex>

#include "cast.h"
#include "kernel/text.h"
#include "mqtt/mosquitto_under_test.h"

namespace greenbank::testing {

namespace {

bool until(const std::function<bool()>& true_now, int seconds = 20) {
    for (int i = 0; i < seconds * 20; ++i) {
        if (true_now()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return true_now();
}

std::unique_ptr<mqtt::Client> device_client(
    std::uint16_t port, const std::string& name, std::vector<mqtt::Subscription> subscriptions = {}, std::function<void(const mqtt::Message&)> hear = {}) {
    mqtt::Settings settings;
    settings.port = port;
    settings.client = name;
    settings.subscriptions = std::move(subscriptions);
    return mqtt::connect(settings, [hear](std::vector<mqtt::Message> messages, std::function<void(bool)> kept) {
        if (hear)
            for (const mqtt::Message& one : messages) hear(one);
        kept(true);
    });
}

struct Device {
    std::string id, credential;
};
Device add_device(Visitor& manager, const std::string& site, const std::string& template_code, const std::string& serial) {
    const Answer made =
        manager.post("/devices", fmt::format(R"({{"site":"{}","template":"{}","name":{{"en":"{}"}},"serial":"{}"}})", site, template_code, serial, serial));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    return {made.at("/device/id"), made.at("/credential")};
}

std::int64_t taken(Visitor& visitor, const Device& device) { return visitor.get("/devices/" + device.id + "/traffic").number("/taken"); }

/// Enough of a WebSocket client to be a charge point: texts below 64 KiB.
class ChargePoint {
public:
    ChargePoint(std::uint16_t port, const std::string& identity, const std::string& password) {
        handle_ = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        REQUIRE(connect(handle_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        std::string coded = to_base64url(identity + ":" + password);
        for (char& c : coded) c = c == '-' ? '+' : c == '_' ? '/' : c;
        send_all(fmt::format("GET /ocpp/{} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ocpp1.6\r\nAuthorization: Basic {}\r\n\r\n",
            identity, coded));
        for (char c = 0; head.find("\r\n\r\n") == std::string::npos && recv(handle_, &c, 1, 0) == 1;) head += c;
    }
    ~ChargePoint() { close(handle_); }
    bool is_in() const { return head.starts_with("HTTP/1.1 101"); }
    void say(const std::string& text) {
        std::string frame = "\x81";
        if (text.size() < 126) frame += static_cast<char>(0x80 | text.size());
        else (frame += static_cast<char>(0x80 | 126)) += {static_cast<char>(text.size() >> 8), static_cast<char>(text.size())};
        send_all(frame + std::string(4, '\0') + text); // a mask of zeros
    }
    std::string hear() {
        while (true) {
            const std::string start = take(2);
            if (start.size() < 2) return "closed";
            std::size_t size = static_cast<unsigned char>(start[1]) & 0x7F;
            if (size == 126) {
                const std::string more = take(2);
                size = static_cast<std::size_t>(static_cast<unsigned char>(more[0])) << 8 | static_cast<unsigned char>(more[1]);
            }
            const std::string text = take(size);
            if ((start[0] & 0x0F) == 1) return text;
        }
    }
    std::string head;

private:
    void send_all(const std::string& bytes) { REQUIRE(::send(handle_, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size())); }
    std::string take(std::size_t size) {
        std::string bytes(size, '\0');
        return recv(handle_, bytes.data(), size, MSG_WAITALL) == static_cast<ssize_t>(size) ? bytes : std::string();
    }
    int handle_ = -1;
};

/// A Modbus slave over TCP: 64 holding registers that are read and written.
class Slave {
public:
    Slave() {
        listener_ = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(listen(listener_, 4) == 0);
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port = ntohs(address.sin_port);
        thread_ = std::thread([this] {
            for (int client; (client = ::accept(listener_, nullptr, nullptr)) >= 0; close(client)) serve(client);
        });
    }
    /// After the bank: it ends the connections.
    ~Slave() {
        shutdown(listener_, SHUT_RDWR);
        thread_.join();
        close(listener_);
    }
    std::uint16_t port = 0;
    std::array<std::atomic<std::uint16_t>, 64> registers{};

private:
    void serve(int client) {
        std::array<unsigned char, 300> bytes{};
        const auto word = [&](std::size_t at) { return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]); };
        const auto take = [&](std::size_t at, std::size_t size) { return recv(client, &bytes[at], size, MSG_WAITALL) == static_cast<ssize_t>(size); };
        while (take(0, 8) && word(4) >= 6 && word(4) < 280 && take(8, word(4) - std::size_t{2})) {
            const unsigned char function = bytes[7];
            const std::size_t address = word(8), count = word(10);
            std::string answer(reinterpret_cast<const char*>(&bytes[7]), 5); // writing is answered by its place
            if (function == 3 && address + count <= registers.size()) {
                answer = {static_cast<char>(function), static_cast<char>(count * 2)};
                for (std::size_t i = address; i < address + count; ++i)
                    answer += {static_cast<char>(registers[i] >> 8), static_cast<char>(registers[i] & 0xFF)};
            } else if (function == 6 && address < registers.size()) registers[address] = word(10);
            else if (function == 16 && address + count <= registers.size())
                for (std::size_t i = 0; i < count; ++i) registers[address + i] = word(13 + 2 * i);
            else answer = {static_cast<char>(function | 0x80), 2};
            std::string frame(reinterpret_cast<const char*>(bytes.data()), 4);
            frame += {static_cast<char>(0), static_cast<char>(answer.size() + 1), static_cast<char>(bytes[6])};
            frame += answer;
            if (send(client, frame.data(), frame.size(), MSG_NOSIGNAL) < 0) return;
        }
    }
    int listener_ = -1;
    std::thread thread_;
};

/// Orders a value and waits until the order has ended: its state then.
std::string ordered(Visitor& manager, const std::string& set_point, double target) {
    const Answer order = manager.post("/plant-commands", fmt::format(R"({{"set_point":"{}","target":{}}})", set_point, target));
    REQUIRE_MESSAGE(order.status == 201, order.body);
    const std::string path = "/plant-commands/" + order.at("/id");
    std::string state;
    until([&] { return (state = manager.get(path).at("/state")) == "confirmed" || state == "failed"; }, 30);
    return state;
}
std::string set_point_of(Visitor& manager, const Device& device, const std::string& key) {
    return create(
        manager, "/set-points", fmt::format(R"({{"device":"{}","key":"{}","name":{{"en":"A limit"}},"unit":"kW","least":0,"greatest":500}})", device.id, key));
}

struct Scene {
    mqtt::MosquittoUnderTest broker;
    std::uint16_t ocpp_port = mqtt::free_port();
    Cast all{{"--mqtt-broker", fmt::format("127.0.0.1:{}", broker.port), "--ocpp-port", std::to_string(ocpp_port)}};
    std::string site = create(all.manager, "/sites", R"({"name":{"en":"A field"},"about":{},"kind":"energy","country":"CN","place":{}})");
};

} // namespace

TEST_CASE("what devices publish is kept, and what is wrong is counted and harms no other") {
    Scene scene;
    Visitor& manager = scene.all.manager;
    const Device meter = add_device(manager, scene.site, "electricity_meter", "m1"), gateway = add_device(manager, scene.site, "other", "gate"),
                 behind = add_device(manager, scene.site, "electricity_meter", "m2");
    CHECK(until([&] { return scene.all.officer.get("/field/state").at("/broker/connected") == "true"; }));
    auto client = device_client(scene.broker.port, "devices");
    client->publish({"v1/devices/" + meter.credential + "/telemetry", R"({"power":5.5,"nothing":1})"});
    client->publish({meter.credential + "/v1/devices/me/telemetry", R"({"ts":1790000000000,"values":{"power":6}})"});
    client->publish({"v1/gateway/" + gateway.credential + "/telemetry", R"({"m2":[{"power":7}],"m9":[{"power":7}]})"});
    client->publish({"v1/devices/gbd_wrong/telemetry", R"({"power":5})"});
    client->publish({"v1/devices/me/telemetry", R"({"power":5})"});
    client->publish({"v1/devices/" + meter.credential + "/telemetry", "{"});
    CHECK(until([&] { return taken(manager, meter) == 2 && taken(manager, behind) == 1; }));
    const Answer state = scene.all.officer.get("/field/state");
    CHECK(state.number("/broker/acknowledged") >= 6);
    const std::vector<std::string> reasons = state.all("/refusals", "/reason");
    for (const auto reason : {"mqtt.credential", "mqtt.nobody", "mqtt.json", "gateway.device_unknown", "point.channel_unknown"})
        CHECK_MESSAGE(std::find(reasons.begin(), reasons.end(), reason) != reasons.end(), reason);
    CHECK(state.body.find(meter.credential) == std::string::npos);
    CHECK(manager.get("/field/state").size("/refusals") == 0); // others' devices are none of its business
    CHECK(manager.get("/field/state").size("/devices") == 2);

    // A revoked credential is refused; no other device is harmed.
    CHECK(manager.post("/devices/" + meter.id + "/credential/revoke").status < 300);
    client->publish({"v1/devices/" + meter.credential + "/telemetry", R"({"power":9})"});
    client->publish({"v1/gateway/" + gateway.credential + "/telemetry", R"({"m2":[{"ts":1790000001000,"values":{"power":8}}]})"});
    CHECK(until([&] { return taken(manager, behind) == 2; }));
    CHECK(taken(manager, meter) == 2);
}

TEST_CASE("a bank that is killed and a broker that restarts lose no message of quality 1") {
    const TemporaryFolder folder;
    mqtt::MosquittoUnderTest broker;
    const std::vector<std::string> flags{"--mqtt-broker", fmt::format("127.0.0.1:{}", broker.port)};
    std::string cookie, channel;
    Device meter;
    auto client = device_client(broker.port, "devices");
    constexpr std::int64_t begin = 1'780'000'000'000;
    std::int64_t sent = 0;
    for (int round = 0; round < 4; ++round) {
        BankProcess bank(folder.path(), flags);
        Visitor administrator(bank.address());
        if (round == 0) {
            become_administrator(administrator, bank);
            cookie = administrator.cookie;
            const std::string site = create(administrator, "/sites", R"({"name":{"en":"A field"},"about":{},"kind":"energy","country":"CN","place":{}})");
            meter = add_device(administrator, site, "electricity_meter", "m1");
            const Answer channels = administrator.get("/channels?device=" + meter.id + "&limit=100");
            for (std::size_t i = 0; i < channels.size("/items"); ++i)
                if (channels.at(fmt::format("/items/{}/key", i)) == "power") channel = channels.at(fmt::format("/items/{}/id", i));
        }
        administrator.cookie = cookie;
        REQUIRE(until([&] { return administrator.get("/field/state").at("/broker/connected") == "true"; }));
        for (int i = 0; i < 500; ++i, ++sent)
            client->publish(
                {"v1/devices/" + meter.credential + "/telemetry", fmt::format(R"({{"ts":{},"values":{{"power":{}}}}})", begin + sent * 1000, sent)});
        std::this_thread::sleep_for(std::chrono::milliseconds(20 + 40 * round));
        if (round == 2) broker.restart();
        bank.kill();
    }
    CHECK(until([&] { return client->state().published == sent; }));
    BankProcess again(folder.path(), flags);
    Visitor administrator(again.address());
    administrator.cookie = cookie;
    std::size_t stored = 0;
    until([&] {
        stored = administrator.get("/channels/" + channel + "/points?limit=50000&from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z").size("/at");
        return stored == static_cast<std::size_t>(sent);
    });
    CHECK(stored == static_cast<std::size_t>(sent));
}

TEST_CASE("an order goes to its device through the broker, is confirmed by its word, and is known to have failed by it too") {
    Scene scene;
    Visitor& manager = scene.all.manager;
    const Device controller = add_device(manager, scene.site, "island_controller", "c1");
    const std::string point = set_point_of(manager, controller, "battery_limit_power");
    std::atomic<bool> willing = true;
    std::mutex mutex;
    std::vector<std::string> heard;
    std::shared_ptr<mqtt::Client> client;
    client = device_client(scene.broker.port, "controller", {{"v1/devices/" + controller.credential + "/rpc/request/+", 1}}, [&](const mqtt::Message& message) {
        const std::lock_guard lock(mutex);
        heard.push_back(message.payload);
        const std::string number = message.topic.substr(message.topic.rfind('/') + 1);
        client->publish(
            {"v1/devices/" + controller.credential + "/rpc/response/" + number, willing ? R"({"success":true})" : R"({"success":false,"error":"hot"})"});
    });
    CHECK(until([&] { return scene.all.officer.get("/field/state").at("/broker/connected") == "true" && client->state().connected; }));
    client->publish({"v1/devices/" + controller.credential + "/telemetry", R"({"load_power":100})"}); // now it is known where it is heard
    REQUIRE(until([&] { return taken(manager, controller) == 1; }));
    CHECK(ordered(manager, point, 200) == "confirmed");
    CHECK(manager.get("/set-points/" + point).number("/value") == 200);
    {
        const std::lock_guard lock(mutex);
        REQUIRE(heard.size() == 1);
        CHECK(heard[0] == R"({"method":"set","params":{"channel":"battery_limit_power","value":200}})");
    }
    willing = false;
    CHECK(ordered(manager, point, 300) == "failed");
    CHECK(manager.get("/set-points/" + point).number("/value") == 200); // what it confirmed last
    CHECK(manager.post("/plant-commands", fmt::format(R"({{"set_point":"{}","target":501}})", point)).status == 422);
}

TEST_CASE("an order goes into a register of its device, and what the register says comes back as points") {
    Slave slave;
    slave.registers[10] = 425;
    TemporaryFolder folder;
    Cast all{{"--settings", folder.write("bank.toml", "[modbus]\nallowed = [\"127.0.0.1\"]\n")}};
    Visitor& manager = all.manager;
    const std::string site = create(manager, "/sites", R"({"name":{"en":"A field"},"about":{},"kind":"energy","country":"CN","place":{}})");
    const Device meter = add_device(manager, site, "electricity_meter", "m1");
    create(all.officer, "/field-connections",
        fmt::format(
            R"({{"device":"{}","protocol":"modbus","address":"127.0.0.1:{}","every_seconds":1,"registers":[{{"channel":"power","address":10,"scale":0.1}},{{"channel":"limit_power","address":20,"writable":true}}]}})",
            meter.id, slave.port));
    REQUIRE(until([&] { return taken(manager, meter) >= 1; }, 40));
    const std::string point = set_point_of(manager, meter, "limit_power");
    CHECK(ordered(manager, point, 120) == "confirmed");
    CHECK(slave.registers[20] == 120);
    CHECK(manager.get("/set-points/" + point).number("/value") == 120);
    const std::string missing = set_point_of(manager, meter, "power"); // no register of it is writable
    CHECK(ordered(manager, missing, 1) == "failed");
    CHECK(slave.registers[10] == 425);
}

TEST_CASE("a charge point boots, charges, is started from the page and stops") {
    Scene scene;
    Visitor& manager = scene.all.manager;
    const Device pole = add_device(manager, scene.site, "ev_charger", "pole");
    const std::string charger = "/chargers/" + create(manager, "/chargers", fmt::format(R"({{"device":"{}","identity":"CP-1"}})", pole.id));
    create(manager, "/charging-tags", R"({"tag":"GOOD"})");
    CHECK_FALSE(ChargePoint(scene.ocpp_port, "CP-1", "wrong").is_in());
    CHECK_FALSE(ChargePoint(scene.ocpp_port, "CP-2", pole.credential).is_in());
    ChargePoint point(scene.ocpp_port, "CP-1", pole.credential);
    REQUIRE(point.is_in());
    point.say(R"([2,"1","BootNotification",{"chargePointVendor":"Sample","chargePointModel":"One"}])");
    CHECK(point.hear().find("\"Accepted\"") != std::string::npos);
    CHECK(manager.get(charger).at("/charger/connected") == "true");
    const Answer asked = manager.post(charger + "/start", R"({"connector":1,"tag":"GOOD"})");
    REQUIRE_MESSAGE(asked.status == 202, asked.body);
    const std::string call = point.hear();
    REQUIRE(call.find("\"RemoteStartTransaction\"") != std::string::npos);
    const std::string id = call.substr(4, call.find('"', 4) - 4);
    point.say("[3,\"" + id + "\",{\"status\":\"Accepted\"}]");
    point.say(R"([2,"2","StartTransaction",{"connectorId":1,"idTag":"GOOD","meterStart":0,"timestamp":"2026-09-21T14:13:00Z"}])");
    CHECK(point.hear().find("\"transactionId\":1") != std::string::npos);
    CHECK(until([&] { return manager.get(charger).at("/requests/0/state") == "accepted"; }));
    point.say(R"([2,"3","StopTransaction",{"meterStop":7000,"timestamp":"2026-09-21T15:13:00Z","transactionId":1}])");
    CHECK(point.hear() == R"([3,"3",{}])");
    CHECK(manager.get(charger).number("/sessions/0/energy_wh") == 7000);
    CHECK(manager.post(charger + "/stop", R"({"session_number":1})").status == 409);
    CHECK(manager.post(charger + "/profile", R"({"connector":1,"periods":[{"start_seconds":60,"limit":1}]})").code() == "body.invalid");
    CHECK(scene.all.other_manager.get(charger).status == 404);
    CHECK(scene.all.other_manager.post(charger + "/start", R"({"connector":1,"tag":"GOOD"})").status == 404);
}

TEST_CASE("connections are entered by the bank's staff, and contradict nothing") {
    Scene scene;
    const Device meter = add_device(scene.all.manager, scene.site, "electricity_meter", "m1");
    const auto body = [&](const std::string& address, const std::string& more) {
        return fmt::format(
            R"({{"device":"{}","protocol":"modbus","address":"{}","registers":[{{"channel":"power","address":0{}}}]}})", meter.id, address, more);
    };
    Visitor& officer = scene.all.officer;
    CHECK(scene.all.manager.post("/field-connections", body("10.0.0.1:502", "")).status == 403);
    CHECK(officer.post("/field-connections", body("10.0.0.1", "")).faulty_fields() == std::vector<std::string>{"address"});
    CHECK(officer.post("/field-connections", body("10.0.0.1:502", R"(,"scale":0)")).faulty_fields() == std::vector<std::string>{"registers[0]"});
    const std::string id = create(officer, "/field-connections", body("10.0.0.1:502", ""));
    CHECK(officer.post("/field-connections", body("10.0.0.1:502", "")).code() == "field.address_taken");
    CHECK(scene.all.manager.get("/field-connections/" + id).status == 200);
    CHECK(scene.all.other_manager.get("/field-connections/" + id).status == 404);
    CHECK(officer.remove("/field-connections/" + id).status == 204);
}

} // namespace greenbank::testing
