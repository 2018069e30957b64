// channel_readings_test.cpp — counters, powers and amounts made into readings.
#include <cmath>

#include <doctest/doctest.h>

#include "carbon/engine/channel_readings.h"
#include "kernel/random.h"

namespace greenbank::carbon {

namespace {
bool none(double value) { return std::isnan(value); }
} // namespace

TEST_CASE("a counter gives what was counted in each step, from the reading before the period on; a gap leaves two steps open") {
    const std::vector<StepValues> steps = {{-1, 1, 100, 100}, {0, 2, 0, 110}, {1, 1, 0, 125}, {3, 1, 0, 150}, {4, 1, 0, 160}};
    const auto readings = readings_of(steps, ChannelSort::counter, 6);
    CHECK(readings[0] == 10);
    CHECK(readings[1] == 15);
    CHECK(none(readings[2]));
    CHECK(none(readings[3])); // 25 were counted in two steps
    CHECK(readings[4] == 10);
    CHECK(none(readings[5]));
    CHECK(*reading_of_all(steps, ChannelSort::counter) == 60);
    CHECK(none(readings_of({{0, 1, 0, 5}}, ChannelSort::counter, 1)[0])); // nothing before it
    CHECK_FALSE(reading_of_all({{0, 1, 0, 5}}, ChannelSort::counter));
}

TEST_CASE("a new meter begins at 0") { CHECK(readings_of({{-1, 1, 0, 990}, {0, 1, 0, 7}}, ChannelSort::counter, 1)[0] == 7); }

TEST_CASE("powers are meant, amounts summed") {
    const std::vector<StepValues> steps = {{0, 4, 20, 6}, {2, 1, 3, 3}};
    CHECK(readings_of(steps, ChannelSort::instant, 3)[0] == 5);
    CHECK(none(readings_of(steps, ChannelSort::instant, 3)[1]));
    CHECK(readings_of(steps, ChannelSort::interval, 3)[0] == 20);
    CHECK(*reading_of_all(steps, ChannelSort::interval) == 23);
    CHECK(*reading_of_all(steps, ChannelSort::instant) == doctest::Approx(23.0 / 5));
    CHECK_FALSE(reading_of_all({}, ChannelSort::interval));
}

TEST_CASE("whatever is missing, what is read of a counter is never more than it counted") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        Random random(seed);
        INFO("seed ", seed);
        std::vector<StepValues> steps;
        double count = 0, first = -1, last = 0;
        for (std::int64_t i = -1; i < 50; ++i) {
            count += random.uniform() * 10;
            if (random.chance(0.3)) continue;
            steps.push_back({i, 1, 0, count});
            if (first < 0) first = count;
            last = count;
        }
        double sum = 0;
        for (const double one : readings_of(steps, ChannelSort::counter, 50))
            if (!none(one)) sum += one;
        CHECK(sum <= last - std::max(first, 0.0) + 1e-9);
    }
}

} // namespace greenbank::carbon
