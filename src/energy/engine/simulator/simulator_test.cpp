// simulator_test.cpp — the same seed lives the same life, energy is neither made nor lost, and faults do what they say.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "energy/engine/simulator/simulator.h"

namespace greenbank::energy {

namespace {

constexpr Moment minute = 60'000'000, start = 1'796'000'000'000'000; // 2026-11-29
const SimulatedKind kinds[] = {SimulatedKind::island, SimulatedKind::park, SimulatedKind::district};

std::map<std::string, double> named(Simulator& simulator, Moment at) {
    const auto values = simulator.step(at);
    std::map<std::string, double> by_name;
    for (std::size_t i = 0; i < values.size(); ++i) by_name[std::string(simulator.channels()[i].key)] = values[i];
    return by_name;
}

} // namespace

TEST_CASE("what comes in goes out, at every step of every kind") {
    for (const SimulatedKind kind : kinds)
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            CAPTURE(seed);
            Simulator simulator(kind, seed, start), again(kind, seed, start);
            double counted = 0;
            for (int i = 1; i <= 300; ++i) {
                auto now = named(simulator, start + i * 15 * minute);
                CHECK(now == named(again, start + i * 15 * minute));
                const double in = now["pv_power"] + now["wind_power"] + now["diesel_power"] + now["grid_power"] + now["battery_power"] - now["curtailed_power"];
                CHECK(in == doctest::Approx(now["load_power"]).epsilon(0.001));
                CHECK(now["battery_charge"] >= 9.99);
                CHECK(now["battery_charge"] <= 100);
                counted += now["load_power"] / 4;
                CHECK(now["load_energy"] == doctest::Approx(counted).epsilon(0.001));
            }
        }
}

TEST_CASE("the island draws what the story's need says") {
    Simulator simulator(SimulatedKind::island, 8, start);
    double peak = 0;
    std::map<std::string, double> now;
    for (int i = 1; i <= 365 * 24; ++i) peak = std::max(peak, (now = named(simulator, start + i * 60 * minute))["load_power"]);
    CHECK(now["load_energy"] == doctest::Approx(12'000'000).epsilon(0.03));
    CHECK(peak <= 2500);
    CHECK(peak > 1800);
    const double renewable = 1 - now["diesel_energy"] / now["load_energy"];
    CHECK(renewable > 0.6); // the story's first step
}

TEST_CASE("faults spoil one channel or the plant, and orders are obeyed") {
    const auto fault = [](const char* text) { return parse_fault(text, start).value(); };
    Simulator simulator(SimulatedKind::island, 3, start,
        {fault("silence:wind_speed:60:120"), fault("stuck:temperature:60:180"), fault("outage:wind_power:60:120"), fault("spike:irradiance:60:120:5000"),
            fault("loss::60:120:10")});
    const auto before = named(simulator, start + 45 * minute);
    auto during = named(simulator, start + 75 * minute);
    CHECK(!std::isnan(before.at("wind_speed")));
    CHECK(std::isnan(during["wind_speed"]));
    CHECK(during["wind_power"] == 0);
    CHECK(during["irradiance"] >= 5000);
    const double in = during["pv_power"] + during["diesel_power"] + during["battery_power"] - during["curtailed_power"];
    CHECK(during["load_power"] == doctest::Approx(in * 0.9).epsilon(0.001));
    CHECK(named(simulator, start + 100 * minute)["temperature"] == during["temperature"]);
    CHECK(simulator.order("battery_limit_power", 0));
    CHECK(named(simulator, start + 150 * minute)["battery_power"] == 0);
    CHECK(!simulator.order("volcano", 1));
    for (const char* text : {"", "stuck", "stuck:a:1", "volcano:a:1:2", "stuck:a:2:1", "stuck:a:x:1", "spike:a:1:2:nan", "stuck:a:-1:2", "spike:a:1:2:3:4"})
        CHECK(!parse_fault(text, start));
}

} // namespace greenbank::energy
