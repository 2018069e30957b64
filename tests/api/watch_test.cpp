// watch_test.cpp — a site is watched and steered: alarms with hysteresis, web hooks, orders with a second person, formulas, plans, reports.
#include <algorithm>

#include "cast.h"

namespace greenbank::testing {

namespace {

std::string seconds_from_now(int seconds) {
    const auto at = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now()) + std::chrono::seconds(seconds);
    return to_text(Time{at.time_since_epoch().count() * 1'000'000});
}
std::string minutes_from_now(int minutes) { return seconds_from_now(minutes * 60); }

/// A site with one controller that sends points as its device would.
struct Plant {
    Cast all{std::vector<std::string>{}};
    std::string site, device;
    Visitor machine = all.visitor();

    Plant() {
        site = create(all.manager, "/sites", R"({"name":{"en":"A plant"},"kind":"energy","country":"CN","latitude":30,"longitude":120})");
        const Answer made =
            all.manager.post("/devices", fmt::format(R"({{"site":"{}","template":"island_controller","name":{{"en":"Controller"}},"serial":"W-1"}})", site));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        device = made.at("/device/id");
        machine.bearer = made.at("/credential");
        machine.says_request = false;
    }
    void send(const std::string& values, const std::string& at = minutes_from_now(0)) {
        const Answer sent = machine.post("/points", fmt::format(R"({{"ts":"{}","values":{{{}}}}})", at, values));
        REQUIRE_MESSAGE(sent.status == 200, sent.body);
        REQUIRE_MESSAGE(sent.number("/taken") > 0, sent.body);
    }
    std::string rule(const std::string& more = "") {
        return create(all.manager, "/alarm-rules",
            fmt::format(
                R"({{"name":{{"en":"Too hot"}},"device":"{}","conditions":[{{"name":"hot","kind":"threshold","channels":["temperature"],"raise":40,"clear":35}}],"levels":[{{"severity":"critical","condition":"hot"}}]{}}})",
                device, more));
    }
    std::string open_alarms() { return all.manager.get("/alarms?site=" + site).at("/total"); }
    std::string state() { return all.manager.get("/alarms?site=" + site).at("/items/0/state"); }
};

} // namespace

TEST_CASE("an alarm is raised once, acknowledged, and clears below its other limit") {
    Plant plant;
    Cast& all = plant.all;
    const std::string rule = plant.rule();
    plant.send(R"("temperature":39)", seconds_from_now(-100));
    plant.send(R"("temperature":41)", seconds_from_now(-80));
    REQUIRE(wait_for([&] { return plant.open_alarms() == "1"; }, 15));
    plant.send(R"("temperature":42)", seconds_from_now(-60));
    const std::string alarm = "/alarms/" + all.manager.get("/alarms?site=" + plant.site).at("/items/0/id");
    CHECK(all.manager.get(alarm).at("/alarm/severity") == "critical");
    CHECK(all.manager.get(alarm).number("/alarm/value") == 41);
    CHECK(all.manager.get("/sites/" + plant.site + "/live").size("/alarms") == 1);
    CHECK(all.manager.get("/monitoring-overview").number("/alarms_open") >= 1);
    CHECK(all.other_manager.get(alarm).status == 404);
    CHECK(all.reader.post(alarm + "/acknowledge", "{}").status == 403);
    CHECK(all.manager.post(alarm + "/shelve", R"({"text":"a test runs"})").status == 200);
    CHECK(all.manager.post(alarm + "/unshelve", "{}").status == 200);
    REQUIRE(all.manager.post(alarm + "/acknowledge", R"({"text":"on my way"})").status == 200);
    CHECK(all.manager.post(alarm + "/acknowledge", "{}").code() == "alarm.wrong_move");
    CHECK(all.manager.post(alarm + "/comment", R"({"text":"fan replaced"})").status == 200);
    plant.send(R"("temperature":36)", seconds_from_now(-40)); // between the limits: still there
    plant.send(R"("temperature":35)");
    CHECK(wait_for([&] { return plant.state() == "cleared"; }, 15));
    CHECK(plant.open_alarms() == "1"); // never a second one
    const Answer history = all.manager.get(alarm);
    CHECK(history.all("/events", "/kind") == std::vector<std::string>{"raise", "shelve", "unshelve", "acknowledge", "comment", "clear"});
    CHECK(all.manager.patch("/alarm-rules/" + rule, R"({"enabled":false})").status == 200);
}

