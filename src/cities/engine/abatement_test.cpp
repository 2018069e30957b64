// abatement_test.cpp — annuities beside a loan paid back year by year, costs beside their definition, the curve beside sorting by hand.
#include "cities/engine/abatement.h"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::cities {

TEST_CASE("the annuity pays the capital back to nothing, whatever the rate") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const double percent = random.below(10) == 0 ? 0 : random.uniform() * 20;
        const int years = 1 + static_cast<int>(random.below(40));
        const double paid = annuity_factor(percent, years);
        double debt = 1;
        for (int year = 0; year < years; ++year) debt = debt * (1 + percent / 100) - paid;
        CHECK(std::abs(debt) < 1e-9 * std::pow(1 + percent / 100, years));
    }
}

TEST_CASE("a tonne costs what capital, running and savings leave over the tonnes avoided") {
    // 1 kW for 4,600 that runs 1,812 hours a year for 0.05 each and saves 0.5 and 0.57 kg: worked out on paper.
    const auto pv = *abatement_cost(
        {.capital = 4600, .lifetime_years = 25, .operating_a_year = 1812 * 0.05, .saved_a_year = 1812 * 0.5, .avoided_kg = 1812 * 0.57, .discount_percent = 6});
    CHECK(pv.yearly_cost == doctest::Approx(4600 * 0.0782267 + 90.6 - 906).epsilon(1e-6));
    CHECK(pv.cost_per_tonne == doctest::Approx(pv.yearly_cost / (1812 * 0.57) * 1000));
    CHECK(pv.cost_per_tonne < 0);
}

TEST_CASE("what makes it dearer makes its tonnes dearer") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const AbatementFigures base{.capital = random.uniform() * 1e4,
            .lifetime_years = 1 + random.uniform() * 40,
            .operating_a_year = random.uniform() * 100,
            .saved_a_year = random.uniform() * 1000,
            .avoided_kg = 1 + random.uniform() * 1e4,
            .discount_percent = random.uniform() * 15};
        const double now = abatement_cost(base)->cost_per_tonne;
        AbatementFigures moved = base;
        moved.capital += 100;
        CHECK(abatement_cost(moved)->cost_per_tonne > now);
        moved = base;
        moved.saved_a_year += 10;
        CHECK(abatement_cost(moved)->cost_per_tonne < now);
        moved = base;
        moved.lifetime_years += 1;
        CHECK(abatement_cost(moved)->cost_per_tonne <= now);
    }
}

TEST_CASE("there is no cost of a tonne where nothing is avoided or a figure is none") {
    CHECK_FALSE(abatement_cost({.capital = 1, .avoided_kg = 0}));
    CHECK_FALSE(abatement_cost({.capital = 1, .avoided_kg = -5}));
    CHECK_FALSE(abatement_cost({.capital = 1, .lifetime_years = 0, .avoided_kg = 5}));
    CHECK_FALSE(abatement_cost({.capital = std::nan(""), .avoided_kg = 5}));
    CHECK_FALSE(abatement_cost({.capital = 1, .avoided_kg = 5, .discount_percent = -100}));
}

TEST_CASE("the curve goes from the cheapest tonne on and keeps all of them") {
    const auto steps = abatement_curve({300, -50, 120}, {10, 20, 30});
    CHECK(steps[0].measure == 1);
    CHECK(steps[2].measure == 0);
    CHECK(steps[2].kg_together == 60);
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<double> costs, kg;
        for (std::size_t i = 0, count = random.below(30); i < count; ++i)
            costs.push_back(std::floor(random.uniform() * 10) - 5), kg.push_back(random.uniform() * 100);
        const auto curve = abatement_curve(costs, kg);
        REQUIRE(curve.size() == kg.size());
        double together = 0;
        for (std::size_t i = 0; i < curve.size(); ++i) {
            together += kg[curve[i].measure];
            CHECK(curve[i].kg_together == doctest::Approx(together));
            if (i) CHECK(curve[i - 1].cost_per_tonne <= curve[i].cost_per_tonne);
        }
    }
}

} // namespace greenbank::cities
