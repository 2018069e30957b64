// charge_point_test.cpp — OCPP 1.6-J from the central system's side: calls, their errors, repeats, offline transactions, what is asked.
#include <doctest/doctest.h>

#include "energy/engine/charge_point/charge_point.h"
#include "energy/engine/values.h"
#include "kernel/random.h"
#include "json/value_tree.h"

namespace greenbank::energy::charge_point {

namespace {

const Time noon{1'767'268'800'000'000}; // 2026-01-01T12:00:00Z

ValueTree json(std::string_view text) { return read_value_tree(text).value(); }

struct Station {
    ChargePoint point;
    Context context{.now = noon, .next_transaction = 41, .tag = [](std::string_view tag) {
                        return tag == "GOOD" || tag == "OTHER" ? TagStatus::accepted : tag == "BLOCKED" ? TagStatus::blocked : TagStatus::invalid;
                    }};
    std::vector<Event> events;

    std::string take(const Reaction& reaction) {
        std::string sent;
        for (const ValueTree& frame : reaction.frames) sent += (sent.empty() ? "" : " ") + to_json(frame);
        for (const Event& event : reaction.events) {
            events.push_back(event);
            if (event.kind == Event::Kind::started) context.next_transaction = std::max(context.next_transaction, event.transaction.number + 1);
        }
        return sent;
    }
    std::string say(std::string_view frame) { return take(point.receive(json(frame), context)); }
    /// The reason why a call was refused; empty where it was answered.
    std::string refusal(std::string_view action, std::string_view body) {
        const Frame frame = read_frame(json(say("[2,\"" + std::to_string(++said) + "\",\"" + std::string(action) + "\"," + std::string(body) + "]")));
        const auto* error = std::get_if<CallError>(&frame);
        return error ? error->code : "";
    }
    int said = 0;
};

} // namespace

TEST_CASE("ocpp: a charge point boots, says how it is and beats") {
    Station station;
    CHECK(station.say(R"([2,"1","BootNotification",{"chargePointVendor":"Sample","chargePointModel":"One","firmwareVersion":"1.0"}])") ==
          R"([3,"1",{"status":"Accepted","currentTime":"2026-01-01T12:00:00Z","interval":300}])");
    REQUIRE(station.events.size() == 1);
    CHECK(station.events[0].kind == Event::Kind::booted);
    CHECK(station.events[0].model == "One");
    CHECK(station.say(R"([2,"2","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available"}])") == R"([3,"2",{}])");
    CHECK(station.events[1].status == "Available");
    CHECK(station.say(R"([2,"3","Heartbeat",{}])") == R"([3,"3",{"currentTime":"2026-01-01T12:00:00Z"}])");
}

TEST_CASE("ocpp: a charging from card to bill") {
    Station station;
    CHECK(station.say(R"([2,"1","Authorize",{"idTag":"GOOD"}])") == R"([3,"1",{"idTagInfo":{"status":"Accepted"}}])");
    CHECK(station.say(R"([2,"2","Authorize",{"idTag":"BLOCKED"}])") == R"([3,"2",{"idTagInfo":{"status":"Blocked"}}])");
    CHECK(station.say(R"([2,"3","StartTransaction",{"connectorId":1,"idTag":"GOOD","meterStart":1000,"timestamp":"2026-01-01T11:59:00Z"}])") ==
          R"([3,"3",{"transactionId":41,"idTagInfo":{"status":"Accepted"}}])");
    CHECK(
        station.say(
            R"([2,"4","MeterValues",{"connectorId":1,"transactionId":41,"meterValue":[{"timestamp":"2026-01-01T12:05:00Z","sampledValue":[{"value":"1.5","unit":"kWh"},{"value":"7.2","measurand":"Power.Active.Import","unit":"kW","phase":"L1"}]}]}])") ==
        R"([3,"4",{}])");
    const auto& readings = station.events.back().readings;
    REQUIRE(readings.size() == 2);
    CHECK(readings[0] == MeterReading{1, 41, "Energy.Active.Import.Register", "", "", "Wh", *parse_time("2026-01-01T12:05:00Z"), 1500});
    CHECK(readings[1].unit == "W");
    CHECK(readings[1].value == 7200);
    CHECK(station.say(R"([2,"5","StopTransaction",{"idTag":"GOOD","meterStop":9000,"timestamp":"2026-01-01T13:00:00Z","transactionId":41}])") ==
          R"([3,"5",{"idTagInfo":{"status":"Accepted"}}])");
    CHECK(station.events.back().kind == Event::Kind::stopped);
    CHECK(station.events.back().transaction.meter_stop_wh == 9000);
    CHECK(station.events.back().transaction.reason == "Local");
}

TEST_CASE("ocpp: errors are called as the specification calls them") {
    Station station;
    CHECK(station.refusal("Fly", "{}") == "NotImplemented");
    CHECK(station.refusal("Authorize", "{}") == "OccurenceConstraintViolation");
    CHECK(station.refusal("Authorize", R"({"idTag":7})") == "TypeConstraintViolation");
    CHECK(station.refusal("Authorize", R"({"idTag":"123456789012345678901"})") == "PropertyConstraintViolation");
    CHECK(station.refusal("Authorize", R"({"idTag":"GOOD","more":1})") == "FormationViolation");
    CHECK(station.refusal("Authorize", "[]") == "TypeConstraintViolation");
    CHECK(station.refusal("StatusNotification", R"({"connectorId":1,"errorCode":"NoError","status":"Flying"})") == "PropertyConstraintViolation");
    CHECK(station.refusal("StatusNotification", R"({"connectorId":-1,"errorCode":"NoError","status":"Available"})") == "PropertyConstraintViolation");
    CHECK(station.refusal("StartTransaction", R"({"connectorId":0,"idTag":"GOOD","meterStart":0,"timestamp":"2026-01-01T11:59:00Z"})") ==
          "PropertyConstraintViolation");
    CHECK(station.refusal("StartTransaction", R"({"connectorId":1,"idTag":"GOOD","meterStart":0,"timestamp":"noon"})") == "PropertyConstraintViolation");
    CHECK(station.refusal("MeterValues", R"({"connectorId":1,"meterValue":[]})") == "OccurenceConstraintViolation");
    CHECK(station.refusal("MeterValues", R"({"connectorId":1,"meterValue":[{"timestamp":"2026-01-01T11:59:00Z","sampledValue":[]}]})") ==
          "OccurenceConstraintViolation");
    CHECK(station.refusal("DataTransfer", R"({"vendorId":"x","data":"y"})").empty());
    CHECK(station.refusal("FirmwareStatusNotification", R"({"status":"Installed"})").empty());
    for (const Event& event : station.events) CHECK((event.kind == Event::Kind::refused || event.kind == Event::Kind::heard));
}

TEST_CASE("ocpp: what is no frame is counted and not answered") {
    Station station;
    for (const auto broken :
        {"{}", "[]", "[2]", R"([2,"1","Heartbeat"])", R"([5,"1","Heartbeat",{}])", R"([2,7,"Heartbeat",{}])", R"([2,"","Heartbeat",{}])", "\"x\""})
        CHECK_MESSAGE(station.say(broken).empty(), broken);
    CHECK(station.events.size() == 8);
    CHECK(station.say(R"([3,"never-asked",{}])").empty());
    CHECK(station.say(R"([4,"never-asked","GenericError","",{}])").empty());
    CHECK(station.events.size() == 8);
}

TEST_CASE("ocpp: a repeated call is answered the same and happens once") {
    Station station;
    const std::string start = R"([2,"7","StartTransaction",{"connectorId":1,"idTag":"GOOD","meterStart":10,"timestamp":"2026-01-01T11:59:00Z"}])";
    const std::string answer = station.say(start);
    CHECK(station.say(start) == answer);
    CHECK(station.events.size() == 1);
    // After a lost connection it comes again under another id.
    CHECK(station.say(R"([2,"8","StartTransaction",{"connectorId":1,"idTag":"GOOD","meterStart":10,"timestamp":"2026-01-01T11:59:00Z"}])") ==
          R"([3,"8",{"transactionId":41,"idTagInfo":{"status":"Accepted"}}])");
    CHECK(station.events.size() == 1);
    for (const auto id : {"9", "10"})
        station.say("[2,\"" + std::string(id) + R"(","StopTransaction",{"meterStop":20,"timestamp":"2026-01-01T12:30:00Z","transactionId":41}])");
    CHECK(station.events.size() == 2);
}

TEST_CASE("ocpp: a transaction that ran offline is kept with its own moments, whatever the card") {
    Station station;
    CHECK(station.say(R"([2,"1","StartTransaction",{"connectorId":2,"idTag":"STRANGER","meterStart":0,"timestamp":"2025-12-30T08:00:00Z"}])") ==
          R"([3,"1",{"transactionId":41,"idTagInfo":{"status":"Invalid"}}])");
    CHECK(station.events[0].transaction.started_at == *parse_time("2025-12-30T08:00:00Z"));
    CHECK(station.events[0].tag_status == TagStatus::invalid);
    station.say(
        R"([2,"2","StopTransaction",{"meterStop":5000,"timestamp":"2025-12-30T09:00:00Z","transactionId":41,"reason":"PowerLoss","transactionData":[{"timestamp":"2025-12-30T08:30:00Z","sampledValue":[{"value":"2500"}]}]}])");
    CHECK(station.events[1].readings.size() == 1);
    CHECK(station.events[1].readings[0].connector == 2);
    // A stop of a start that never came is kept too, and marked.
    CHECK(station.say(R"([2,"3","StopTransaction",{"meterStop":9,"timestamp":"2025-12-30T09:00:00Z","transactionId":999}])") == R"([3,"3",{}])");
    CHECK(station.events[2].unknown_transaction);
}

TEST_CASE("ocpp: one card charges at one place") {
    Station station;
    station.say(R"([2,"1","StartTransaction",{"connectorId":1,"idTag":"GOOD","meterStart":0,"timestamp":"2026-01-01T11:00:00Z"}])");
    CHECK(station.say(R"([2,"2","StartTransaction",{"connectorId":2,"idTag":"GOOD","meterStart":0,"timestamp":"2026-01-01T11:30:00Z"}])") ==
          R"([3,"2",{"transactionId":42,"idTagInfo":{"status":"ConcurrentTx"}}])");
}

TEST_CASE("ocpp: what is known of before a restart is known after it") {
    Station station;
    station.point = ChargePoint({{17, 1, 100, "GOOD", noon, {}}});
    CHECK(station.say(R"([2,"1","StartTransaction",{"connectorId":1,"idTag":"GOOD","meterStart":100,"timestamp":"2026-01-01T12:00:00Z"}])") ==
          R"([3,"1",{"transactionId":17,"idTagInfo":{"status":"Accepted"}}])");
    CHECK(station.events.empty());
}

TEST_CASE("ocpp: signed and unreadable values are left out and counted") {
    Station station;
    station.say(
        R"([2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2026-01-01T12:00:00Z","sampledValue":[{"value":"AB12","format":"SignedData"},{"value":"n/a"},{"value":"nan"},{"value":"32","measurand":"Temperature","unit":"Fahrenheit"}]}]}])");
    REQUIRE(station.events.size() == 2);
    REQUIRE(station.events[0].readings.size() == 1);
    CHECK(station.events[0].readings[0].unit == "Celsius");
    CHECK(station.events[0].readings[0].value == doctest::Approx(0));
    CHECK(station.events[1].answer == "value_unreadable");
}

