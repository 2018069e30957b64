// charging_test.cpp — charge points get in, what they say is kept before it is answered, they are asked.
#include "energy/field/charging.h"

#include "energy/field/plant_under_test.h"
#include "json/value_tree.h"

namespace greenbank::energy {

namespace {

struct LinkUnderTest : ChargerLink {
    std::vector<std::string> sent;
    bool closed = false;
    void send(std::string text) override { sent.push_back(std::move(text)); }
    void close() override { closed = true; }
};

} // namespace

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

} // namespace greenbank::energy
