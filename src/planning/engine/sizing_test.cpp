// sizing_test.cpp — small islands: the twin, wider limits, names that mean nothing, whole units, and what contradicts itself.
#include <doctest/doctest.h>

#include <cmath>

#include "planning/engine/island_under_test.h"
#include "planning/engine/sizing.h"

namespace greenbank::planning {

TEST_CASE("plans agree with the simplex, are proven, and balance at every hour") {
    int optimal = 0;
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Site site = random_site(random);
        const Series series = random_series(random, 24 * (1 + random.below(6)));
        CHECK(problems_of(site, series).empty());
        const Plan ours = plan_site(site, series), twin = plan_site(site, series, {.simplex = true});
        CHECK((ours.outcome == Plan::Outcome::infeasible) == (twin.outcome == Plan::Outcome::infeasible));
        if (ours.outcome == Plan::Outcome::infeasible) continue;
        ++optimal;
        CHECK(ours.outcome == Plan::Outcome::optimal);
        CHECK(ours.gap <= 1e-6);
        CHECK(ours.balance_error <= 1e-6);
        CHECK(ours.cost_per_year == doctest::Approx(twin.cost_per_year).epsilon(2e-6));
        double sum = 0;
        for (const SizedAsset& asset : ours.assets) sum += asset.capital_per_year + asset.fixed_per_year;
        for (const PartFlow& flow : ours.flows) sum += flow.running_per_year;
        CHECK(sum == doctest::Approx(ours.cost_per_year));
    }
    CHECK(optimal >= 15);
}

TEST_CASE("wider limits never cost more, and names change nothing") {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Site site = island_site(seed % 2 == 0, 0.1);
        const Series series = random_series(random, 72);
        site.requirements.carbon_max = 20'000;
        double before = 1e300;
        for (const double share : {0.02, 0.1, 0.3, 1.0}) {
            site.sources[2].energy_share_max = share;
            const Plan plan = plan_site(site, series);
            REQUIRE(plan.outcome == Plan::Outcome::optimal);
            CHECK(plan.cost_per_year <= before * (1 + 1e-6));
            before = plan.cost_per_year;
        }
        Site other = site;
        std::swap(other.sources[0], other.sources[2]);
        for (Source& source : other.sources) source.name = "x" + source.name;
        CHECK(plan_site(other, series).cost_per_year == doctest::Approx(before).epsilon(2e-6));
    }
}

/// What is served less is not greener: the share is of what is served, in the requirement as in the plan and in the estimate.
TEST_CASE("load that is not served counts as no renewable energy") {
    int short_ones = 0;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Site site = island_site(seed % 2 == 0, 1);
        const Series series = random_series(random, 24 * 7);
        site.demands[0].unserved_price = 150 + 100 * random.uniform(); // less than diesel: some of it stays unserved
        site.sources[0].asset.size_max = 30 * random.uniform(), site.sources[1].asset.size_max = 40 * random.uniform();
        site.sources[2].running_per_mwh = 60;
        site.requirements.renewable_share_min = 0.4 + 0.4 * random.uniform();
        const Plan plan = plan_site(site, series), twin = plan_site(site, series, {.simplex = true});
        REQUIRE(plan.outcome == Plan::Outcome::optimal);
        CHECK(plan.cost_per_year == doctest::Approx(twin.cost_per_year).epsilon(2e-6));
        double renewable = 0, diesel = 0, unserved = 0, lost = 0;
        for (const PartFlow& flow : plan.flows) {
            if (flow.kind == "source") (flow.part == "Diesel" ? diesel : renewable) += flow.energy_per_year;
            if (flow.kind == "demand") unserved += flow.energy_per_year;
        }
        const double served = plan.load_energy - unserved;
        lost = renewable + diesel - served; // in stores
        short_ones += unserved > 0.01 * plan.load_energy;
        CHECK(lost >= -1e-6 * plan.load_energy);
        CHECK(plan.renewable_share == doctest::Approx((renewable - lost) / served).epsilon(1e-6));
        CHECK(plan.renewable_share >= *site.requirements.renewable_share_min - 1e-6);
        Site given = site;
        for (std::size_t i = 0; i < 3; ++i) given.sources[i].asset.size = plan.assets[i].size;
        CHECK(renewable_share(diesel, served) == doctest::Approx(plan.renewable_share));
    }
    CHECK(short_ones >= 3);
}

TEST_CASE("whole units cost a little more, and are whole") {
    Random random(5);
    Site site = island_site(false, 0.2);
    const Series series = random_series(random, 48);
    const Plan relaxed = plan_site(site, series);
    site.sources[1].asset.unit_size = 15, site.sources[2].asset.unit_size = 10;
    const Plan whole = plan_site(site, series);
    REQUIRE(whole.outcome == Plan::Outcome::optimal);
    CHECK(whole.cost_per_year >= relaxed.cost_per_year * (1 - 1e-6));
    for (const SizedAsset& asset : whole.assets) {
        const double units = asset.size / (asset.part == "Wind" ? 15 : 10);
        if (asset.part == "Wind" || asset.part == "Diesel") CHECK(std::abs(units - std::round(units)) < 1e-4);
    }
}

TEST_CASE("what contradicts itself is named, with the smallest way out") {
    Random random(7);
    Site site = island_site(false, 0.1);
    const Series series = random_series(random, 48);
    site.sources[0].asset.size_max = 10, site.sources[1].asset.size_max = 10;
    site.requirements.autonomy_days = 0.1;
    const Plan plan = plan_site(site, series);
    REQUIRE(plan.outcome == Plan::Outcome::infeasible);
    bool demand = false, share = false, autonomy = false;
    for (const Shortfall& one : plan.conflict) {
        demand = demand || one.kind == RequirementKind::demand;
        share = share || (one.kind == RequirementKind::energy_share && one.part == "Diesel");
        autonomy = autonomy || one.kind == RequirementKind::autonomy;
    }
    CHECK(demand);
    CHECK(share);
    CHECK(!autonomy);
    CHECK(!plan.relaxation.empty());
}

TEST_CASE("near-optimal plans stay within the cost allowed and move the size") {
    Random random(9);
    const Site site = island_site(false, 0.3);
    const Series series = random_series(random, 48);
    const Plan best = plan_site(site, series);
    double least = -1, most = -1;
    for (const Alternative& one : near_optimal(site, series, best.cost_per_year, 0.05)) {
        CHECK(one.plan.cost_per_year <= best.cost_per_year * 1.05 * (1 + 1e-6));
        if (one.part == "Wind") (one.most ? most : least) = one.plan.assets[1].size;
    }
    CHECK(least <= best.assets[1].size * (1 + 1e-6));
    CHECK(most >= best.assets[1].size * (1 - 1e-6));
    CHECK(most > least);
}

TEST_CASE("series that do not fit are told exactly") {
    Random random(1);
    const Site site = island_site(false, 0.3);
    Series series = random_series(random, 24);
    series.columns[1][5] = 1.5;
    Problems problems = problems_of(site, series);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == "planning.share_outside");
    series.columns[0][2] = -3;
    series.names[2] = "breeze";
    CHECK(problems_of(site, series).size() == 3);
    for (double& load : series.columns[0]) load = 5e9;
    CHECK(problems_of(site, series)[0].code == "planning.units_mixed");
}

} // namespace greenbank::planning
