// island_under_test.h — the island of the sizing case, and small random ones.
#pragma once

#include "kernel/random.h"
#include "planning/engine/site.h"

namespace greenbank::planning {

/// PV, wind, diesel, battery; with hydrogen if wanted. Series: load (kW), pv, wind.
inline Site island_site(bool hydrogen, double diesel_share) {
    Site site;
    site.name = "Island";
    site.demands = {{.name = "Load", .column = "demand_el", .unit = SeriesUnit::kilowatt, .unserved_price = {}}};
    const auto source = [](const char* name, SourceKind kind, std::optional<std::string> column, Asset asset, double running) {
        Source one;
        one.name = name, one.kind = kind, one.column = std::move(column), one.asset = asset, one.running_per_mwh = running;
        return one;
    };
    const auto asset = [](double investment, double life, double fixed) {
        Asset one;
        one.investment = investment, one.life_years = life, one.fixed_per_year = fixed;
        return one;
    };
    site.sources = {source("PV", SourceKind::solar, "pv", asset(600'000, 25, 10'000), 0.1),
        source("Wind", SourceKind::wind, "wind", asset(1'200'000, 25, 35'000), 0.5), source("Diesel", SourceKind::diesel, {}, asset(400'000, 20, 15'000), 250)};
    site.sources[2].energy_share_max = diesel_share;
    site.sources[2].carbon_per_mwh = 0.7;
    Storage battery;
    battery.name = "Battery", battery.charger = asset(150'000, 15, 2'000), battery.reservoir = asset(200'000, 15, 2'000);
    battery.charge_efficiency = battery.discharge_efficiency = 0.95;
    site.storages = {battery};
    if (hydrogen) {
        Storage store;
        store.name = "Hydrogen", store.charger = asset(700'000, 20, 14'000), store.discharger = asset(900'000, 20, 18'000),
        store.reservoir = asset(10'000, 30, 0);
        store.charge_efficiency = 0.65, store.discharge_efficiency = 0.5;
        site.storages.push_back(store);
    }
    return site;
}

/// An island with other prices, caps, a reserve, a least load, a bus of water … or without them.
inline Site random_site(Random& random) {
    Site site = island_site(random.chance(0.5), 0.05 + 0.5 * random.uniform());
    for (Source& source : site.sources) source.asset.investment *= 0.4 + 1.2 * random.uniform();
    site.sources[2].running_per_mwh = 80 + 250 * random.uniform();
    site.storages[0].reservoir.investment *= 0.3 + random.uniform();
    if (random.chance(0.3)) site.sources[0].asset.size_max = 20 + 200 * random.uniform();
    if (random.chance(0.3)) site.requirements.carbon_max = 30'000 * random.uniform() + 3'000;
    if (random.chance(0.3)) site.requirements.renewable_share_min = 0.5 + 0.4 * random.uniform();
    if (random.chance(0.3)) site.requirements.reserve_of_load = 0.2 * random.uniform(), site.requirements.reserve_of_variable = 0.1;
    if (random.chance(0.3)) site.requirements.autonomy_days = random.uniform();
    if (random.chance(0.3)) site.sources[2].minimum_load = 0.3, site.sources[2].idle_cost = 10;
    if (random.chance(0.3)) site.sources[2].ramp = 0.2;
    if (random.chance(0.3)) site.demands[0].unserved_price = 3'000;
    if (random.chance(0.3)) {
        site.demands.push_back({.name = "Water", .bus = "water", .column = "demand_el", .unit = SeriesUnit::kilowatt, .unserved_price = {}});
        Converter desalination;
        desalination.name = "Desalination", desalination.from = "electricity", desalination.to = "water", desalination.efficiency = 3;
        desalination.asset.investment = 100'000;
        Storage tank;
        tank.name = "Tank", tank.bus = "water", tank.reservoir.investment = 500, tank.loss_per_hour = 0.001;
        site.converters.push_back(desalination), site.storages.push_back(tank);
    }
    return site;
}

/// Days with a sun, a wind that wanders, and a load with a peak in the evening.
inline Series random_series(Random& random, std::size_t steps) {
    Series series{{"demand_el", "pv", "wind"}, {{}, {}, {}}};
    double wind = random.uniform();
    for (std::size_t t = 0; t < steps; ++t) {
        const double hour = static_cast<double>(t % 24), sun = hour > 6 && hour < 18 ? 1 - (hour - 12) * (hour - 12) / 36 : 0;
        wind = std::min(1.0, std::max(0.0, wind + 0.3 * (random.uniform() - 0.5)));
        series.columns[0].push_back(1000 * (40 + 20 * random.uniform() + (hour > 17 && hour < 22 ? 30 : 0)));
        series.columns[1].push_back(sun * (0.3 + 0.6 * random.uniform()));
        series.columns[2].push_back(wind * wind);
    }
    return series;
}

} // namespace greenbank::planning
