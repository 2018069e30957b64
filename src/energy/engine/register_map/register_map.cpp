// register_map.cpp — registers to numbers and back; which to read together.
#include "energy/engine/register_map/register_map.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace greenbank::energy::register_map {

namespace {

bool of_bits(Table table) { return table == Table::coils || table == Table::discrete_inputs; }

std::uint16_t swapped(std::uint16_t word) { return static_cast<std::uint16_t>(word << 8 | word >> 8); }

/// The words in big-endian order; the same again leads back.
std::vector<std::uint16_t> in_order(std::span<const std::uint16_t> words, WordOrder order) {
    std::vector<std::uint16_t> ordered(words.begin(), words.end());
    if (order == WordOrder::word_swapped || order == WordOrder::little_endian) std::reverse(ordered.begin(), ordered.end());
    if (order == WordOrder::byte_swapped || order == WordOrder::little_endian)
        for (std::uint16_t& word : ordered) word = swapped(word);
    return ordered;
}

template <class Whole> std::optional<std::uint64_t> fitting(double raw) {
    const double rounded = std::round(raw);
    // The greatest of 64 bits is no double; what rounds to it does not fit either.
    if (!(rounded >= static_cast<double>(std::numeric_limits<Whole>::min()) && rounded < std::ldexp(1.0, std::numeric_limits<Whole>::digits))) return {};
    return static_cast<std::uint64_t>(static_cast<Whole>(rounded));
}

} // namespace

int words_of(ValueType type) {
    switch (type) {
    case ValueType::bit:
    case ValueType::int16:
    case ValueType::uint16: return 1;
    case ValueType::int32:
    case ValueType::uint32:
    case ValueType::float32: return 2;
    case ValueType::int64:
    case ValueType::uint64:
    case ValueType::float64: return 4;
    }
    return 1;
}

std::string fault_of(const RegisterRow& row) {
    if (row.channel.empty()) return "a row needs the key of a channel";
    if (row.address < 0 || row.address + words_of(row.type) > 65'536) return "addresses go from 0 to 65535";
    if (of_bits(row.table) && row.type != ValueType::bit) return "coils and discrete inputs are bits";
    if (row.bit && (row.type != ValueType::bit || of_bits(row.table) || *row.bit < 0 || *row.bit > 15)) return "a bit from 0 to 15 is of one register";
    if (!of_bits(row.table) && row.type == ValueType::bit && !row.bit) return "a truth in a register needs the number of its bit";
    if (!std::isfinite(row.scale) || row.scale == 0 || !std::isfinite(row.offset)) return "a scale must be a number other than 0";
    if (row.writable && row.table != Table::coils && row.table != Table::holding_registers) return "only coils and holding registers can be written";
    if (row.writable && row.bit) return "a bit within a register cannot be written alone";
    return {};
}

std::vector<ReadBlock> plan_reads(std::span<const RegisterRow> rows, int gap_max, int registers_max, int bits_max) {
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t i) { return !fault_of(rows[i]).empty(); });
    std::stable_sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return std::pair(rows[a].table, rows[a].address) < std::pair(rows[b].table, rows[b].address); });
    std::vector<ReadBlock> blocks;
    for (const std::size_t i : order) {
        const RegisterRow& row = rows[i];
        const int address = static_cast<int>(row.address), end = address + words_of(row.type), most = of_bits(row.table) ? bits_max : registers_max;
        ReadBlock* const last = blocks.empty() ? nullptr : &blocks.back();
        if (last && last->table == row.table && address <= last->address + last->count + gap_max &&
            std::max(end, last->address + last->count) - last->address <= most) {
            last->count = std::max(last->count, end - last->address);
            last->rows.push_back(i);
        } else blocks.push_back({row.table, address, end - address, {i}});
    }
    return blocks;
}

std::optional<double> decode(const RegisterRow& row, std::span<const std::uint16_t> words) {
    const auto count = static_cast<std::size_t>(words_of(row.type));
    if (words.size() < count) return {};
    std::uint64_t bits = 0;
    for (const std::uint16_t word : in_order(words.subspan(0, count), row.order)) bits = bits << 16 | word;
    double raw = 0;
    switch (row.type) {
    case ValueType::bit: raw = row.bit ? static_cast<double>(words[0] >> *row.bit & 1) : words[0] != 0; break;
    case ValueType::int16: raw = static_cast<std::int16_t>(bits); break;
    case ValueType::uint16: raw = static_cast<double>(bits); break;
    case ValueType::int32: raw = static_cast<std::int32_t>(bits); break;
    case ValueType::uint32: raw = static_cast<double>(bits); break;
    case ValueType::int64: raw = static_cast<double>(static_cast<std::int64_t>(bits)); break;
    case ValueType::uint64: raw = static_cast<double>(bits); break;
    case ValueType::float32: raw = std::bit_cast<float>(static_cast<std::uint32_t>(bits)); break;
    case ValueType::float64: raw = std::bit_cast<double>(bits); break;
    }
    if (row.no_value && raw == *row.no_value) return {};
    const double value = raw * row.scale + row.offset;
    if (!std::isfinite(value)) return {};
    return value;
}

std::optional<std::vector<std::uint16_t>> encode(const RegisterRow& row, double value) {
    if (!std::isfinite(value) || !fault_of(row).empty() || !row.writable) return {};
    const double raw = (value - row.offset) / row.scale;
    std::optional<std::uint64_t> bits;
    switch (row.type) {
    case ValueType::bit:
        if (raw == 0 || raw == 1) bits = raw != 0;
        break;
    case ValueType::int16: bits = fitting<std::int16_t>(raw); break;
    case ValueType::uint16: bits = fitting<std::uint16_t>(raw); break;
    case ValueType::int32: bits = fitting<std::int32_t>(raw); break;
    case ValueType::uint32: bits = fitting<std::uint32_t>(raw); break;
    case ValueType::int64: bits = fitting<std::int64_t>(raw); break;
    case ValueType::uint64: bits = fitting<std::uint64_t>(raw); break;
    case ValueType::float32:
        if (std::abs(raw) <= std::numeric_limits<float>::max()) bits = std::bit_cast<std::uint32_t>(static_cast<float>(raw));
        break;
    case ValueType::float64: bits = std::bit_cast<std::uint64_t>(raw); break;
    }
    if (!bits) return {};
    std::vector<std::uint16_t> words(static_cast<std::size_t>(words_of(row.type)));
    for (std::size_t i = words.size(); i-- > 0; *bits >>= 16) words[i] = static_cast<std::uint16_t>(*bits);
    return in_order(words, row.order);
}

} // namespace greenbank::energy::register_map
