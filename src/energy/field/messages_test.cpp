// messages_test.cpp — what devices, gateways and edge nodes say through a broker becomes points, beside what is refused and why.
#include "energy/field/messages.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "energy/field/plant_under_test.h"

namespace greenbank::energy {

namespace {

/// Takes a batch and waits for the answer.
bool take(MessageIntake& messages, const std::vector<FieldMessage>& batch, Time now) {
    std::atomic<int> answer = -1;
    messages.take(batch, now, [&](bool kept) { answer = kept; });
    for (int i = 0; i < 4000 && answer < 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    REQUIRE(answer >= 0);
    return answer == 1;
}

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
        // Its channel is in kW: what comes in W is converted, what is no power is refused and counted, and harms nobody else.
        sparkplug::Metric in_watts = flow, in_litres = flow;
        in_watts.name = in_litres.name = "flow"; // says its unit, so it says its name
        in_watts.unit = "W";
        in_watts.value = 2500.0;
        in_litres.unit = "L/s";
        load.value = 6.0;
        CHECK(take(messages, {{"spBv1.0/island/DDATA/gate/pump", payload(4, {in_watts})}}, noon + seconds(3)));
        CHECK(take(
            messages, {{"spBv1.0/island/DDATA/gate/pump", payload(5, {in_litres})}, {"spBv1.0/island/NDATA/gate", payload(6, {load})}}, noon + seconds(4)));
        CHECK(plant.refusals.count_of("sparkplug.unit_of_another_kind") == 1);
        plant.write([&](Transaction& transaction) -> Result<Done> {
            const ArchiveView view = TRY(plant.intake->archive().view(transaction));
            const auto pumped = TRY(view.newest(series_of(2, SeriesKind::values))), loaded = TRY(view.newest(series_of(1, SeriesKind::values)));
            CHECK(pumped.value().second == 2.5);
            CHECK(loaded.value().second == 6.0);
            return Done{};
        });
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

} // namespace greenbank::energy
