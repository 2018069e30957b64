// plan_reading.cpp — sizes, flows, carbon, hours and prices out of a solved program.
#include <algorithm>
#include <cmath>

#include "planning/engine/sizing.h"

namespace greenbank::planning {

double renewable_share(double from_other_sources, double served) { return served > 0 ? std::max(0.0, 1 - from_other_sources / served) : 0; }

Plan read_plan(const Site& site, const Series& series, const SizingProgram& sizing, const solver::StagedAnswer& answer) {
    Plan plan;
    const auto& program = sizing.program;
    const std::size_t steps = series.steps();
    const double weight = sizing.year * site.step_hours;
    plan.cost_per_year = answer.objective, plan.bound = answer.bound, plan.gap = answer.gap(), plan.iterations = answer.iterations;
    plan.load_energy = sizing.load_energy * sizing.year;
    const auto value = [&](int column) { return answer.columns[static_cast<std::size_t>(column)]; };
    const auto column = [&](const std::string& name, const std::vector<int>& of, double factor = 1) {
        plan.columns.push_back(name);
        auto& numbers = plan.schedule.emplace_back();
        for (const int j : of) numbers.push_back(factor * value(j));
    };
    const auto asset = [&](const std::string& part, const char* role, const char* unit, const Asset& what, int size) {
        const double built = value(size);
        plan.assets.push_back({part, role, unit, built, annuity(what.investment, what.life_years, site.discount_percent) * built, what.fixed_per_year * built});
    };
    const auto flow = [&](const std::string& part, const char* kind, const std::vector<int>& of) -> PartFlow& {
        PartFlow one{part, kind, 0, 0, 0, {}};
        for (const int j : of) one.energy_per_year += value(j) * weight, one.running_per_year += program.columns[j].cost * value(j);
        return plan.flows.emplace_back(std::move(one));
    };
    double fossil = 0, unserved = 0;
    std::vector<bool> diesel(steps);
    bool has_diesel = false;
    for (std::size_t i = 0; i < site.sources.size(); ++i) {
        const Source& source = site.sources[i];
        const auto& part = sizing.sources[i];
        asset(source.name, "source", "MW", source.asset, part.size);
        PartFlow& one = flow(source.name, "source", part.flow);
        for (const int j : part.online) one.running_per_year += program.columns[j].cost * value(j);
        one.carbon_per_year = one.energy_per_year * source.carbon_per_mwh;
        plan.carbon += one.carbon_per_year;
        if (!is_renewable(source.kind) && source.bus == "electricity") fossil += one.energy_per_year;
        if (source.column) {
            double there = 0;
            for (const double share : *series.find(*source.column)) there += share;
            one.curtailed_per_year = std::max(0.0, there * weight * value(part.size) - one.energy_per_year);
        }
        if (source.kind == SourceKind::diesel) {
            has_diesel = true;
            for (std::size_t t = 0; t < steps; ++t) diesel[t] = diesel[t] || value(part.flow[t]) > 1e-5 * std::max(1e-3, value(part.size));
        }
        column(source.name, part.flow);
    }
    for (std::size_t t = 0; t < steps; ++t) plan.hours_without_diesel += !has_diesel || !diesel[t] ? weight : 0;
    for (std::size_t i = 0; i < site.sales.size(); ++i)
        flow(site.sales[i].name, "sale", sizing.sales[i].flow), column(site.sales[i].name, sizing.sales[i].flow);
    for (std::size_t i = 0; i < site.converters.size(); ++i) {
        asset(site.converters[i].name, "converter", "MW", site.converters[i].asset, sizing.converters[i].size);
        flow(site.converters[i].name, "converter", sizing.converters[i].flow);
        column(site.converters[i].name, sizing.converters[i].flow);
    }
    for (std::size_t i = 0; i < site.storages.size(); ++i) {
        const Storage& storage = site.storages[i];
        const auto& part = sizing.storages[i];
        asset(storage.name, "charger", "MW", storage.charger, part.size);
        if (storage.discharger) asset(storage.name, "discharger", "MW", *storage.discharger, part.discharger);
        asset(storage.name, "reservoir", "MWh", storage.reservoir, part.reservoir);
        flow(storage.name, "storage", part.out);
        column(storage.name + " charge", part.flow);
        column(storage.name + " discharge", part.out, storage.discharge_efficiency);
        column(storage.name + " level", part.level);
    }
    for (std::size_t i = 0; i < site.demands.size(); ++i) {
        plan.columns.push_back(site.demands[i].name);
        auto& load = plan.schedule.emplace_back();
        for (std::size_t t = 0; t < steps; ++t) load.push_back(load_of(site.demands[i], series, t));
        if (sizing.demands[i].flow.empty()) continue;
        const double missing = flow(site.demands[i].name, "demand", sizing.demands[i].flow).energy_per_year;
        if (site.demands[i].bus == "electricity") unserved += missing;
        column(site.demands[i].name + " unserved", sizing.demands[i].flow);
    }
    plan.renewable_share = renewable_share(fossil, plan.load_energy - unserved);
    std::vector<double> sums(program.rows.size());
    for (const auto& entry : program.entries) sums[entry.row] += entry.value * value(entry.column);
    for (std::size_t b = 0; b < sizing.buses.size(); ++b) {
        plan.columns.push_back(sizing.buses[b] + " price");
        auto& prices = plan.schedule.emplace_back();
        for (const int row : sizing.balances[b]) {
            prices.push_back(answer.prices.empty() ? 0 : answer.prices[static_cast<std::size_t>(row)] / weight);
            plan.balance_error = std::max(plan.balance_error, std::abs(sums[row] - program.rows[row].lower));
        }
    }
    for (const Requirement& requirement : sizing.requirements)
        if (requirement.row >= 0 && requirement.kind != RequirementKind::demand && !answer.prices.empty())
            plan.prices.push_back(
                {requirement.kind, requirement.part, requirement.limit, std::max(0.0, -answer.prices[static_cast<std::size_t>(requirement.row)])});
    return plan;
}

} // namespace greenbank::planning