TEST_CASE("ocpp: it is asked one thing at a time") {
    Station station;
    const std::string first = station.take(station.point.ask("a", "RemoteStartTransaction", remote_start(1, "GOOD"), noon));
    CHECK(first == R"([2,"g1767268800000000-1","RemoteStartTransaction",{"idTag":"GOOD","connectorId":1}])");
    CHECK(station.take(station.point.ask("b", "RemoteStopTransaction", remote_stop(41), noon)).empty());
    CHECK(station.say(R"([3,"g1767268800000000-1",{"status":"Accepted"}])") == R"([2,"g1767268800000000-2","RemoteStopTransaction",{"transactionId":41}])");
    CHECK(station.events.back().kind == Event::Kind::ask_answered);
    CHECK(station.events.back().ask == "a");
    station.say(R"([3,"g1767268800000000-2",{"status":"Rejected"}])");
    CHECK(station.events.back().kind == Event::Kind::ask_failed);
    CHECK(station.events.back().answer == "Rejected");
    station.take(station.point.ask("c", "ClearChargingProfile", clear_profile({}, 3), noon));
    CHECK(station.take(station.point.tick(noon + seconds(29))).empty());
    CHECK(station.events.back().ask == "b");
    station.take(station.point.tick(noon + seconds(30)));
    CHECK(station.events.back().answer == "no answer in time");
    station.take(station.point.ask("d", "RemoteStopTransaction", remote_stop(1), noon));
    station.say(R"([4,"g1767268800000000-4","NotSupported","no",{}])");
    CHECK(station.events.back().answer == "NotSupported: no");
    station.take(station.point.ask("e", "RemoteStopTransaction", remote_stop(1), noon));
    station.take(station.point.disconnected());
    CHECK(station.events.back().answer == "the connection was lost");
}

