// dispatch_test.cpp — a window that moves: the state is carried exactly, minimum loads are kept, the same run twice is the same.
#include <doctest/doctest.h>

#include "planning/engine/dispatch.h"
#include "planning/engine/island_under_test.h"

namespace greenbank::planning {

TEST_CASE("each step follows from the one before, and every load is served") {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Site site = island_site(seed % 2 == 0, 0.4);
        const Series series = random_series(random, 96);
        site = with_sizes(site, plan_site(site, series));
        REQUIRE(sizes_known(site));
        if (seed > 2) site.sources[2].minimum_load = 0.3, site.sources[2].up_hours_min = 3;
        DispatchOptions how;
        how.horizon = 24;
        if (seed == 4) how.error = 0.1;
        const Schedule schedule = dispatch(site, series, how);
        REQUIRE(schedule.complete);
        CHECK(schedule.worst_balance <= 1e-6);
        CHECK(schedule.worst_step <= 1e-6);
        for (const double diesel : schedule.values[2])
            if (seed > 2) CHECK((diesel < 1e-6 || diesel >= 0.3 * *site.sources[2].asset.size - 1e-6));
        CHECK(dispatch(site, series, how).cost == schedule.cost);
        const auto alive = survival(site, series, schedule, SourceKind::diesel, 12);
        for (std::size_t k = 1; k < alive.size(); ++k) CHECK(alive[k] <= alive[k - 1]);
    }
}

} // namespace greenbank::planning
