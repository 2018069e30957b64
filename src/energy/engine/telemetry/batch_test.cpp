// batch_test.cpp — a batch of many series comes back; what was cut or changed is refused; the later batch wins.
#include "energy/engine/telemetry/batch.h"

#include <doctest/doctest.h>

#include <map>

#include "kernel/random.h"

namespace greenbank::energy {

namespace {

std::vector<SeriesPoints> random_batch(Random& random) {
    std::vector<SeriesPoints> batch;
    std::int64_t series = random.between(-5, 100);
    const Moment unit = random.chance(0.5) ? 1'000'000 : random.chance(0.5) ? 1000 : 1;
    for (std::uint64_t i = random.below(20) + 1; i > 0; --i) {
        SeriesPoints one{series += random.between(1, 9), {}};
        Moment at = random.between(-1000, 1'000'000) * unit;
        for (std::uint64_t j = random.below(30) + 1; j > 0; --j)
            one.points.add(at += random.between(1, 600) * unit, static_cast<double>(random.between(-99, 9999)) / 100);
        batch.push_back(std::move(one));
    }
    return batch;
}

} // namespace

TEST_CASE("batches come back, and damage is found") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const auto batch = random_batch(random);
        const std::string bytes = encode_batch(batch);
        std::vector<SeriesPoints> again;
        REQUIRE(decode_batch(bytes, again) == ChunkFault::none);
        REQUIRE(again.size() == batch.size());
        for (std::size_t i = 0; i < batch.size(); ++i) {
            CHECK(again[i].series == batch[i].series);
            CHECK(again[i].points.times == batch[i].points.times);
            CHECK(again[i].points.values == batch[i].points.values);
        }
        std::string damaged = bytes;
        damaged[random.below(damaged.size())] ^= static_cast<char>(1 << random.below(8));
        CHECK(decode_batch(damaged, again) != ChunkFault::none);
        CHECK(decode_batch(bytes.substr(0, random.below(bytes.size())), again) != ChunkFault::none);
        CHECK(again.size() == batch.size()); // as it was
    }
}

TEST_CASE("joined batches say what a map of moments says") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<std::vector<SeriesPoints>> batches;
        std::map<std::int64_t, std::map<Moment, double>> naive;
        for (std::uint64_t i = random.below(5) + 1; i > 0; --i) {
            batches.push_back(random_batch(random));
            for (const SeriesPoints& one : batches.back())
                for (std::size_t j = 0; j < one.points.size(); ++j) naive[one.series][one.points.times[j]] = one.points.values[j];
        }
        const auto joined = join_batches(batches);
        REQUIRE(joined.size() == naive.size());
        std::size_t at = 0;
        for (const auto& [series, points] : naive) {
            REQUIRE(joined[at].series == series);
            REQUIRE(joined[at].points.size() == points.size());
            std::size_t i = 0;
            for (const auto& [moment, value] : points) {
                CHECK(joined[at].points.times[i] == moment);
                CHECK(joined[at].points.values[i++] == value);
            }
            ++at;
        }
    }
}

TEST_CASE("points that came in any order stand in the order of time, the last word holds") {
    const Points points = in_order({{30, 10, 20, 10}, {3, 1, 2, 4}});
    CHECK(points.times == std::vector<Moment>{10, 20, 30});
    CHECK(points.values == std::vector<double>{4, 2, 3});
}

} // namespace greenbank::energy
