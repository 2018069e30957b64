// bus_under_test.h — registers in memory that can fall silent.
#pragma once

#include <atomic>
#include <map>

#include "energy/field/ports.h"

namespace greenbank::energy {

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

} // namespace greenbank::energy
