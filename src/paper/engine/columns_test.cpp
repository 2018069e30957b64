// columns_test.cpp — widths of columns, round axes, labels apart.
#include "paper/engine/columns.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "kernel/random.h"
#include "paper/engine/axis.h"

namespace greenbank::paper {

namespace {

void check(const std::vector<ColumnNeed>& needs, double width, const std::vector<double>& expected) {
    const std::vector<double> widths = column_widths(needs, width);
    REQUIRE(widths.size() == expected.size());
    for (std::size_t i = 0; i < widths.size(); ++i) CHECK(widths[i] == doctest::Approx(expected[i]).epsilon(0.001));
}

} // namespace

TEST_CASE("columns get what they need") {
    check({{1, 10}, {1, 30}}, 80, {20, 60});                      // all fit: the rest in proportion
    check({{10, 10}, {10, 200}}, 100, {10, 90});                  // short ones stay whole, long ones wrap
    check({{60, 60}, {60, 90}}, 60, {30, 30});                    // nothing fits: by least need
    check({{1, 1, 0.25}, {1, 1, 0.75}}, 200, {50, 150});          // as wished
    check({{5, 5, 0.5}, {10, 40}, {10, 40}}, 100, {50, 25, 25});  // a wish, then needs
    check({{5, 5, 1}, {10, 40}}, 100, {90, 10});                  // a wish leaves the others what they cannot do without
    check({{100, 100}, {100, 100}, {10, 10}}, 110, {50, 50, 10}); // too much for all: the largest give way
    check({{30, 40, 0.1}, {10, 40}}, 100, {30, 70});              // a wish for less than the longest word is not kept
    check({{0, 0}, {0, 0}}, 10, {5, 5});
}

TEST_CASE("properties of columns") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<ColumnNeed> needs(1 + random.below(24));
        double least = 0;
        for (ColumnNeed& need : needs) {
            need.least = random.uniform() * 60;
            need.natural = need.least + random.uniform() * 200;
            if (random.chance(0.2)) need.share = random.uniform();
            least += need.least;
        }
        const double width = 420;
        const std::vector<double> widths = column_widths(needs, width);
        CHECK(std::accumulate(widths.begin(), widths.end(), 0.0) == doctest::Approx(width));
        for (std::size_t i = 0; i < widths.size(); ++i) {
            CHECK(widths[i] >= 0);
            CHECK(widths[i] >= std::min(needs[i].least, width / static_cast<double>(needs.size())) - 1e-6);
            if (least <= width) CHECK(widths[i] >= needs[i].least - 1e-6);
        }
    }
}

TEST_CASE("axes are round") {
    const auto axis = [](double low, double high, double expected_low, double expected_high, double step, int decimals) {
        const Axis made = nice_axis(low, high, 5);
        CHECK(made.low == doctest::Approx(expected_low));
        CHECK(made.high == doctest::Approx(expected_high));
        CHECK(made.step == doctest::Approx(step));
        CHECK(made.decimals == decimals);
    };
    axis(0, 6120, 0, 8000, 2000, 0);
    axis(-140, 6120, -2000, 8000, 2000, 0);
    axis(0, 0.47, 0, 0.5, 0.1, 1);
    axis(0, 1.2, 0, 1.25, 0.25, 2);
    axis(5, 5, 5, 7.5, 0.5, 1);
    axis(0, 0, 0, 1, 0.2, 1);
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const double scale = std::pow(10.0, static_cast<double>(random.between(-9, 15)));
        double low = (random.uniform() - 0.5) * scale, high = (random.uniform() - 0.5) * scale;
        if (low > high) std::swap(low, high);
        const Axis made = nice_axis(low, high, 5);
        CHECK(made.low <= low + made.step * 1e-6);
        CHECK(made.high >= high - made.step * 1e-6);
        CHECK(made.ticks().size() >= 2);
        CHECK(made.ticks().size() <= 9);
    }
}

TEST_CASE("labels stand apart and near their wishes") {
    const auto spread = [](std::vector<double> wishes, double height, double length, const std::vector<double>& expected) {
        const std::vector<double> places = spread_labels(wishes, height, length);
        for (std::size_t i = 0; i < expected.size(); ++i) CHECK(places[i] == doctest::Approx(expected[i]));
    };
    spread({10, 50}, 10, 100, {10, 50});
    spread({50, 50}, 10, 100, {45, 55});
    spread({100, 100, 100}, 10, 100, {80, 90, 100});
    spread({0, 0}, 10, 100, {0, 10});
    spread({5, 5, 5}, 10, 10, {0, 5, 10}); // too many
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<double> wishes(1 + random.below(7));
        for (double& wish : wishes) wish = random.uniform() * 150;
        std::vector<double> places = spread_labels(wishes, 11, 150);
        std::sort(places.begin(), places.end());
        for (std::size_t i = 0; i < places.size(); ++i) {
            CHECK(places[i] >= -1e-6);
            CHECK(places[i] <= 150 + 1e-6);
            if (i > 0) CHECK(places[i] - places[i - 1] >= 11 - 1e-6);
        }
    }
}

} // namespace greenbank::paper