TEST_CASE("ocpp: charging profiles") {
    Profile profile{.connector = 1, .begins_at = noon, .periods = {{0, 11000}, {3600, 3680.04}}};
    CHECK(profile_fault(profile).empty());
    CHECK(
        to_json(set_profile(profile)) ==
        R"({"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Absolute","chargingSchedule":{"chargingRateUnit":"W","chargingSchedulePeriod":[{"startPeriod":0,"limit":11000},{"startPeriod":3600,"limit":3680}],"startSchedule":"2026-01-01T12:00:00Z"}}})");
    profile.purpose = "TxProfile";
    CHECK_FALSE(profile_fault(profile).empty());
    profile.transaction = 41;
    CHECK(profile_fault(profile).empty());
    profile.periods[1].start_seconds = 0;
    CHECK_FALSE(profile_fault(profile).empty());
    profile.periods = {{60, 1}};
    CHECK_FALSE(profile_fault(profile).empty());
    profile = {.connector = 1, .purpose = "ChargePointMaxProfile", .begins_at = noon, .periods = {{0, 1}}};
    CHECK_FALSE(profile_fault(profile).empty());
}

namespace {

/// The naive twin of transactions: everything said, by what makes a charging one; no caches, no ids of calls.
struct NaiveLedger {
    struct Entry {
        std::int64_t number, connector, meter;
        std::string tag, at;
        bool stopped = false;
    };
    std::vector<Entry> entries;
    std::int64_t next = 41;