TEST_CASE("rules that cannot work are refused by field") {
    Plant plant;
    const auto code = [&](const std::string& conditions) {
        const Answer refused = plant.all.manager.post(
            "/alarm-rules", fmt::format(R"({{"name":{{"en":"x"}},"device":"{}","conditions":{},"levels":[{{"severity":"warning","condition":"a"}}]}})",
                                plant.device, conditions));
        CHECK(refused.status == 422);
        CHECK(refused.is_problem());
        return refused.at("/problems/0/code");
    };
    CHECK(code(R"([{"name":"a","kind":"any","of":["b"]},{"name":"b","kind":"any","of":["a"]}])") == "rule.refers_to_itself");
    CHECK(code(R"([{"name":"a","kind":"threshold","channels":["nothing"],"raise":1,"clear":1}])") == "rule.channel_unknown");
    CHECK(code(R"([{"name":"a","kind":"threshold","channels":["temperature"],"raise":1,"clear":2}])") == "rule.hysteresis");
}

TEST_CASE("an order needs a second person, is carried, confirmed and taken back; limits and interlocks hold") {
    Plant plant;
    Cast& all = plant.all;
    Visitor second = all.newcomer("second@plant.test", "manager", all.organisation);
    const std::string point = create(all.manager, "/set-points",
        fmt::format(
            R"({{"device":"{}","key":"battery_limit_power","name":{{"en":"Limit"}},"unit":"kW","least":0,"greatest":500,"dangerous":true,"interlocks":[{{"channel":"temperature","limit":45}}]}})",
            plant.device));
    const auto order = [&](double target) { return all.manager.post("/plant-commands", fmt::format(R"({{"set_point":"{}","target":{}}})", point, target)); };
    CHECK(order(300).code() == "control.interlocked"); // nothing is known of the temperature
    plant.send(R"("temperature":30)");
    CHECK(order(501).at("/problems/0/code") == "control.outside_limits");
    CHECK(all.editor.post("/plant-commands", fmt::format(R"({{"set_point":"{}","target":1}})", point)).status == 403);
    const Answer proposed = order(300);
    REQUIRE_MESSAGE(proposed.status == 201, proposed.body);
    const std::string command = "/plant-commands/" + proposed.at("/id");
    CHECK(proposed.at("/state") == "proposed");
    CHECK(all.manager.post(command + "/approve", "{}").code() == "control.second_person");
    CHECK(plant.machine.post("/device-commands").size("/commands") == 0);
    REQUIRE(second.post(command + "/approve", "{}").at("/state") == "queued");
    CHECK(all.manager.post("/device-commands").status == 401);
    const Answer taken = plant.machine.post("/device-commands");
    REQUIRE(taken.size("/commands") == 1);
    CHECK(taken.number("/commands/0/value") == 300);
    CHECK(plant.machine.post("/device-commands").size("/commands") == 0);
    REQUIRE(plant.machine.post("/device-commands/" + taken.at("/commands/0/id"), R"({"value":300})").status == 204);
    CHECK(all.manager.get(command).at("/state") == "confirmed");
    CHECK(all.manager.get("/set-points/" + point).number("/value") == 300);
    CHECK(all.manager.post(command + "/reverse", "{}").code() == "control.nothing_before");

    const std::string next = "/plant-commands/" + order(100).at("/id");
    REQUIRE(second.post(next + "/approve", "{}").status == 200);
    REQUIRE(plant.machine.post("/device-commands/" + plant.machine.post("/device-commands").at("/commands/0/id"), R"({"value":100})").status == 204);
    const Answer back = all.manager.post(next + "/reverse", "{}");
    CHECK(back.status == 201);
    CHECK(back.number("/target") == 300);
}

