// composition_test.cpp — ranges beside a row of marks; pieces are the same however their points come; what is beside whole days is all that is not.
#include "energy/engine/telemetry/composition.h"

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::energy {

namespace {

Ranges ranges_of(const std::vector<bool>& marks) {
    Ranges ranges;
    for (std::size_t i = 0; i < marks.size(); ++i)
        if (marks[i]) append(ranges, {static_cast<Moment>(i), static_cast<Moment>(i) + 1});
    return ranges;
}

} // namespace

TEST_CASE("what ranges have in common, and one without the other") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const double dense = random.uniform(), denser = random.uniform();
        std::vector<bool> some, others, both, left;
        for (int i = 0; i < 40; ++i) {
            some.push_back(random.chance(dense));
            others.push_back(random.chance(denser));
            both.push_back(some.back() && others.back());
            left.push_back(some.back() && !others.back());
        }
        CHECK(common(ranges_of(some), ranges_of(others)) == ranges_of(both));
        CHECK(without(ranges_of(some), ranges_of(others)) == ranges_of(left));
    }
}

TEST_CASE("a day is left to its tier where it lies in the range and in one step, and only there") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const Grid grid{random.between(1, 200) * hour / (1 + random.between(0, 3)), random.between(-48, 56) * hour / 4};
        const Moment from = random.between(-5 * day, 5 * day), to = from + random.between(1, 40 * day);
        const Ranges days = without({{from, to}}, beside_days(grid, from, to));
        Ranges expected;
        for (Moment at = step_of(from, day); at < to; at += day)
            if (at >= from && at + day <= to && grid.begin_of(at) == grid.begin_of(at + day - 1)) append(expected, {at, at + day});
        CHECK(days == expected);
        const Ranges cut = cut_hours(grid, {{from, to}}, from);
        for (Moment at = step_of(from, hour); at < to; at += hour) {
            const bool is_whole = at >= from && at + hour <= to && grid.begin_of(at) == grid.begin_of(at + hour - 1);
            REQUIRE(common(cut, {{at, at + hour}}).empty() == is_whole);
        }
    }
}

TEST_CASE("pieces do not depend on how their points come, and make the steps that the points make") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        const Grid grid{random.between(1, 100) * hour / (1 + random.between(0, 7)), random.between(-48, 56) * hour / 4};
        const bool by_hour = random.chance(0.5);
        Points points;
        Moment at = random.between(-3 * day, 3 * day);
        for (int i = 0; i < 500; ++i)
            points.add(
                at += random.chance(0.02) ? random.between(1, 5 * day) : random.between(1, hour / 3), static_cast<double>(random.between(-999, 999)) / 8);
        std::vector<Step> at_once, in_parts, steps;
        Pieces whole(grid, by_hour, at_once), parted(grid, by_hour, in_parts);
        whole.add(points, 0, points.size());
        whole.finish();
        for (std::size_t from = 0; from < points.size();) {
            const std::size_t to = from + 1 + random.below(std::min<std::size_t>(60, points.size() - from));
            Points part;
            part.append(points, from, to);
            parted.add(part, 0, part.size());
            from = to;
        }
        parted.finish();
        CHECK(at_once == in_parts);
        join(at_once, grid, steps);
        std::size_t i = 0;
        for (const Step& step : steps) { // eighths are added without rounding
            const std::size_t first = i;
            while (i < points.size() && grid.begin_of(points.times[i]) == step.at) ++i;
            REQUIRE(step.values == aggregate(points, first, i));
        }
        CHECK(i == points.size());
    }
}

} // namespace greenbank::energy
