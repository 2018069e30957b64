// register_map_test.cpp — registers to numbers: examples of each order, what contradicts itself, blocks against reading row by row.
#include <doctest/doctest.h>

#include <map>

#include "energy/engine/register_map/register_map.h"
#include "kernel/random.h"

namespace greenbank::energy::register_map {

namespace {

RegisterRow row(ValueType type, WordOrder order, double scale = 1, double offset = 0) {
    return {"power", Table::holding_registers, 100, type, order, {}, scale, offset, "kW", true, {}};
}
RegisterRow random_row(Random& random) {
    RegisterRow row;
    row.channel = "c";
    row.table = static_cast<Table>(random.below(4));
    row.address = random.between(0, 400);
    row.type = random.chance(0.3) ? ValueType::bit : static_cast<ValueType>(random.below(9));
    row.order = static_cast<WordOrder>(random.below(4));
    if (row.type == ValueType::bit && row.table >= Table::input_registers) row.bit = random.between(0, 15);
    row.scale = random.chance(0.5) ? 1 : 0.1;
    return row;
}

} // namespace

TEST_CASE("registers: four orders of the same number") {
    // 123456.0 as a float of 32 bits is 47 F1 20 00; 0x0A0B0C0D is 168496141.
    const auto value = [](ValueType type, WordOrder order, std::vector<std::uint16_t> words) { return decode(row(type, order), words); };
    CHECK(value(ValueType::float32, WordOrder::big_endian, {0x47F1, 0x2000}) == 123456.0);
    CHECK(value(ValueType::float32, WordOrder::word_swapped, {0x2000, 0x47F1}) == 123456.0);
    CHECK(value(ValueType::float32, WordOrder::byte_swapped, {0xF147, 0x0020}) == 123456.0);
    CHECK(value(ValueType::float32, WordOrder::little_endian, {0x0020, 0xF147}) == 123456.0);
    CHECK(value(ValueType::uint32, WordOrder::big_endian, {0x0A0B, 0x0C0D}) == 168496141.0);
    CHECK(value(ValueType::uint32, WordOrder::word_swapped, {0x0C0D, 0x0A0B}) == 168496141.0);
    CHECK(value(ValueType::int16, WordOrder::big_endian, {0xFFFE}) == -2.0);
    CHECK(value(ValueType::int32, WordOrder::big_endian, {0xFFFF, 0xFFFE}) == -2.0);
    CHECK(value(ValueType::int64, WordOrder::big_endian, {0xFFFF, 0xFFFF, 0xFFFF, 0xFFFE}) == -2.0);
    CHECK(value(ValueType::float64, WordOrder::word_swapped, {0, 0, 0, 0x3FF0}) == 1.0);
    CHECK(decode(row(ValueType::uint16, WordOrder::big_endian, 0.1, -40), std::vector<std::uint16_t>{650}) == doctest::Approx(25.0));
}

TEST_CASE("registers: what is no value") {
    CHECK_FALSE(decode(row(ValueType::float32, WordOrder::big_endian), std::vector<std::uint16_t>{0x7FC0, 0}));
    CHECK_FALSE(decode(row(ValueType::uint32, WordOrder::big_endian), std::vector<std::uint16_t>{1}));
    RegisterRow missing = row(ValueType::int16, WordOrder::big_endian);
    missing.no_value = -32768;
    CHECK_FALSE(decode(missing, std::vector<std::uint16_t>{0x8000}));
    RegisterRow truth = row(ValueType::bit, WordOrder::big_endian);
    truth.bit = 3;
    CHECK(decode(truth, std::vector<std::uint16_t>{0b1000}) == 1.0);
    CHECK(decode(truth, std::vector<std::uint16_t>{0b0111}) == 0.0);
}

TEST_CASE("registers: a value that does not fit is not written") {
    CHECK_FALSE(encode(row(ValueType::uint16, WordOrder::big_endian), -1));
    CHECK_FALSE(encode(row(ValueType::uint16, WordOrder::big_endian), 65'536));
    CHECK_FALSE(encode(row(ValueType::int64, WordOrder::big_endian), 9.3e18));
    CHECK_FALSE(encode(row(ValueType::float32, WordOrder::big_endian), 1e39));
    RegisterRow read_only = row(ValueType::uint16, WordOrder::big_endian);
    read_only.writable = false;
    CHECK_FALSE(encode(read_only, 1));
    CHECK(encode(row(ValueType::uint16, WordOrder::big_endian, 0.1), 25.04) == std::vector<std::uint16_t>{250});
}

TEST_CASE("registers: rows that contradict themselves say why") {
    RegisterRow one = row(ValueType::uint32, WordOrder::big_endian);
    CHECK(fault_of(one).empty());
    one.address = 65'535;
    CHECK_FALSE(fault_of(one).empty());
    one = row(ValueType::uint16, WordOrder::big_endian);
    one.table = Table::coils;
    CHECK_FALSE(fault_of(one).empty());
    one = row(ValueType::uint16, WordOrder::big_endian, 0);
    CHECK_FALSE(fault_of(one).empty());
    one = row(ValueType::bit, WordOrder::big_endian);
    CHECK_FALSE(fault_of(one).empty());
    one = row(ValueType::uint16, WordOrder::big_endian);
    one.table = Table::input_registers;
    CHECK_FALSE(fault_of(one).empty());
}

TEST_CASE("registers: what is written is read back") {
    for (int seed = 1; seed <= 2000; ++seed) {
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        RegisterRow one = row(static_cast<ValueType>(1 + random.below(8)), static_cast<WordOrder>(random.below(4)));
        const double value = static_cast<double>(
            random.between(one.type == ValueType::uint16 || one.type == ValueType::uint32 || one.type == ValueType::uint64 ? 0 : -30'000, 30'000));
        const auto words = encode(one, value);
        REQUIRE(words);
        CHECK(static_cast<int>(words->size()) == words_of(one.type));
        CHECK(decode(one, *words) == value);
    }
}

TEST_CASE("registers: blocks read the same as row by row, in fewer reads and within the limits") {
    for (int seed = 1; seed <= 500; ++seed) {
        INFO("seed ", seed);
        Random random(static_cast<std::uint64_t>(seed));
        std::vector<RegisterRow> rows;
        for (std::int64_t i = random.between(0, 40); i > 0; --i) rows.push_back(random_row(random));
        std::map<std::pair<Table, int>, std::uint16_t> memory;
        for (int table = 0; table < 4; ++table)
            for (int address = 0; address < 420; ++address)
                memory[{static_cast<Table>(table), address}] = static_cast<std::uint16_t>(table < 2 ? random.below(2) : random.below(65'536));
        const auto read = [&](Table table, int address, int count) {
            std::vector<std::uint16_t> words;
            for (int i = 0; i < count; ++i) words.push_back(memory.at({table, address + i}));
            return words;
        };
        std::map<std::size_t, std::optional<double>> by_block, one_by_one;
        const auto blocks = plan_reads(rows, static_cast<int>(random.between(0, 10)), 50, 60);
        for (const ReadBlock& block : blocks) {
            CHECK(block.count <= (block.table < Table::input_registers ? 60 : 50));
            const auto words = read(block.table, block.address, block.count);
            for (const std::size_t i : block.rows)
                by_block[i] = decode(rows[i], std::span(words).subspan(static_cast<std::size_t>(rows[i].address - block.address)));
        }
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (fault_of(rows[i]).empty()) one_by_one[i] = decode(rows[i], read(rows[i].table, static_cast<int>(rows[i].address), words_of(rows[i].type)));
        CHECK(by_block == one_by_one);
        CHECK(blocks.size() <= one_by_one.size());
    }
}

TEST_CASE("registers: a silent device is asked ever less often, one that answers at once again") {
    BackOff back_off;
    CHECK(back_off.failed() == seconds(1));
    CHECK(back_off.failed() == seconds(2));
    CHECK(back_off.failed() == seconds(4));
    for (int i = 0; i < 100; ++i) CHECK(back_off.failed() <= minutes(5));
    back_off.succeeded();
    CHECK(back_off.failed() == seconds(1));
}

} // namespace greenbank::energy::register_map
