// memory_bus.h — a device in memory: the twin of one behind a wire, for tests.
#pragma once

#include <map>

#include "modbus/modbus.h"

namespace greenbank::modbus {

struct MemoryDevice {
    std::map<std::pair<Table, int>, std::uint16_t> registers; // what is not here, the device refuses
    bool silent = false;                                      // it takes what is sent and says nothing
    std::int64_t reads = 0, writes = 0;
};

class MemoryBus : public Bus {
public:
    explicit MemoryBus(std::map<int, MemoryDevice>& units) : units_(units) {}

    Result<std::vector<std::uint16_t>> read(int unit, Table table, int address, int count) override {
        MemoryDevice* const device = find(unit);
        if (!device) return silence();
        ++device->reads;
        std::vector<std::uint16_t> values;
        for (int i = 0; i < count; ++i) {
            const auto found = device->registers.find({table, address + i});
            if (found == device->registers.end()) return refusal();
            values.push_back(found->second);
        }
        return values;
    }
    Result<Done> write(int unit, Table table, int address, const std::vector<std::uint16_t>& values) override {
        MemoryDevice* const device = find(unit);
        if (!device) return silence();
        ++device->writes;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (!device->registers.contains({table, address + static_cast<int>(i)})) return refusal();
        for (std::size_t i = 0; i < values.size(); ++i) device->registers[{table, address + static_cast<int>(i)}] = values[i];
        return Done{};
    }

private:
    MemoryDevice* find(int unit) {
        const auto found = units_.find(unit);
        return found == units_.end() || found->second.silent ? nullptr : &found->second;
    }
    static Error silence() { return {Failure::unavailable, "modbus.silent", "The device does not answer: {reason}", {{"reason", "time is up"}}}; }
    static Error refusal() { return {Failure::conflict, "modbus.refused", "The device refuses: {reason}", {{"reason", "Illegal data address"}}}; }

    std::map<int, MemoryDevice>& units_;
};

} // namespace greenbank::modbus
