// estimate_test.cpp — a year of given sizes: nothing is cheaper than the proven plan, energy adds up, more of a source never leaves more unserved.
#include <doctest/doctest.h>

#include <cmath>

#include "planning/engine/dispatch.h"
#include "planning/engine/island_under_test.h"

namespace greenbank::planning {

namespace {

double of_kind(const Plan& plan, const std::string& kind) {
    double sum = 0;
    for (const PartFlow& flow : plan.flows)
        if (flow.kind == kind) sum += flow.energy_per_year;
    return sum;
}

} // namespace

TEST_CASE("an estimate adds up, is never cheaper than what is proven for these sizes, and serves more with more") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Site site = island_site(false, 1);
        site.demands[0].unserved_price = 5'000;
        const Series series = random_series(random, 24 * 14);
        site = with_sizes(site, plan_site(site, series));
        for (Source& source : site.sources) *source.asset.size *= 0.5 + random.uniform();
        *site.storages[0].reservoir.size *= 0.5 + random.uniform();
        const Plan guess = estimate(site, series), proven = plan_site(site, series);
        REQUIRE(proven.outcome == Plan::Outcome::optimal);
        CHECK(guess.load_energy == doctest::Approx(proven.load_energy));
        CHECK(guess.cost_per_year >= proven.cost_per_year * (1 - 2e-3)); // what is in the store at the turn of the year differs a little
        // what is made and not lost in the store is used
        const double lost = of_kind(guess, "storage") * (1 / 0.95 - 0.95);
        CHECK(of_kind(guess, "source") - lost == doctest::Approx(guess.load_energy - of_kind(guess, "demand")).epsilon(0.02));
        double carbon = 0, cost = 0;
        for (const PartFlow& flow : guess.flows) carbon += flow.carbon_per_year, cost += flow.running_per_year;
        for (const SizedAsset& asset : guess.assets) cost += asset.capital_per_year + asset.fixed_per_year;
        CHECK(guess.carbon == doctest::Approx(carbon));
        CHECK(guess.cost_per_year == doctest::Approx(cost));
        Site more = site;
        *more.sources[2].asset.size *= 1.5;
        CHECK(of_kind(estimate(more, series), "demand") <= of_kind(guess, "demand") + 1e-6);
        *more.sources[2].asset.size *= 100;
        CHECK(of_kind(estimate(more, series), "demand") <= 1e-6);
        // the largest energy that any way of running these sizes serves, by the program alone
        for (Source& source : site.sources) source.running_per_mwh = 0;
        site.demands[0].unserved_price = 1e5;
        CHECK(of_kind(guess, "demand") <= of_kind(plan_site(site, series), "demand") + 1e-3 * guess.load_energy);
    }
}

TEST_CASE("with several stores on one bus a year is estimated by the controller: never cheaper than what is proven, and hardly more unserved") {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Site site = island_site(true, 1);
        site.storages.push_back(site.storages[0]);
        site.storages.back().name = "Second battery", site.storages.back().charger.size_min = 5, site.storages.back().reservoir.size_min = 30;
        site.demands[0].unserved_price = 5'000;
        site.sources[2].energy_share_max = 0.2;
        const Series series = random_series(random, 24 * 14);
        site = with_sizes(site, plan_site(site, series));
        for (Source& source : site.sources) *source.asset.size *= 0.6 + 0.8 * random.uniform();
        const Plan guess = estimate(site, series);
        CHECK(guess.method == "load following with a reserve");
        site.sources[2].energy_share_max.reset();
        const Plan proven = plan_site(site, series);
        REQUIRE(proven.outcome == Plan::Outcome::optimal);
        CHECK(guess.load_energy == doctest::Approx(proven.load_energy));
        CHECK(guess.balance_error <= 1e-6);
        CHECK(guess.cost_per_year >= proven.cost_per_year * (1 - 1e-6));
        CHECK(of_kind(guess, "demand") <= of_kind(proven, "demand") + 0.04 * guess.load_energy);
        double cost = 0;
        for (const PartFlow& flow : guess.flows) cost += flow.running_per_year;
        for (const SizedAsset& asset : guess.assets) cost += asset.capital_per_year + asset.fixed_per_year;
        CHECK(guess.cost_per_year == doctest::Approx(cost));
    }
}

TEST_CASE("where there are several buses the cheapest hours are the estimate; what has no price costs nothing when it is not served") {
    Random random(5);
    Site site = island_site(false, 1);
    Converter pump;
    pump.name = "Desalination", pump.from = "electricity", pump.to = "water", pump.efficiency = 3, pump.asset.investment = 100'000;
    site.converters = {pump};
    site.demands.push_back({.name = "Water", .bus = "water", .column = "demand_el", .unit = SeriesUnit::kilowatt, .unserved_price = {}});
    const Series series = random_series(random, 24 * 7);
    const Plan plan = plan_site(site, series);
    REQUIRE(plan.outcome == Plan::Outcome::optimal);
    site = with_sizes(site, plan);
    CHECK(estimate(site, series).cost_per_year == doctest::Approx(plan.cost_per_year).epsilon(1e-3));
    *site.converters[0].asset.size *= 0.5;
    const Plan half = estimate(site, series);
    CHECK(of_kind(half, "demand") > 1);
    for (const PartFlow& flow : half.flows)
        if (flow.kind == "demand") CHECK(flow.running_per_year == 0);
}

TEST_CASE("a price of carbon moves the plan: cost without the payments rises, carbon falls, step by step") {
    Random random(7);
    const Site site = island_site(false, 1);
    const Series series = random_series(random, 24 * 7);
    double cost = 0, carbon = 1e12;
    for (const double price : {0.0, 50.0, 100.0, 200.0, 400.0}) {
        CAPTURE(price);
        const Plan plan = plan_site(with_carbon_price(site, price), series);
        CHECK(plan.carbon <= carbon + 1e-3);
        CHECK(plan.cost_per_year - price * plan.carbon >= cost * (1 - 1e-6));
        cost = plan.cost_per_year - price * plan.carbon, carbon = plan.carbon;
    }
}

/// Asked to stop after any number of rounds.
TEST_CASE("branch and bound that is stopped says nothing that is not true: its bound is below the best, its plan not below") {
    Random random(11);
    Site site = island_site(false, 0.4);
    for (Source& source : site.sources) source.asset.unit_size = 7;
    site.storages[0].reservoir.unit_size = 20;
    const Series series = random_series(random, 72);
    const Plan best = plan_site(site, series);
    REQUIRE(best.outcome == Plan::Outcome::optimal);
    int kept = 0;
    for (int after = 1; after < 400; after += after < 40 ? 1 : 17) {
        CAPTURE(after);
        int asked = 0;
        const Plan plan = plan_site(site, series, {.stop = [&] { return ++asked > after; }});
        CHECK(plan.outcome != Plan::Outcome::infeasible);
        if (plan.assets.empty()) continue;
        ++kept;
        CHECK(plan.cost_per_year >= best.cost_per_year * (1 - 2e-6));
        CHECK(plan.bound <= best.cost_per_year * (1 + 2e-6));
        if (plan.outcome == Plan::Outcome::optimal) CHECK(plan.cost_per_year == doctest::Approx(best.cost_per_year).epsilon(3e-6));
    }
    CHECK(kept > 0);
}

} // namespace greenbank::planning
