// register_map.h — what registers of a device mean: where a value stands, in which type and word order, scaled to which unit. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/time.h"

namespace greenbank::energy::register_map {

enum class Table { coils, discrete_inputs, input_registers, holding_registers };
enum class ValueType { bit, int16, uint16, int32, uint32, int64, uint64, float32, float64 };
/// Of 0x0A0B0C0D: big_endian 0A0B 0C0D (what the specification's examples do), word_swapped 0C0D 0A0B, byte_swapped 0B0A 0D0C,
/// little_endian 0D0C 0B0A.
enum class WordOrder { big_endian, word_swapped, byte_swapped, little_endian };

struct RegisterRow {
    std::string channel; // the key of the channel it fills
    Table table = Table::holding_registers;
    std::int64_t address = 0; // from 0, as it travels
    ValueType type = ValueType::uint16;
    WordOrder order = WordOrder::big_endian;
    std::optional<std::int64_t> bit; // of a register that holds many truths
    double scale = 1, offset = 0;    // value = registers × scale + offset
    std::string unit;
    bool writable = false;
    std::optional<double> no_value; // raw numbers that say "none", such as 0x8000 of a missing sensor
};

int words_of(ValueType type);
/// What contradicts itself, in words; empty where all is well.
std::string fault_of(const RegisterRow& row);

struct ReadBlock {
    Table table;
    int address, count;
    std::vector<std::size_t> rows; // indices of those whose words lie in it
};
/// As few reads as it takes: rows of one table whose words touch, or lie at most `gap_max` words apart, are read together.
/// Rows with a fault are left out.
std::vector<ReadBlock> plan_reads(std::span<const RegisterRow> rows, int gap_max = 8, int registers_max = 125, int bits_max = 2000);

/// `words` begins at the row's address. Nothing where it says that it has no value, or is not finite.
std::optional<double> decode(const RegisterRow& row, std::span<const std::uint16_t> words);
/// The words of a value to write; nothing where it does not fit.
std::optional<std::vector<std::uint16_t>> encode(const RegisterRow& row, double value);

/// When a device that is silent is asked again: each failure doubles the pause.
struct BackOff {
    Duration least = seconds(1), greatest = minutes(5);
    std::int64_t failures = 0;

    Duration failed() {
        Duration pause = least;
        for (std::int64_t i = 0; i < failures && pause < greatest; ++i) pause.microseconds *= 2;
        ++failures;
        return pause < greatest ? pause : greatest;
    }
    void succeeded() { failures = 0; }
};

} // namespace greenbank::energy::register_map
