// compliance_test.cpp — allocation, surrender and carry-over by hand.
#include "market/engine/compliance.h"

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::market {

TEST_CASE("allocation is benchmark times supply times correction, and heat") {
    CHECK(free_allocation({.supply_mwh = 1'000'000, .benchmark = 8'177}) == 817'700);
    CHECK(free_allocation({.supply_mwh = 1'000'000, .benchmark = 8'177, .correction = 9'500}) == 776'815);
    CHECK(free_allocation({.supply_mwh = 0, .benchmark = 8'177, .heat_gj = 100'000, .heat_benchmark = 1'105}) == 11'050);
    CHECK(free_allocation({.supply_mwh = 1, .benchmark = 5'000}) == 1); // half up
    CHECK(free_allocation({.supply_mwh = 1, .benchmark = 4'999}) == 0);
}

TEST_CASE("surrender stops at what is owed, and offsets at their share") {
    Obligation owes{.emissions = 100'000, .offset_limit_basis_points = 500};
    CHECK(surrender_fault(owes, 5'000, true) == SurrenderFault::none);
    CHECK(surrender_fault(owes, 5'001, true) == SurrenderFault::offsets_exhausted);
    CHECK(surrender_fault(owes, 100'001, false) == SurrenderFault::above_obligation);
    CHECK(surrender_fault(owes, 0, false) == SurrenderFault::not_positive);
    owes.offsets_given = 4'000;
    CHECK(surrender_fault(owes, 1'001, true) == SurrenderFault::offsets_exhausted);
    CHECK(surrender_fault(owes, 96'000, false) == SurrenderFault::none);
}

TEST_CASE("what is carried over never exceeds what is left, and more sold never means less") {
    CHECK(carried_over(50'000, 10'000, 10'000, 150) == 25'000);
    CHECK(carried_over(5'000, 10'000, 10'000, 150) == 5'000);
    CHECK(carried_over(-1, 0, 10'000, 150) == 0);
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        Random random(seed);
        const std::int64_t left = random.between(0, 1'000'000), sold = random.between(-1000, 1'000'000), base = random.between(0, 10'000);
        const std::int64_t now = carried_over(left, sold, base, 150);
        CHECK_MESSAGE((now >= 0 && now <= left && carried_over(left, sold + 100, base, 150) >= now), "seed ", seed);
    }
}

} // namespace greenbank::market
