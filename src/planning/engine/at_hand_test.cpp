// at_hand_test.cpp — a search that is stopped at any moment: what it keeps can be run hour by hour, its bound is below the cheapest, its cost not below.
#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "planning/engine/at_hand.h"
#include "planning/engine/island_under_test.h"
#include "planning/engine/sizing.h"

namespace greenbank::planning {

namespace {

double size_of(const Plan& plan, const std::string& part, const std::string& role) {
    for (const SizedAsset& one : plan.assets)
        if (one.part == part && one.role == role) return one.size;
    return -1;
}

/// Written anew from what a plan says, not from the program: the largest thing that is wrong, in parts of the peak.
double worst_of(const Site& site, const Series& series, const Plan& plan) {
    const auto column = [&](const std::string& name) -> const std::vector<double>& {
        for (std::size_t i = 0; i < plan.columns.size(); ++i)
            if (plan.columns[i] == name) return plan.schedule[i];
        static const std::vector<double> none;
        return none;
    };
    const std::size_t steps = series.steps();
    double worst = 0, peak = 1, load = 0, unserved = 0, fossil = 0, carbon = 0, stored = 0;
    std::map<std::string, std::vector<double>> sums;
    const auto add = [&](const std::string& bus, std::size_t t, double power) { sums.try_emplace(bus, steps).first->second[t] += power; };
    const auto off = [&](double by) { worst = std::max(worst, by / peak); };
    for (const Demand& demand : site.demands)
        for (std::size_t t = 0; t < steps; ++t) peak = std::max(peak, load_of(demand, series, t));
    for (std::size_t t = 0; t < steps; ++t) {
        for (const Demand& demand : site.demands) {
            const auto& missing = column(demand.name + " unserved");
            const double one = load_of(demand, series, t), not_served = missing.empty() ? 0 : missing[t];
            add(demand.bus, t, not_served - one);
            off(-not_served), off(not_served - one);
            if (demand.bus != "electricity") continue;
            load += one * site.step_hours, unserved += not_served * site.step_hours;
        }
        double ready = 0;
        for (const Source& source : site.sources) {
            const double size = size_of(plan, source.name, "source"), flow = column(source.name)[t],
                         share = source.column ? (*series.find(*source.column))[t] : 1;
            add(source.bus, t, flow);
            off(-flow), off(flow - size * share);
            if (t > 0 && source.ramp * site.step_hours < 1) off(std::abs(flow - column(source.name)[t - 1]) - source.ramp * site.step_hours * size);
            carbon += flow * site.step_hours * source.carbon_per_mwh;
            if (!is_renewable(source.kind)) fossil += flow * site.step_hours;
            ready += source.column ? -site.requirements.reserve_of_variable * flow : size - flow;
        }
        for (const Converter& converter : site.converters) {
            const double flow = column(converter.name)[t];
            add(converter.from, t, -flow), add(converter.to, t, converter.efficiency * flow);
            off(-flow), off(flow - size_of(plan, converter.name, "converter"));
        }
        for (const Storage& storage : site.storages) {
            const double in = column(storage.name + " charge")[t], out = column(storage.name + " discharge")[t] / storage.discharge_efficiency;
            const auto& level = column(storage.name + " level");
            const double charger = size_of(plan, storage.name, "charger"),
                         discharger = storage.discharger ? size_of(plan, storage.name, "discharger") : charger;
            add(storage.bus, t, out * storage.discharge_efficiency - in);
            off(-in), off(-out), off(in - charger), off(out - discharger), off(-level[t]), off(level[t] - size_of(plan, storage.name, "reservoir"));
            off(std::abs(level[t] - level[t > 0 ? t - 1 : steps - 1] * std::pow(1 - storage.loss_per_hour, site.step_hours) -
                         (storage.charge_efficiency * in - out) * site.step_hours));
            if (storage.bus == "electricity") ready += (discharger - out) * storage.discharge_efficiency;
            if (t == 0 && storage.bus == "electricity") stored += size_of(plan, storage.name, "reservoir") * storage.discharge_efficiency;
        }
        if (site.requirements.reserve_of_load > 0 && site.sources[2].minimum_load == 0)
            off(site.requirements.reserve_of_load * load_of(site.demands[0], series, t) - ready);
    }
    for (const auto& [bus, balance] : sums)
        for (const double one : balance) off(std::abs(one));
    const double year = 8760 / (static_cast<double>(steps) * site.step_hours), relative = peak / std::max(1.0, load);
    if (site.requirements.carbon_max) off((carbon * year - *site.requirements.carbon_max) * relative);
    if (site.requirements.renewable_share_min) off((fossil - (1 - *site.requirements.renewable_share_min) * (load - unserved)) * relative);
    if (site.sources[2].energy_share_max) {
        double diesel = 0;
        for (const double flow : column(site.sources[2].name)) diesel += flow * site.step_hours;
        off((diesel - *site.sources[2].energy_share_max * load) * relative);
    }
    if (site.requirements.autonomy_days)
        off((*site.requirements.autonomy_days * 24 * load / (static_cast<double>(steps) * site.step_hours) - stored) * relative);
    return worst;
}

} // namespace

TEST_CASE("a plan that is stopped at any moment can be run, costs not less than the cheapest, and its bound is below that") {
    int stopped = 0, kept = 0, first = 0, kept_at_first = 0;
    for (std::uint64_t seed = 1; seed <= 14; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Site site = random_site(random);
        const Series series = random_series(random, 24 * (64 + random.below(12)));
        const Plan best = plan_site(site, series);
        if (best.outcome != Plan::Outcome::optimal) continue;
        CHECK(worst_of(site, series, best) <= 1e-6);
        for (const int after : {0, 4, 12, 24}) {
            CAPTURE(after);
            int asked = 0;
            const Plan plan = plan_site(site, series, {.stop = [&] { return ++asked > after; }});
            CHECK(plan.outcome != Plan::Outcome::infeasible);
            CHECK(plan.outcome != Plan::Outcome::unbounded);
            ++stopped, first += after == 0;
            if (plan.assets.empty()) {
                CHECK(plan.outcome == Plan::Outcome::stopped);
                continue;
            }
            ++kept, kept_at_first += after == 0;
            CHECK(worst_of(site, series, plan) <= 1e-6);
            CHECK(plan.cost_per_year >= best.cost_per_year * (1 - 2e-6));
            CHECK(plan.bound <= best.cost_per_year * (1 + 1e-9));
            CHECK(plan.bound >= 0.9 * best.cost_per_year);
            CHECK(plan.gap == doctest::Approx((plan.cost_per_year - plan.bound) / plan.cost_per_year));
            double sum = 0;
            for (const SizedAsset& asset : plan.assets) sum += asset.capital_per_year + asset.fixed_per_year;
            for (const PartFlow& flow : plan.flows) sum += flow.running_per_year;
            CHECK(sum == doctest::Approx(plan.cost_per_year));
        }
    }
    MESSAGE("kept ", kept, " of ", stopped, "; at the first question ", kept_at_first, " of ", first);
    CHECK(first >= 10);
    CHECK(kept_at_first == first);
}

TEST_CASE("whole units, hydrogen as a ring of converters and load that may stay unserved are kept too") {
    Random random(3);
    const Series series = random_series(random, 24 * 80);
    Site units = island_site(false, 0.3);
    for (Source& source : units.sources) source.asset.unit_size = 7;
    units.storages[0].reservoir.unit_size = 20;
    Site ring = island_site(false, 0);
    const auto converter = [](const char* name, const char* from, const char* to, double efficiency, double investment) {
        Converter one;
        one.name = name, one.from = from, one.to = to, one.efficiency = efficiency, one.asset.investment = investment;
        return one;
    };
    ring.converters = {converter("Electrolyser", "electricity", "hydrogen", 0.65, 700'000), converter("Fuel cell", "hydrogen", "electricity", 0.5, 900'000)};
    Storage tank;
    tank.name = "Tank", tank.bus = "hydrogen", tank.reservoir.investment = 10'000;
    ring.storages.push_back(tank);
    Site priced = island_site(true, 0.02); // so little diesel that the controller's choice cannot be enough
    priced.demands[0].unserved_price = 2'000, priced.sources[0].asset.size_max = 60, priced.sources[1].asset.size_max = 60;
    for (const Site* site : {&units, &ring, &priced}) {
        CAPTURE(site->demands[0].unserved_price.value_or(0));
        const Plan best = plan_site(*site, series);
        REQUIRE(!best.assets.empty());
        for (const int after : {0, 3, 9}) {
            int asked = 0;
            const Plan plan = plan_site(*site, series, {.stop = [&] { return ++asked > after; }});
            REQUIRE(plan.outcome == Plan::Outcome::best_so_far);
            CHECK(worst_of(*site, series, plan) <= 1e-6);
            CHECK(plan.cost_per_year >= best.bound * (1 - 1e-9));
            CHECK(plan.bound <= best.cost_per_year * (1 + 1e-9));
            for (const SizedAsset& asset : plan.assets) {
                if (site != &units || (asset.role != "source" && asset.role != "reservoir")) continue;
                const double in_units = asset.size / (asset.role == "source" ? 7 : 20);
                CHECK(std::abs(in_units - std::round(in_units)) < 1e-6);
            }
        }
    }
}

TEST_CASE("what nothing can serve keeps nothing when it is stopped, and says that it was stopped") {
    Random random(4);
    Site site = island_site(false, 0);
    site.sources[0].asset.size_max = 1, site.sources[1].asset.size_max = 1;
    const Plan plan = plan_site(site, random_series(random, 24 * 80), {.stop = [] { return true; }});
    CHECK(plan.outcome == Plan::Outcome::stopped);
    CHECK(plan.assets.empty());
}

} // namespace greenbank::planning
