// polling_test.cpp — registers become points, set points become registers.
#include "energy/field/polling.h"

#include <atomic>
#include <chrono>

#include "energy/field/bus_under_test.h"
#include "energy/field/plant_under_test.h"

namespace greenbank::energy {

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

} // namespace greenbank::energy
