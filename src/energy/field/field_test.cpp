// field_test.cpp — messages, registers and charge points become points and records: on each engine, beside what is refused and why.
#include "energy/field/charging.h"
#include "energy/field/messages.h"
#include "energy/field/polling.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>

#include "parties/secrets.h"
#include "store/store_under_test.h"
#include "json/value_tree.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile energy_migrations[];
extern const std::size_t energy_migrations_count;
} // namespace embedded

namespace energy {

namespace {

constexpr Time noon{1'790'000'000'000'000};

struct Plant {
    std::unique_ptr<Store> store;
    std::unique_ptr<Intake> intake;
    Refusals refusals;
    std::int64_t next_number = 1;
    Time now = noon;

    explicit Plant(const Database& database, IntakeSettings settings = {}) : store(database.open()) {
        std::vector<Migration> migrations;
        for (std::size_t i = 0; i < embedded::energy_migrations_count; ++i)
            migrations.push_back({"energy", embedded::energy_migrations[i].path, embedded::energy_migrations[i].bytes()});
        REQUIRE(failure_of(store->migrate(migrations)) == "");
        const Record* const records[] = {&record_of<FieldConnection>(), &record_of<DeviceAttribute>(), &record_of<Charger>(), &record_of<ChargerConnector>(),
            &record_of<ChargingSession>(), &record_of<ChargerRequest>(), &record_of<ChargingTag>()};
        REQUIRE(failure_of(check_tables(*store, records)) == "");
        intake = std::make_unique<Intake>(*store, settings);
    }
    void write(const Work& work) { REQUIRE(failure_of(store->write(work)) == ""); }
    template <class T> void insert(const T& record) {
        write([&](Transaction& transaction) { return transaction.insert(record); });
    }
    template <class T> std::vector<T> all(std::string_view where = {}, std::vector<Value> parameters = {}) {
        std::vector<T> found;
        REQUIRE(failure_of(store->read([&](Transaction& transaction) -> Result<Done> {
            found = TRY(transaction.find<T>(where, parameters));
            return Done{};
        })) == "");
        return found;
    }

    Id<Device> add_device(const std::string& serial, const std::vector<std::string>& keys, const std::string& site = "site_a") {
        Random random(static_cast<std::uint64_t>(next_number * 77));
        Device device{.id = make_id<Device>(now, random),
            .organisation = Id<Organisation>("org_a"),
            .site = Id<Site>(site),
            .name = {"", serial, ""},
            .serial = serial,
            .credential_hash = parties::token_hash("gbd_" + serial),
            .created_at = now,
            .updated_at = now};
        insert(device);
        for (const std::string& key : keys)
            insert(Channel{.id = make_id<Channel>(now, random),
                .number = next_number++,
                .organisation = device.organisation,
                .site = *device.site,
                .device = device.id,
                .key = key,
                .name = {"", key, ""},
                .unit = "kW",
                .created_at = now,
                .updated_at = now});
        return device.id;
    }
    void connect(const Id<Device>& device, FieldProtocol protocol, const std::string& address, std::vector<RegisterEntry> registers = {}) {
        Random random(static_cast<std::uint64_t>(next_number * 78));
        insert(FieldConnection{.id = make_id<FieldConnection>(now, random),
            .organisation = Id<Organisation>("org_a"),
            .device = device,
            .protocol = protocol,
            .address = address,
            .every_seconds = 1,
            .registers = std::move(registers),
            .created_at = now,
            .updated_at = now});
    }
    std::int64_t taken(const Id<Device>& device) { return intake->counts(device).taken; }
};

/// Takes a batch and waits for the answer.
bool take(MessageIntake& messages, const std::vector<FieldMessage>& batch, Time now) {
    std::atomic<int> answer = -1;
    messages.take(batch, now, [&](bool kept) { answer = kept; });
    for (int i = 0; i < 4000 && answer < 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    REQUIRE(answer >= 0);
    return answer == 1;
}

struct LinkUnderTest : ChargerLink {
    std::vector<std::string> sent;
    bool closed = false;
    void send(std::string text) override { sent.push_back(std::move(text)); }
    void close() override { closed = true; }
};

struct BusUnderTest : RegisterBus {
    std::map<int, std::uint16_t>& holding;
    std::atomic<bool>& silent;
    BusUnderTest(std::map<int, std::uint16_t>& registers, std::atomic<bool>& is_silent) : holding(registers), silent(is_silent) {}
    Result<std::vector<std::uint16_t>> read(int, register_map::Table, int address, int count) override {
        if (silent) return Error{Failure::unavailable, "modbus.silent", "silent"};
        std::vector<std::uint16_t> words;
        for (int i = 0; i < count; ++i) words.push_back(holding[address + i]);
        return words;
    }
    Result<Done> write(int, register_map::Table, int address, const std::vector<std::uint16_t>& words) override {
        for (std::size_t i = 0; i < words.size(); ++i) holding[address + static_cast<int>(i)] = words[i];
        return Done{};
    }
};

} // namespace

TEST_CASE("field: messages of devices become points, and what is wrong harms only itself") {
    on_each_engine([](const Database& database) {
        Plant plant(database);
        const Id<Device> meter = plant.add_device("meter", {"power", "energy"}), gateway = plant.add_device("gate", {"load"}),
                         pump = plant.add_device("pump", {"flow"}), elsewhere = plant.add_device("far", {"flow"}, "site_b");
        MessageIntake messages(*plant.intake, *plant.store, plant.refusals);
        const std::int64_t ms = noon.microseconds / 1000;
        CHECK(take(messages,
            {
                {"v1/devices/gbd_meter/telemetry", R"({"power":5,"energy":100.5})"},
                {"gbd_meter/v1/devices/me/telemetry", "{\"ts\":" + std::to_string(ms - 1000) + ",\"values\":{\"power\":4}}"},
                {"v1/devices/gbd_nobody/telemetry", R"({"power":5})"},
                {"v1/devices/me/telemetry", R"({"power":5})"},
                {"v1/devices/gbd_meter/telemetry", R"({"power":)"},
                {"v1/devices/gbd_meter/telemetry", R"({"power":"much","unknown":1})"},
                {"v1/devices/gbd_meter/telemetry", R"({"ts":1000,"values":{"power":4}})"},
                {"v1/gateway/gbd_gate/telemetry", R"({"pump":[{"flow":2}],"far":[{"flow":3}],"none":[{"flow":4}]})"},
                {"some/other/topic", "x"},
                {"v1/devices/gbd_meter/attributes", R"({"firmware":"1.2"})"},
            },
            noon));
        CHECK(plant.taken(meter) == 3);
        CHECK(plant.taken(pump) == 1);
        CHECK(plant.taken(elsewhere) == 0); // not at the gateway's site
        CHECK(plant.taken(gateway) == 0);
        CHECK(plant.refusals.count_of("mqtt.credential") == 1);
        CHECK(plant.refusals.count_of("mqtt.nobody") == 1);
        CHECK(plant.refusals.count_of("mqtt.json") == 1);
        CHECK(plant.refusals.count_of("message.not_a_number") == 1);
        CHECK(plant.refusals.count_of("point.channel_unknown") == 1);
        CHECK(plant.refusals.count_of("point.too_old") == 1);
        CHECK(plant.refusals.count_of("gateway.device_unknown") == 2);
        CHECK(plant.refusals.count_of("mqtt.topic") == 1);
        for (const auto& [reason, refusal] : plant.refusals.all()) CHECK(refusal.last.find("gbd_nobody") == std::string::npos); // no secret is shown
        const auto attributes = plant.all<DeviceAttribute>();
        REQUIRE(attributes.size() == 1);
        CHECK(attributes[0].value == "\"1.2\"");
        CHECK(take(messages, {{"v1/devices/gbd_meter/attributes", R"({"firmware":"1.3"})"}}, noon + seconds(1)));
        CHECK(plant.all<DeviceAttribute>()[0].value == "\"1.3\"");
    });
}

TEST_CASE("field: what cannot be kept now is not acknowledged") {
    on_each_engine([](const Database& database) {
        Plant plant(database, {.points_untold_max = 0});
        std::atomic<bool> stuck = true;
        plant.intake->observe([&](std::span<const TakenPoint>, Time) {
            while (stuck) std::this_thread::sleep_for(std::chrono::milliseconds(2));
        });
        const Id<Device> meter = plant.add_device("meter", {"power"});
        MessageIntake messages(*plant.intake, *plant.store, plant.refusals);
        const auto at = [](int second) {
            return std::vector<FieldMessage>{{"v1/devices/gbd_meter/telemetry", "{\"ts\":17899999" + std::to_string(second) + "000,\"values\":{\"power\":5}}"}};
        };
        CHECK(take(messages, at(10), noon));
        CHECK_FALSE(take(messages, at(11), noon)); // too much waits
        CHECK_FALSE(take(messages, at(11), noon));
        CHECK(plant.taken(meter) == 1);
        stuck = false;
        plant.intake->wait_until_told();
        CHECK(take(messages, at(11), noon));
        CHECK(plant.taken(meter) == 2);
        CHECK(plant.refusals.all().empty()); // it was not refused, it waited
    });
}

TEST_CASE("field: edge nodes speak for the devices they are connected to") {
    on_each_engine([](const Database& database) {
        Plant plant(database);
        const Id<Device> gateway = plant.add_device("gate", {"load"}), pump = plant.add_device("pump", {"flow"});
        plant.connect(gateway, FieldProtocol::sparkplug, "island/gate");
        MessageIntake messages(*plant.intake, *plant.store, plant.refusals);
        std::vector<FieldMessage> said;
        messages.speak_through([&](FieldMessage message) { return said.push_back(std::move(message)), true; });
        const auto payload = [](std::uint64_t sequence, std::vector<sparkplug::Metric> metrics) {
            return sparkplug::encode({static_cast<std::uint64_t>(noon.microseconds / 1000), sequence, std::move(metrics)});
        };
        sparkplug::Metric load, flow, birth;
        load.name = "load";
        load.alias = 1;
        load.type = sparkplug::DataType::real64;
        load.value = 5.0;
        flow = load;
        flow.name = "flow";
        flow.alias = 2;
        birth.name = "bdSeq";
        birth.value = std::uint64_t{0};
        CHECK(take(messages, {{"spBv1.0/island/NDATA/gate", payload(7, {load})}, {"spBv1.0/strange/NBIRTH/node", payload(0, {load})}}, noon));
        REQUIRE(said.size() == 1);
        CHECK(said[0].topic == "spBv1.0/island/NCMD/gate");
        CHECK(plant.refusals.count_of("sparkplug.node_unknown") == 1);
        CHECK(plant.refusals.count_of("sparkplug.before_birth") == 1);
        CHECK(take(messages, {{"spBv1.0/island/NBIRTH/gate", payload(0, {birth, load})}, {"spBv1.0/island/DBIRTH/gate/pump", payload(1, {flow})}}, noon));
        CHECK(plant.taken(gateway) == 1);
        CHECK(plant.taken(pump) == 1);
        CHECK(messages.nodes().size() == 1);
        CHECK(messages.nodes()[0].devices_alive == 1);
        bool told = false;
        CHECK(messages.command(pump, "flow", 7, noon, [&](bool done, const std::string&) { told = done; }));
        CHECK(said.back().topic == "spBv1.0/island/DCMD/gate/pump");
        CHECK(take(messages, {{"spBv1.0/island/DDATA/gate/pump", payload(2, {flow})}}, noon + seconds(1)));
        CHECK_FALSE(told); // it says another value
        flow.value = 7.0;
        CHECK(take(messages, {{"spBv1.0/island/DDATA/gate/pump", payload(3, {flow})}}, noon + seconds(2)));
        CHECK(told);
        CHECK(messages.greeting(noon)[0].topic == "spBv1.0/STATE/greenbank");
    });
}

TEST_CASE("field: a command goes where the device was heard, and its answer comes back or does not") {
    on_each_engine([](const Database& database) {
        Plant plant(database);
        const Id<Device> meter = plant.add_device("meter", {"power"});
        MessageIntake messages(*plant.intake, *plant.store, plant.refusals);
        std::vector<FieldMessage> said;
        std::string answer;
        const auto answered = [&](bool done, const std::string& what) { answer = (done ? "yes " : "no ") + what; };
        CHECK(messages.command(meter, "power", 5, noon, answered).error().code == "field.no_route");
        messages.speak_through([&](FieldMessage message) { return said.push_back(std::move(message)), true; });
        CHECK(take(messages, {{"v1/devices/gbd_meter/telemetry", R"({"power":5})"}}, noon));
        REQUIRE(messages.command(meter, "power", 7.5, noon, answered));
        CHECK(said.back().topic == "v1/devices/gbd_meter/rpc/request/1");
        CHECK(said.back().payload == R"({"method":"set","params":{"channel":"power","value":7.5}})");
        CHECK(take(messages, {{"v1/devices/gbd_meter/rpc/response/1", R"({"success":true})"}}, noon));
        CHECK(answer == R"(yes {"success":true})");
        REQUIRE(messages.command(meter, "power", 8, noon, answered));
        messages.tick(noon + seconds(11));
        CHECK(answer == "no no answer in time");
        CHECK(take(messages, {{"v1/devices/gbd_meter/rpc/response/2", R"({"success":true})"}}, noon));
        CHECK(plant.refusals.count_of("mqtt.answer_unasked") == 1);
    });
}

TEST_CASE("field: registers are read in turn, a silent device is waited for, a set point is written") {
    on_each_engine([](const Database& database) {
        Plant plant(database);
        const Id<Device> meter = plant.add_device("meter", {"power", "limit"});
        plant.connect(meter, FieldProtocol::modbus, "10.0.0.1:502",
            {{.channel = "power", .address = 10, .type = register_map::ValueType::int32, .scale = 0.1}, {.channel = "limit", .address = 20, .writable = true}});
        const Id<Device> other = plant.add_device("other", {"power"});
        plant.connect(other, FieldProtocol::modbus, "192.168.0.1:502", {{.channel = "power", .address = 10}});
        std::map<int, std::uint16_t> registers{{10, 0xFFFF}, {11, 0xFF9C}, {20, 7}};
        std::atomic<bool> silent = false;
        std::atomic<std::int64_t> clock = noon.microseconds;
        Polling polling(
            *plant.intake, *plant.store, plant.refusals, [&](const std::string&, int, int) { return std::make_unique<BusUnderTest>(registers, silent); },
            [](const std::string& host) { return host == "10.0.0.1"; }, [&] { return Time{clock}; }, 2);
        REQUIRE(failure_of(polling.refresh()) == "");
        const auto until = [](const std::function<bool()>& true_now) {
            for (int i = 0; i < 2000 && !true_now(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return true_now();
        };
        CHECK(until([&] { return plant.taken(meter) == 2; }));
        CHECK(plant.refusals.count_of("modbus.not_allowed") == 1);
        CHECK(plant.taken(other) == 0);
        const auto order = [&](const Id<Device>& device, std::string_view channel, double value) {
            const auto answer = std::make_shared<std::atomic<int>>(-1);
            polling.order(device, channel, value, [answer](bool done, const std::string&) { *answer = done; });
            until([&] { return *answer >= 0; });
            return *answer == 1;
        };
        CHECK(order(meter, "limit", 9));
        CHECK(registers[20] == 9);
        CHECK_FALSE(order(meter, "limit", 70'000)); // does not fit
        CHECK_FALSE(order(meter, "power", 1));      // not writable
        CHECK_FALSE(order(other, "power", 1));      // no connection
        silent = true;
        clock += 2'000'000;
        CHECK(until([&] { return plant.refusals.count_of("modbus.silent") >= 1; }));
        CHECK(until([&] {
            for (const PolledDevice& one : polling.states())
                if (one.address == "10.0.0.1:502" && one.reason == "silent") return true;
            return false;
        }));
        silent = false;
        clock += 10'000'000;
        CHECK(until([&] { return plant.taken(meter) == 4; }));
    });
}

TEST_CASE("field: readings of charge points find the channels of their template") {
    const auto of = [](std::int64_t connector, std::string measurand, std::string phase, double value) {
        return channel_value({.connector = connector, .measurand = std::move(measurand), .phase = std::move(phase), .value = value});
    };
    CHECK(of(1, "Energy.Active.Import.Register", "", 1500) == std::pair<std::string, double>("energy", 1.5));
    CHECK(of(0, "Power.Active.Import", "", 7000) == std::pair<std::string, double>("power", 7.0));
    CHECK(of(2, "Current.Import", "L1", 16) == std::pair<std::string, double>("2.current.l1", 16.0));
    CHECK(of(1, "Frequency", "", 50) == std::pair<std::string, double>("frequency", 50.0));
}

TEST_CASE("field: a charge point gets in by its device's credential, and what it says is kept before it is answered") {
    on_each_engine([](const Database& database) {
        Plant plant(database);
        const Id<Device> device = plant.add_device("pole", {"energy"});
        plant.add_device("other", {});
        Charger charger{.id = Id<Charger>("charger_1"),
            .organisation = Id<Organisation>("org_a"),
            .device = device,
            .identity = "CP-1",
            .created_at = noon,
            .updated_at = noon};
        plant.insert(charger);
        plant.insert(
            ChargingTag{.id = Id<ChargingTag>("tag_1"), .organisation = Id<Organisation>("org_a"), .tag = "GOOD", .created_at = noon, .updated_at = noon});
        Charging charging(*plant.intake, *plant.store, plant.refusals, [&] { return plant.now; });
        CHECK(charging.admit("CP-1", "CP-1", "gbd_pole"));
        CHECK_FALSE(charging.admit("CP-1", "CP-1", "gbd_other"));
        CHECK_FALSE(charging.admit("CP-1", "CP-1", "wrong"));
        CHECK_FALSE(charging.admit("CP-1", "CP-1", ""));
        CHECK_FALSE(charging.admit("CP-2", "CP-2", "gbd_pole"));

        auto link = std::make_shared<LinkUnderTest>();
        charging.opened("CP-1", link);
        CHECK(charging.connected() == 1);
        charging.received(link.get(), R"([2,"1","BootNotification",{"chargePointVendor":"Sample","chargePointModel":"One"}])");
        charging.received(link.get(), R"([2,"2","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Charging"}])");
        charging.received(link.get(), R"([2,"3","StartTransaction",{"connectorId":1,"idTag":"GOOD","meterStart":1000,"timestamp":"2026-09-21T14:13:00Z"}])");
        REQUIRE(link->sent.size() == 3);
        CHECK(link->sent[2] == R"([3,"3",{"transactionId":1,"idTagInfo":{"status":"Accepted"}}])");
        charging.received(link.get(),
            R"([2,"4","MeterValues",{"connectorId":1,"transactionId":1,"meterValue":[{"timestamp":"2026-09-21T14:13:10Z","sampledValue":[{"value":"1500"}]}]}])");
        CHECK(plant.taken(device) == 1);
        CHECK(plant.all<Charger>()[0].model == "One");
        CHECK(plant.all<ChargerConnector>()[0].status == "Charging");

        // The connection is lost and it says the same again under another id; then it stops.
        charging.closed(link.get());
        CHECK_FALSE(plant.all<Charger>()[0].connected);
        link = std::make_shared<LinkUnderTest>();
        charging.opened("CP-1", link);
        charging.received(link.get(), R"([2,"9","StartTransaction",{"connectorId":1,"idTag":"GOOD","meterStart":1000,"timestamp":"2026-09-21T14:13:00Z"}])");
        CHECK(link->sent.back() == R"([3,"9",{"transactionId":1,"idTagInfo":{"status":"Accepted"}}])");
        charging.received(link.get(), R"([2,"10","StopTransaction",{"meterStop":9000,"timestamp":"2026-09-21T15:00:00Z","transactionId":1}])");
        const auto sessions = plant.all<ChargingSession>();
        REQUIRE(sessions.size() == 1);
        CHECK(sessions[0].energy_wh == 8000);
        charging.received(link.get(), "nonsense");
        charging.received(link.get(), R"([2,"11","Fly",{}])");
        CHECK(plant.refusals.count_of("ocpp.json") == 1);
        CHECK(plant.refusals.count_of("ocpp.NotImplemented") == 1);

        // It is asked to start, and to stop what it does not know.
        const auto ask = [&](std::string id, ChargerAction action) {
            ChargerRequest request{.id = Id<ChargerRequest>(id),
                .charger = charger.id,
                .organisation = charger.organisation,
                .action = action,
                .connector = 1,
                .session_number = 1,
                .tag = "GOOD",
                .asked_at = plant.now};
            plant.insert(request);
        };
        ask("chargerrequest_1", ChargerAction::start);
        charging.tick();
        const ValueTree call = read_value_tree(link->sent.back()).value();
        CHECK(call.items[2].plain == "\"RemoteStartTransaction\"");
        charging.received(link.get(), "[3," + call.items[1].plain + ",{\"status\":\"Accepted\"}]");
        ask("chargerrequest_2", ChargerAction::stop);
        charging.tick();
        plant.now = plant.now + seconds(31);
        charging.tick();
        const auto requests = plant.all<ChargerRequest>("1 = 1 ORDER BY id");
        CHECK(requests[0].state == ChargerRequestState::accepted);
        CHECK(requests[1].state == ChargerRequestState::failed);
        CHECK(requests[1].answer == "no answer in time");
        charging.closed(link.get());
        ask("chargerrequest_3", ChargerAction::stop);
        plant.now = plant.now + minutes(5);
        charging.tick();
        CHECK(plant.all<ChargerRequest>("id = $1", {std::string("chargerrequest_3")})[0].state == ChargerRequestState::failed);
    });
}

} // namespace energy
} // namespace greenbank