TEST_CASE("formulas check their units, compute carbon by the factor of the hour, and refuse circles") {
    Plant plant;
    Visitor& manager = plant.all.manager;
    create(manager, "/hourly-factors",
        R"({"key":"grid_factor","name":{"en":"Grid"},"unit":"kgCO2e/kWh","valid_from":"2026-01-01T00:00:00Z","value":0.5,"edition":"test","source":"test"})");
    const auto trial = [&](const std::string& formula, const std::string& unit) {
        return manager.post("/formula-trials", fmt::format(R"({{"site":"{}","formula":"{}","unit":"{}","from":"{}","to":"{}"}})", plant.site, formula, unit,
                                                   minutes_from_now(-180), minutes_from_now(0)));
    };
    CHECK(trial("load_power + load_energy", "kW").at("/problems/0/code") == "formula.dimension");
    CHECK(trial("volcano", "kW").at("/problems/0/code") == "formula.unknown_name");
    plant.send(R"("load_power":120)", minutes_from_now(-120));
    const Answer carbon = trial("load_power * step * grid_factor", "kgCO2e");
    REQUIRE_MESSAGE(carbon.status == 200, carbon.body);
    CHECK(carbon.number("/sum") == 60);
    const std::string made = create(manager, "/virtual-channels",
        fmt::format(R"({{"site":"{}","key":"carbon","name":{{"en":"Carbon"}},"formula":"load_power * step * grid_factor","unit":"kgCO2e"}})", plant.site));
    CHECK(!made.empty());
    CHECK(manager.post("/virtual-channels", fmt::format(R"({{"site":"{}","key":"carbon","name":{{"en":"x"}},"formula":"load_power","unit":"kW"}})", plant.site))
              .code() == "formula.key_taken");
    CHECK(wait_for([&] { return manager.get("/sites/" + plant.site + "/live").body.find("\"value\":60") != std::string::npos; }, 20));
}

TEST_CASE("a day is reported beside its plan, as figures, PDF and workbook; a schedule is kept") {
    Plant plant;
    Visitor& manager = plant.all.manager;
    const std::string today = minutes_from_now(480).substr(0, 10); // the site's clocks stand eight hours ahead
    plant.send(R"("load_power":100)");
    create(manager, "/site-plans",
        fmt::format(R"({{"site":"{}","channel":"load_power","unit":"kW","starts_at":"{}","values":[80,80,80]}})", plant.site, minutes_from_now(-60)));
    const std::string report = "/sites/" + plant.site + "/report";
    const Answer day = manager.get(report + "?period=day&on=" + today);
    REQUIRE_MESSAGE(day.status == 200, day.body);
    for (std::size_t i = 0; i < day.size("/lines"); ++i)
        if (day.at(fmt::format("/lines/{}/key", i)) == "load_power") CHECK(day.number(fmt::format("/lines/{}/total", i)) == 100);
    CHECK(day.size("/steps") >= 1);
    const Answer pdf = manager.get(report + ".pdf?period=day&on=" + today);
    CHECK(pdf.status == 200);
    CHECK(pdf.body.starts_with("%PDF"));
    CHECK(manager.get(report + ".xlsx?period=day&on=" + today).body.starts_with("PK"));
    CHECK(plant.all.other_manager.get(report).status == 404);
    const std::string schedule = create(manager, "/report-schedules", fmt::format(R"({{"site":"{}","period":"day","language":"en"}})", plant.site));
    CHECK(manager.get("/report-schedules/" + schedule).at("/next_at") > minutes_from_now(0));
    CHECK(manager.post("/report-schedules", fmt::format(R"({{"site":"{}","language":"xx"}})", plant.site)).status == 422);
}

TEST_CASE("what is unusual is found without a rule") {
    Plant plant;
    Visitor& manager = plant.all.manager;
    std::string batch;
    for (int i = 0; i < 600; ++i)
        batch += fmt::format(
            R"({}{{"ts":"{}","values":{{"wind_speed":{}}}}})", i ? "," : "", minutes_from_now(-600 + i), i == 500 ? 90.0 : 7 + (i * 37 % 11) / 10.0);
    REQUIRE(plant.machine.post("/points", "[" + batch + "]").status == 200);
    const Answer job = manager.post("/anomaly-searches", fmt::format(R"({{"site":"{}","days_back":1}})", plant.site));
    REQUIRE_MESSAGE(job.status == 200, job.body);
    CHECK(wait_for_job(manager, job.at("/id")).at("/state") == "done");
    const Answer found = manager.get("/channel-anomalies?site=" + plant.site);
    REQUIRE(found.number("/total") >= 1);
    const auto values = found.all("/items", "/value");
    CHECK(std::count(values.begin(), values.end(), "90") == 1);
    CHECK(!found.at("/items/0/explanation/zh").empty());
}

} // namespace greenbank::testing
