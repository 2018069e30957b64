// channel_test.cpp — a channel against its twin under points in any order, again and late; tiers equal what recomputation gives; damage is said.
#include <doctest/doctest.h>

#include <bit>

#include "energy/engine/telemetry/naive_channel.h"
#include "kernel/random.h"

namespace greenbank::energy {

namespace {

bool same(const Points& one, const Points& other) {
    if (one.times != other.times) return false;
    for (std::size_t i = 0; i < one.size(); ++i)
        if (std::bit_cast<std::uint64_t>(one.values[i]) != std::bit_cast<std::uint64_t>(other.values[i])) return false;
    return true;
}

double random_value(Random& random) {
    if (random.chance(0.01)) return std::bit_cast<double>(random.next());
    return static_cast<double>(random.between(-5000, 5000)) / 100;
}

/// What a store would hold after these changes; channels must be the same when they come back from it.
struct KeptRows {
    std::map<Moment, ChunkRow> chunks;
    void apply(const ChannelChanges& changes) {
        for (const Moment at : changes.removed) REQUIRE(chunks.erase(at) == 1);
        for (const ChunkRow& row : changes.written) REQUIRE(chunks.emplace(row.first_at, row).second);
    }
    std::vector<ChunkRow> list() const {
        std::vector<ChunkRow> rows;
        for (const auto& [at, row] : chunks) rows.push_back(row);
        return rows;
    }
};

} // namespace

TEST_CASE("a channel answers as its twin does, whatever comes in whichever order") {
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        Random random(seed);
        INFO("seed " << seed);
        const ChannelLimits limits{.points_per_chunk = 1 + random.below(60), .keeps_hours = random.chance(0.5)};
        ChannelLog channel(limits);
        NaiveChannel naive;
        KeptRows kept;
        Moment now = random.between(-100, 100) * day;
        const Moment begin = now;
        for (int round = 0; round < 40; ++round) {
            std::vector<Moment> times;
            std::vector<double> values;
            const std::uint64_t how = random.below(4);
            for (std::size_t i = 0, count = random.below(50); i < count; ++i) {
                if (how < 2) times.push_back(now += how == 0 ? hour / 4 : random.between(1, hour));
                else if (how == 2 && !times.empty() && random.chance(0.3)) times.push_back(times[random.below(times.size())]); // again, in one batch
                else times.push_back(random.between(begin - day, now + hour) / (hour / 4) * (hour / 4));                       // late, and often again
                values.push_back(random_value(random));
            }
            if (random.chance(0.1)) {
                times.push_back(moment_most + 1);
                values.push_back(1);
            }
            REQUIRE(channel.add(times, values) == naive.add(times, values));
            if (random.chance(0.4)) {
                ChunkFault fault;
                kept.apply(channel.seal(random.chance(0.3), fault));
                REQUIRE(fault == ChunkFault::none);
            }
            if (random.chance(0.1)) { // closed and opened again; the head comes back as one batch
                ChannelLog again(limits);
                again.load(kept.list(), channel.hours().steps(), channel.days().steps());
                again.add(channel.head().times, channel.head().values);
                channel = std::move(again);
            }
            const Moment from = random.between(begin - 2 * day, now), to = random.between(from, now + day);
            Points points;
            REQUIRE(channel.read(from, to, points) == ChunkFault::none);
            REQUIRE(same(points, naive.read(from, to)));
            for (const Moment step : {7 * day, day, 6 * hour, hour, Moment{600'000'000}}) {
                std::vector<Step> steps;
                REQUIRE(channel.read_steps(from, to, step, steps) == ChunkFault::none);
                REQUIRE_MESSAGE(steps == naive.read_steps(from, to, step), "step ", step, " from ", from, " to ", to);
            }
        }
        ChunkFault fault;
        kept.apply(channel.seal(true, fault));
        std::vector<Step> days;
        Points all;
        REQUIRE(channel.read(-moment_most, moment_most, all) == ChunkFault::none);
        aggregate(all, 0, all.size(), day, days);
        REQUIRE(channel.days().steps() == days);
        REQUIRE(channel.head().empty());
        std::size_t held = 0;
        Moment last = -moment_most;
        for (const auto& [at, row] : kept.chunks) {
            REQUIRE(at > last);
            last = row.last_at;
            held += row.points;
            REQUIRE(row.points <= limits.points_per_chunk);
        }
        REQUIRE(held == all.size());
    }
}

TEST_CASE("a damaged chunk stops what would need it, and nothing is changed") {
    ChannelLog good({.points_per_chunk = 100});
    std::vector<Moment> times;
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) {
        times.push_back(300'000'000LL * i);
        values.push_back(i / 10.0);
    }
    good.add(times, values);
    ChunkFault fault;
    auto rows = good.seal(false, fault).written;
    REQUIRE(rows.size() == 10);
    rows[5].bytes[20] ^= 1;
    ChannelLog channel({.points_per_chunk = 100});
    channel.load(rows, {}, good.days().steps());
    Points points;
    CHECK(channel.read(0, times[400], points) == ChunkFault::none);
    CHECK(points.size() == 400);
    CHECK(channel.read(0, times[600], points) == ChunkFault::checksum);
    std::vector<Step> days;
    CHECK(channel.read_steps(0, 3 * day, day, days) == ChunkFault::none); // the tier knows
    CHECK(days.size() == 3);
    for (const std::size_t late : {std::size_t{550}, std::size_t{450}}) { // within it; in another chunk of its day
        const Moment at[] = {times[late] + 1};
        const double value[] = {7};
        ChannelLog one = channel;
        one.add(at, value);
        const ChannelChanges changes = one.seal(true, fault);
        CHECK(fault == ChunkFault::checksum);
        CHECK((changes.written.empty() && changes.removed.empty()));
        CHECK(one.head().size() == 1);
        CHECK(one.chunks().size() == 10);
        CHECK(one.days().steps() == good.days().steps());
    }
}

} // namespace greenbank::energy
