// chapter_8_watch_test.cpp — the island is measured: the simulator's figures agree in API, command line, PDF and workbook; alarms, plan, set point, calibration.
#include <cmath>

#include "cast.h"

namespace greenbank::testing {

TEST_CASE("a day of the island agrees wherever it is told") {
    Visitor& desk = cast().officer;
    const std::string path = "/sites/site_sample_island/report";
    const Answer day = desk.get(path + "?period=day&on=2026-11-27");
    REQUIRE_MESSAGE(day.status == 200, day.body);
    double load = 0, by_hour = 0, wind = -1;
    for (std::size_t i = 0; i < day.size("/lines"); ++i) {
        const std::string line = fmt::format("/lines/{}", i);
        if (day.at(line + "/key") == "load_power") load = std::stod(day.at(line + "/total"));
        if (day.at(line + "/key") == "wind_power") wind = std::stod(day.at(line + "/deviation_percent"));
    }
    for (std::size_t i = 0; i < day.size("/steps"); ++i)
        if (day.at(fmt::format("/steps/{}/key", i)) == "load_power") by_hour += std::stod(day.at(fmt::format("/steps/{}/measured", i)));
    CHECK(load > 20'000);
    CHECK(load == doctest::Approx(by_hour));
    CHECK(wind != -1);

    // The same life by the same seed, from the command line.
    TemporaryFolder folder;
    const std::string table = folder.path() + "/island.csv";
    const Ran ran = run({"simulate", "site", "--kind", "island", "--seed", "8", "--from", "2026-11-01T00:00:00Z", "--hours", "664", "--step-seconds", "900",
        "--faults", "outage:wind_power:37740:38040,silence:wind_speed:27480:27660", "--out", table});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    double told = 0;
    std::istringstream lines(read_whole(table));
    for (std::string line; std::getline(lines, line);)
        if (line >= "2026-11-26T16:00:00Z" && line < "2026-11-27T16:00:00Z")
            told += std::stod(line.substr(line.find(',') + 1)) / 4; // the first column is the load
    CHECK(told == doctest::Approx(load));

    CHECK(desk.get(path + ".pdf?period=day&on=2026-11-27").body.starts_with("%PDF"));
    CHECK(desk.get(path + ".xlsx?period=day&on=2026-11-27").body.starts_with("PK"));
    double month = 0;
    const Answer november = desk.get(path + "?period=month&on=2026-11-01");
    for (std::size_t i = 0; i < november.size("/steps"); ++i)
        if (november.at(fmt::format("/steps/{}/key", i)) == "load_power" && november.at(fmt::format("/steps/{}/at", i)) == "2026-11-26T16:00:00Z")
            month = std::stod(november.at(fmt::format("/steps/{}/measured", i)));
    CHECK(month == doctest::Approx(load));
}

TEST_CASE("the island's alarms follow from its rules, an order limited the battery, one meter's calibration has expired") {
    Visitor& desk = cast().officer;
    const Answer day = desk.get("/sites/site_sample_island/report?period=day&on=2026-11-27");
    CHECK(day.size("/calibrations_expired") == 1);
    const Answer silent = desk.get("/alarms?rule=rule_sample_island_silent");
    CHECK(silent.number("/total") == 1);
    CHECK(silent.at("/items/0/raised_at") == "2026-11-20T02:45:00Z"); // an hour after the last word
    CHECK(silent.at("/items/0/state") == "cleared");
    const Answer tripped = desk.get("/alarms?rule=rule_sample_island_wind_plan&limit=100");
    bool on_the_day = false;
    for (const std::string& at : tripped.all("/items", "/raised_at")) on_the_day = on_the_day || at.starts_with("2026-11-27T0");
    CHECK(on_the_day);
    const Answer order = desk.get("/plant-commands/command_sample_island_battery");
    CHECK(order.at("/state") == "confirmed");
    CHECK(order.number("/value_confirmed") == desk.get("/set-points/setpoint_sample_island_battery").number("/value"));
}

} // namespace greenbank::testing
