// modbus.h — registers and coils of a device over Modbus TCP. Knows bytes and registers, not what they mean.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/result.h"

namespace greenbank::modbus {

enum class Table { coils, discrete_inputs, input_registers, holding_registers };

/// How many may be read or written at once, by the specification.
inline constexpr int registers_per_read_max = 125, bits_per_read_max = 2000, registers_per_write_max = 123;

struct Settings {
    std::string host;
    std::uint16_t port = 502;
    int timeout_milliseconds = 2000; // of connecting and of each answer: a peer that fell silent is left after it
};

/// One connection. After an error it is closed, so that an answer that comes too late is never taken for the next one's; the next call
/// connects anew. Not for two threads at once.
class Bus {
public:
    virtual ~Bus() = default;
    /// Coils and inputs come as 0 and 1.
    virtual Result<std::vector<std::uint16_t>> read(int unit, Table table, int address, int count) = 0;
    /// Of coils and holding registers.
    virtual Result<Done> write(int unit, Table table, int address, const std::vector<std::uint16_t>& values) = 0;
};

std::unique_ptr<Bus> open(Settings settings);

} // namespace greenbank::modbus
