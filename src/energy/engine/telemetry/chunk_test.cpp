// chunk_test.cpp — every sequence of moments and doubles comes back bit for bit; what was cut or changed is refused.
#include "energy/engine/telemetry/chunk.h"

#include <doctest/doctest.h>

#include <bit>
#include <limits>

#include "energy/engine/telemetry/checksum.h"
#include "energy/engine/telemetry/doubles.h"
#include "energy/engine/telemetry/integers.h"
#include "energy/engine/telemetry/tier.h"
#include "kernel/random.h"

namespace greenbank::energy {

namespace {

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

double random_double(Random& random, std::uint64_t kind) {
    constexpr double hard[] = {0.0, -0.0, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::max(),
        std::numeric_limits<double>::lowest(), 0x1p51, 0x1p53, -0x1p51, 1e22, 0.1, 41.361999999999995};
    switch (kind) {
    case 0: return static_cast<double>(random.between(-100'000, 100'000)) / 100;
    case 1: return std::bit_cast<double>(random.next()); // NaN with any payload among them
    case 2: return hard[random.below(std::size(hard))];
    case 3: return static_cast<double>(static_cast<float>(random.uniform() * 500));
    case 4: return 20.5;
    case 5: return random.uniform() * 1000;
    case 6: return static_cast<double>(random.between(-(std::int64_t{1} << 53), std::int64_t{1} << 53));
    default: return random_double(random, random.chance(0.03) ? 2 : 0);
    }
}

Points random_points(Random& random) {
    Points points;
    const std::uint64_t kind = random.below(8), pace = random.below(4);
    Moment at = static_cast<Moment>(random.next() >> 2) - (Moment{1} << 61);
    const std::size_t count = 1 + random.below(random.chance(0.1) ? 3000 : 300);
    for (std::size_t i = 0; i < count; ++i) {
        points.add(at, random_double(random, kind));
        at += pace == 0   ? 300'000'000
              : pace == 1 ? 60'000'000 * random.between(1, 5)
              : pace == 2 ? random.between(1, 1'000'000)
                          : random.between(1, Moment{1} << 49);
    }
    return points;
}

void same(const Points& one, const Points& other, std::uint64_t seed) {
    REQUIRE_MESSAGE(one.times == other.times, "seed ", seed);
    REQUIRE_MESSAGE(one.values.size() == other.values.size(), "seed ", seed);
    for (std::size_t i = 0; i < one.size(); ++i) REQUIRE_MESSAGE(bits(one.values[i]) == bits(other.values[i]), "seed ", seed, " point ", i);
}

} // namespace

TEST_CASE("CRC-32C of the catalogue's check") { CHECK(checksum("123456789") == 0xE3069283U); }

TEST_CASE("any integers come back") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        Random random(seed);
        std::vector<std::int64_t> numbers(1 + random.below(600));
        const std::uint64_t shift = random.below(64), way = random.below(3);
        std::int64_t one = static_cast<std::int64_t>(random.next()), step = static_cast<std::int64_t>(random.next() >> shift);
        for (std::int64_t& number : numbers) {
            const std::uint64_t rest = random.next() >> shift;
            if (way == 0) number = static_cast<std::int64_t>(rest);
            if (way == 1) number = one = static_cast<std::int64_t>(static_cast<std::uint64_t>(one) + rest);
            if (way == 2) number = one = static_cast<std::int64_t>(static_cast<std::uint64_t>(one) + static_cast<std::uint64_t>(step) + rest % 2);
        }
        std::string bytes;
        append_integers(bytes, numbers);
        ByteReader in(bytes);
        std::vector<std::int64_t> back(numbers.size());
        REQUIRE_MESSAGE(read_integers(in, back), "seed ", seed);
        REQUIRE_MESSAGE(in.at_end(), "seed ", seed);
        REQUIRE_MESSAGE(back == numbers, "seed ", seed);
    }
}

