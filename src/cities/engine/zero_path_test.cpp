// zero_path_test.cpp — by hand, and against each year summed anew.
#include "cities/engine/zero_path.h"

#include <doctest/doctest.h>

#include "kernel/random.h"

using namespace greenbank;
using namespace greenbank::cities;

TEST_CASE("a plan to zero by hand") {
    const ZeroCut cuts[] = {{2026, 400}, {2028, 500}, {2028, 100}, {2040, 9}};
    const ZeroPath path = zero_path(2025, 1000, 2029, cuts, {{2024, 5}, {2026, 650}});
    REQUIRE(path.years.size() == 5);
    CHECK(path.years[0].planned_kg == 1000);
    CHECK(path.years[1].planned_kg == 600);
    CHECK(path.years[3].cut_kg == 600);
    CHECK(path.zero_year == 2028);
    CHECK(path.left_kg == 0);
    CHECK(path.idle_years == std::vector<std::int64_t>{2027});
    CHECK(path.measured_year == 2026);
    CHECK(path.behind_kg == 50);
    CHECK(!zero_path(2025, 1000, 2027, cuts, {}).zero_year);
    CHECK(zero_path(2025, 1000, 2027, cuts, {}).left_kg == 600);
}

TEST_CASE("each year is what all cuts until then leave, in whatever order they stand") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const std::int64_t base = 2020, until = base + random.between(1, 30), base_kg = random.between(-1000, 100'000);
        std::vector<ZeroCut> cuts;
        for (std::uint64_t i = random.below(20); i > 0; --i) cuts.push_back({base + random.between(-2, 35), random.between(-2000, 9000)});
        const ZeroPath path = zero_path(base, base_kg, until, cuts, {});
        std::vector<ZeroCut> backwards(cuts.rbegin(), cuts.rend());
        const ZeroPath same = zero_path(base, base_kg, until, backwards, {});
        for (std::size_t i = 0; i < path.years.size(); ++i) {
            std::int64_t left = base_kg;
            for (const ZeroCut& cut : cuts)
                if (cut.year > base && cut.year <= path.years[i].year) left -= cut.kg;
            CHECK(path.years[i].planned_kg == left);
            CHECK(same.years[i].planned_kg == left);
            if (path.zero_year && path.years[i].year < *path.zero_year) CHECK(left > 0);
        }
        CHECK(path.left_kg == path.years.back().planned_kg);
    }
}