    std::int64_t start(std::int64_t connector, const std::string& tag, std::int64_t meter, const std::string& at) {
        for (const Entry& one : entries)
            if (one.connector == connector && one.tag == tag && one.meter == meter && one.at == at) return one.number;
        entries.push_back({next, connector, meter, tag, at});
        return next++;
    }
    bool stop(std::int64_t number) {
        for (Entry& one : entries)
            if (one.number == number) return !std::exchange(one.stopped, true);
        return true;
    }
};

} // namespace

TEST_CASE("ocpp: random days of a charge point agree with a naive ledger") {
    for (int seed = 1; seed <= 200; ++seed) {
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        Station station;
        NaiveLedger naive;
        for (int i = 0; i < 100; ++i) {
            const std::string id = std::to_string(i);
            if (random.chance(0.6)) {
                const std::int64_t connector = random.between(1, 2), meter = random.between(0, 3);
                const std::string tag = random.chance(0.5) ? "GOOD" : "OTHER", at = "2026-01-01T0" + std::to_string(random.below(4)) + ":00:00Z";
                const std::string call = "[2,\"" + id + "\",\"StartTransaction\",{\"connectorId\":" + std::to_string(connector) + ",\"idTag\":\"" + tag +
                                         "\",\"meterStart\":" + std::to_string(meter) + ",\"timestamp\":\"" + at + "\"}]";
                const ValueTree answer = json(station.say(call));
                if (random.chance(0.3)) CHECK(json(station.say(call)) == answer);
                CHECK(integer_of(*answer.items[2].find("transactionId")) == naive.start(connector, tag, meter, at));
            } else {
                const std::int64_t number = random.between(41, naive.next - 1 < 41 ? 41 : naive.next - 1);
                const bool known = number < naive.next;
                const std::size_t before = station.events.size();
                station.say("[2,\"" + id + "\",\"StopTransaction\",{\"meterStop\":5,\"timestamp\":\"2026-01-01T12:00:00Z\",\"transactionId\":" +
                            std::to_string(number) + "}]");
                if (known) CHECK((station.events.size() > before) == naive.stop(number));
            }
        }
        std::size_t running = 0;
        for (const auto& one : naive.entries) running += !one.stopped;
        std::size_t ours = 0;
        for (const Transaction& one : station.point.transactions()) ours += !one.stopped_at;
        CHECK(ours == running);
    }
}

} // namespace greenbank::energy::charge_point