TEST_CASE("any points come back bit for bit, and the summary tells their span") {
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
        Random random(seed);
        const Points points = random_points(random);
        const std::string bytes = encode_chunk(points);
        Points back;
        REQUIRE_MESSAGE(decode_chunk(bytes, back) == ChunkFault::none, "seed ", seed);
        same(points, back, seed);
        ChunkSummary summary;
        REQUIRE(read_summary(bytes, summary) == ChunkFault::none);
        CHECK((summary.points == points.size() && summary.first_at == points.times.front() && summary.last_at == points.times.back()));
        CHECK_MESSAGE(bytes.size() < 40 + 20 * points.size(), "seed ", seed);
    }
}

TEST_CASE("decimals cost what their changes cost, steady channels next to nothing") {
    Points decimals, steady;
    for (int i = 0; i < 2048; ++i) {
        decimals.add(300'000'000LL * i, 20 + (i * 7 % 11) / 100.0);
        steady.add(300'000'000LL * i, 23.45);
    }
    CHECK(encode_chunk(decimals).size() < 2048 * 5 / 8);
    CHECK(encode_chunk(steady).size() < 40);
}

TEST_CASE("what is cut short or changed is refused and adds nothing") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Random random(seed);
        const Points points = random_points(random);
        const std::string bytes = encode_chunk(points);
        Points into;
        into.add(1, 2);
        for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 16)
            REQUIRE_MESSAGE(decode_chunk(std::string_view(bytes).substr(0, size), into) != ChunkFault::none, "seed ", seed);
        for (int i = 0; i < 50; ++i) {
            std::string wrong = bytes;
            wrong[random.below(wrong.size())] ^= static_cast<char>(1 << random.below(8));
            REQUIRE_MESSAGE(decode_chunk(wrong, into) != ChunkFault::none, "seed ", seed);
            // With a checksum that fits, it is read within its bounds or refused.
            wrong.resize(wrong.size() - 4);
            append_fixed(wrong, checksum(wrong));
            if (decode_chunk(wrong, into) == ChunkFault::none) {
                into = {};
                into.add(1, 2);
            }
        }
        REQUIRE(into.size() == 1);
        std::string newer = bytes;
        newer[0] = 2;
        CHECK(decode_chunk(newer, into) == ChunkFault::version);
        CHECK(decode_chunk("", into) == ChunkFault::truncated);
    }
}

TEST_CASE("steps of a tier come back, or are refused") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        std::vector<Step> steps, back;
        for (std::size_t i = 0, count = 1 + random.below(400); i < count; ++i) {
            Points points;
            for (int k = 0; k < 6; ++k) points.add(k, static_cast<double>(random.between(-9999, 9999)) / 100);
            steps.push_back({static_cast<Moment>(i) * day, aggregate(points, 0, points.size())});
        }
        std::string bytes = encode_steps(steps);
        REQUIRE(decode_steps(bytes, back) == ChunkFault::none);
        REQUIRE_MESSAGE(back == steps, "seed ", seed);
        bytes[random.below(bytes.size())] ^= 4;
        CHECK(decode_steps(bytes, back) != ChunkFault::none);
        CHECK(back == steps);
    }
}

TEST_CASE("sums are exact and rounded once, whatever the order") {
    Points points;
    for (const double value : {1e308, 1e308, -1e308, -1e308, 1e16, 1.0, -1e16}) points.add(static_cast<Moment>(points.size()), value);
    CHECK(aggregate(points, 0, points.size()).sum == 1);
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Random random(seed);
        Points one, other;
        const bool wild = seed % 2 == 0;
        for (int i = 0; i < 50; ++i)
            one.add(i,
                wild ? std::ldexp(random.uniform() - 0.5, static_cast<int>(random.between(-60, 60))) : static_cast<double>(random.between(-9999, 9999)) / 100);
        for (int i = 49; i >= 0; --i) other.add(49 - i, one.values[static_cast<std::size_t>(i)]);
        ExactSum sum;
        for (const double value : one.values) sum.add(value);
        CHECK_MESSAGE(aggregate(one, 0, 50).sum == aggregate(other, 0, 50).sum, "seed ", seed);
        CHECK_MESSAGE(aggregate(one, 0, 50).sum == sum.rounded(), "seed ", seed);
    }
}

} // namespace greenbank::energy
