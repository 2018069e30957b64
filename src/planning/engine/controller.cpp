// controller.cpp — bus by bus from the ends of the converters, round the year until it ends as it begins.
#include "planning/engine/controller.h"

#include <algorithm>
#include <cmath>

#include "planning/engine/rule_step.h"

namespace greenbank::planning {

using solver::no_limit;

namespace {

double at_step(double fixed, const std::optional<std::string>& column, const Series& series, std::size_t t) {
    return fixed * (column ? (*series.find(*column))[t] : 1);
}

/// What is left of a MWh after a step.
double kept_of(const Storage& storage, double step_hours) { return std::pow(1 - storage.loss_per_hour, step_hours); }

} // namespace

/// A bus as it is run: which part stands where in a step of the rule.
struct Controller::Year {
    std::vector<std::size_t> variable, firm, feeds, sales, priced; // sources, sources, converters, sales, demands
    std::vector<RuleStore> stores;
    std::vector<std::pair<std::size_t, const Ring*>> store_of; // storage, and its ring
    std::vector<std::vector<double>> in, out, level;           // by store and step
    std::vector<RuleStep> steps;
};

Controller::Controller(
    const Site& site, const Series& series, const SizingProgram& sizing, std::vector<UnitOfSize> units, std::vector<std::vector<double>> feeds) :
    site_(site),
    series_(series),
    sizing_(sizing),
    units_(std::move(units)),
    feeds_(std::move(feeds)),
    steps_(series.steps()),
    in_ring_(site.converters.size()) {
    order_buses();
}

void Controller::order_buses() {
    for (const std::string& bus : sizing_.buses) {
        const auto on_bus = [&](const auto& parts) { return std::ranges::any_of(parts, [&](const auto& one) { return one.bus == bus; }); };
        std::vector<std::size_t> in, out, stores;
        for (std::size_t i = 0; i < site_.converters.size(); ++i) {
            if (site_.converters[i].to == bus) in.push_back(i);
            if (site_.converters[i].from == bus) out.push_back(i);
        }
        for (std::size_t i = 0; i < site_.storages.size(); ++i)
            if (site_.storages[i].bus == bus) stores.push_back(i);
        if (in.size() != 1 || out.size() != 1 || stores.size() != 1 || on_bus(site_.demands) || on_bus(site_.sources) || on_bus(site_.sales)) continue;
        const Converter &first = site_.converters[in.front()], &last = site_.converters[out.front()];
        if (first.from != last.to || first.efficiency_column || last.efficiency_column) continue;
        rings_.push_back({stores.front(), in.front(), out.front()});
        in_ring_[in.front()] = in_ring_[out.front()] = true;
    }
    std::vector<bool> done(sizing_.buses.size());
    for (std::size_t round = 0; round < done.size(); ++round)
        for (std::size_t b = 0; b < done.size(); ++b) {
            if (done[b]) continue;
            bool ready = true; // all that it feeds is run already
            for (std::size_t i = 0; i < site_.converters.size(); ++i) {
                if (in_ring_[i] || site_.converters[i].from != sizing_.buses[b]) continue;
                const auto to = std::ranges::find(sizing_.buses, site_.converters[i].to) - sizing_.buses.begin();
                ready = ready && done[static_cast<std::size_t>(to)];
            }
            if (ready) done[b] = true, order_.push_back(b);
        }
    able_ = order_.size() == sizing_.buses.size();
}

double Controller::limit_of(const Asset& asset, double size) const { return asset.size ? size : asset.size_max.value_or(no_limit); }

/// Where what can be had at any time has an end: what stores must keep for later. Empty: nothing.
std::vector<std::vector<double>> Controller::needs_of(
    const Year& year, std::size_t b, const std::vector<double>& columns, const std::vector<std::vector<double>>& loads) const {
    const auto value = [&](int column) { return columns[static_cast<std::size_t>(column)]; };
    double firm = 0, fed = 0;
    for (const std::size_t i : year.firm) firm += limit_of(site_.sources[i].asset, value(sizing_.sources[i].size));
    for (const std::size_t i : year.feeds) fed += limit_of(site_.converters[i].asset, value(sizing_.converters[i].size));
    if (!std::isfinite(firm + fed) || year.stores.empty()) return {};
    std::vector<double> over(steps_, firm);
    for (std::size_t t = 0; t < steps_; ++t) {
        over[t] -= loads[b][t];
        for (const std::size_t i : year.variable) over[t] += value(sizing_.sources[i].size) * std::min(1.0, at_step(1, site_.sources[i].column, series_, t));
        for (const std::size_t i : year.feeds) {
            const Converter& one = site_.converters[i];
            over[t] += limit_of(one.asset, value(sizing_.converters[i].size)) * at_step(one.efficiency, one.efficiency_column, series_, t);
        }
    }
    return later_needs(std::move(over), year.stores, site_.step_hours);
}

bool Controller::run_bus(std::size_t b, std::vector<double>& columns, std::vector<std::vector<double>>& loads) const {
    const std::string& name = sizing_.buses[b];
    const double hours = site_.step_hours;
    const auto value = [&](int column) { return columns[static_cast<std::size_t>(column)]; };
    Year year;
    for (std::size_t i = 0; i < site_.sources.size(); ++i)
        if (site_.sources[i].bus == name) (site_.sources[i].column ? year.variable : year.firm).push_back(i);
    std::ranges::stable_sort(year.firm, [&](std::size_t a, std::size_t c) { return site_.sources[a].running_per_mwh < site_.sources[c].running_per_mwh; });
    for (std::size_t i = 0; i < site_.converters.size(); ++i)
        if (!in_ring_[i] && site_.converters[i].to == name) year.feeds.push_back(i);
    for (std::size_t i = 0; i < site_.sales.size(); ++i)
        if (site_.sales[i].bus == name) year.sales.push_back(i);
    for (std::size_t i = 0; i < site_.demands.size(); ++i)
        if (site_.demands[i].bus == name && !sizing_.demands[i].flow.empty()) year.priced.push_back(i);
    for (std::size_t i = 0; i < site_.storages.size(); ++i) {
        const Storage& one = site_.storages[i];
        const auto& part = sizing_.storages[i];
        RuleStore store{value(part.size), value(part.discharger), value(part.reservoir), one.charge_efficiency, one.discharge_efficiency, kept_of(one, hours)};
        const auto ring = std::ranges::find_if(rings_, [&](const Ring& of) { return of.storage == i; });
        if (ring == rings_.end()) {
            if (one.bus == name) year.stores.push_back(store), year.store_of.emplace_back(i, nullptr);
            continue;
        }
        const Converter &first = site_.converters[ring->in], &last = site_.converters[ring->out];
        if (first.from != name) continue;
        store.charge_max = std::min(value(sizing_.converters[ring->in].size), store.charge_max / first.efficiency);
        store.discharge_max = std::min(store.discharge_max, value(sizing_.converters[ring->out].size) / one.discharge_efficiency);
        store.charge_efficiency *= first.efficiency, store.discharge_efficiency *= last.efficiency;
        year.stores.push_back(store), year.store_of.emplace_back(i, &*ring);
    }
    const std::size_t stores = year.stores.size();
    year.in.assign(stores, std::vector<double>(steps_)), year.out = year.level = year.in;
    year.steps.resize(steps_);
    std::vector<RuleFirm> firm(year.feeds.size() + year.firm.size());
    std::vector<double> level(stores), start;
    const std::vector<std::vector<double>> needs = needs_of(year, b, columns, loads);
    const std::vector<double> none;
    bool round_again = true;
    for (int lap = 0; lap < 6 && round_again; ++lap) { // the year begins as it ends
        start = level;
        for (std::size_t t = 0; t < steps_; ++t) {
            RuleStep& now = year.steps[t];
            now.variable.clear();
            for (const std::size_t i : year.variable)
                now.variable.push_back(sizing_.program.columns[sizing_.sources[i].flow[t]].upper == 0
                                           ? 0
                                           : value(sizing_.sources[i].size) * std::min(1.0, at_step(1, site_.sources[i].column, series_, t)));
            std::size_t place = 0;
            for (const std::size_t i : year.feeds) { // as they were thought of, like sun and wind; on top what is wanted then
                const Converter& one = site_.converters[i];
                const double efficiency = at_step(one.efficiency, one.efficiency_column, series_, t);
                const double most = limit_of(one.asset, value(sizing_.converters[i].size)), thought = feeds_.empty() ? 0 : std::min(most, feeds_[i][t]);
                now.variable.push_back(thought * efficiency);
                firm[place++].most = (most - thought) * efficiency;
            }
            for (const std::size_t i : year.firm) {
                const Source& one = site_.sources[i];
                firm[place++].most = sizing_.program.columns[sizing_.sources[i].flow[t]].upper == 0 ? 0 : limit_of(one.asset, value(sizing_.sources[i].size));
            }
            double sale_max = 0;
            for (const std::size_t i : year.sales)
                if (sizing_.program.columns[sizing_.sales[i].flow[t]].cost < 0) sale_max += site_.sales[i].power_max;
            rule_step(loads[b][t], firm, year.stores, sale_max, hours, level, now, needs.empty() ? none : needs[(t + 1) % steps_]);
            for (std::size_t k = 0; k < stores; ++k) year.in[k][t] = now.in[k], year.out[k][t] = now.out[k], year.level[k][t] = level[k];
        }
        round_again = false;
        for (std::size_t k = 0; k < stores; ++k) round_again = round_again || level[k] < start[k] - 1e-12 * (1 + start[k]);
        round_again = round_again || lap == 0;
    }
    if (round_again) return false;
    // what is left over at the end was not needed: the last hours charge so much less
    for (std::size_t k = 0; k < stores; ++k) {
        const RuleStore& store = year.stores[k];
        double over = year.level[k].back() - start[k], room = no_limit, weight = 1; // MWh at the end; `weight`: of a MWh now, at the end
        for (std::size_t t = steps_; t-- > 0 && over > 0; weight *= store.keeps) {
            room = std::min(room / store.keeps, year.level[k][t]);
            const double less = std::min({year.in[k][t] * store.charge_efficiency * hours, over / weight, room});
            if (less <= 0) continue;
            double power = less / store.charge_efficiency / hours;
            year.in[k][t] -= power, room -= less, over -= less * weight;
            for (double& flow : year.steps[t].variable) {
                const double taken = std::min(flow, power);
                flow -= taken, power -= taken;
            }
        }
        double now = start[k];
        for (std::size_t t = 0; t < steps_; ++t) {
            now = std::max(0.0, store.keeps * now + (store.charge_efficiency * year.in[k][t] - year.out[k][t]) * hours);
            year.level[k][t] = now;
        }
    }
    const auto put = [&](int column, double of) { columns[static_cast<std::size_t>(column)] = of; };
    for (std::size_t t = 0; t < steps_; ++t) {
        const RuleStep& now = year.steps[t];
        for (std::size_t k = 0; k < year.variable.size(); ++k) put(sizing_.sources[year.variable[k]].flow[t], now.variable[k]);
        for (std::size_t k = 0; k < year.feeds.size(); ++k) {
            const Converter& one = site_.converters[year.feeds[k]];
            const double given = now.variable[year.variable.size() + k] + now.firm[k];
            const double taken = given > 0 ? given / at_step(one.efficiency, one.efficiency_column, series_, t) : 0;
            put(sizing_.converters[year.feeds[k]].flow[t], taken);
            loads[static_cast<std::size_t>(std::ranges::find(sizing_.buses, one.from) - sizing_.buses.begin())][t] += taken;
        }
        for (std::size_t k = 0; k < year.firm.size(); ++k) put(sizing_.sources[year.firm[k]].flow[t], now.firm[year.feeds.size() + k]);
        double sold = now.sold, missing = now.unserved;
        for (const std::size_t i : year.sales) {
            const int column = sizing_.sales[i].flow[t];
            put(column, sizing_.program.columns[column].cost < 0 ? std::min(sold, site_.sales[i].power_max) : 0);
            sold -= value(column);
        }
        for (const std::size_t i : year.priced) {
            const int column = sizing_.demands[i].flow[t];
            put(column, std::min(missing, sizing_.program.columns[column].upper));
            missing -= value(column);
        }
        if (missing > 1e-9) return false;
        for (std::size_t k = 0; k < stores; ++k) {
            const auto& [storage, ring] = year.store_of[k];
            const auto& part = sizing_.storages[storage];
            double in = year.in[k][t];
            if (ring) {
                put(sizing_.converters[ring->in].flow[t], in);
                put(sizing_.converters[ring->out].flow[t], year.out[k][t] * site_.storages[storage].discharge_efficiency);
                in *= site_.converters[ring->in].efficiency;
            }
            put(part.flow[t], in), put(part.out[t], year.out[k][t]);
            put(part.level[t], t + 1 < steps_ ? year.level[k][t] : start[k]);
        }
    }
    return true;
}

bool Controller::run(std::vector<double>& columns) const {
    std::vector<std::vector<double>> loads(sizing_.buses.size(), std::vector<double>(steps_));
    for (std::size_t b = 0; b < loads.size(); ++b)
        for (std::size_t t = 0; t < steps_; ++t) loads[b][t] = sizing_.program.rows[sizing_.balances[b][t]].lower;
    for (const std::size_t b : order_)
        if (!run_bus(b, columns, loads)) return false;
    if (!keep_caps(columns)) return false;
    fit_sizes(columns);
    return true;
}

bool Controller::keep_caps(std::vector<double>& columns) const {
    const Requirements& wanted = site_.requirements;
    const double hours = site_.step_hours;
    double carbon = 0, fossil = 0, unserved = 0, part = 1; // `part`: so much of what comes from other sources may stay
    std::vector<std::size_t> cut;
    for (std::size_t i = 0; i < site_.sources.size(); ++i) {
        const Source& source = site_.sources[i];
        double energy = 0, own = 0;
        for (const int j : sizing_.sources[i].flow) energy += columns[static_cast<std::size_t>(j)] * hours;
        carbon += energy * sizing_.year * source.carbon_per_mwh;
        const bool other = !is_renewable(source.kind) && source.bus == "electricity";
        if (other) fossil += energy;
        for (const Demand& demand : site_.demands)
            if (demand.bus == source.bus)
                for (std::size_t t = 0; t < steps_; ++t) own += load_of(demand, series_, t) * hours;
        if (source.energy_share_max && energy > *source.energy_share_max * own) part = std::min(part, *source.energy_share_max * own / energy);
        if (!source.column && (other || source.carbon_per_mwh > 0 || source.energy_share_max)) cut.push_back(i);
    }
    for (std::size_t i = 0; i < site_.demands.size(); ++i)
        if (site_.demands[i].bus == "electricity")
            for (const int j : sizing_.demands[i].flow) unserved += columns[static_cast<std::size_t>(j)] * hours;
    if (wanted.carbon_max && carbon > *wanted.carbon_max) part = std::min(part, *wanted.carbon_max / carbon);
    if (wanted.renewable_share_min && fossil > 0) {
        const double other = 1 - *wanted.renewable_share_min; // part·fossil + other·(unserved + (1 - part)·fossil) at most other·load
        if (fossil > other * (sizing_.load_energy - unserved))
            part = std::min(part, other < 1 ? (other * (sizing_.load_energy - unserved) / fossil - other) / (1 - other) : 1);
    }
    if (part >= 1) return true;
    part = std::max(0.0, part) * (1 - 1e-12);
    for (std::size_t t = 0; t < steps_; ++t)
        for (const std::size_t i : cut) {
            double& flow = columns[static_cast<std::size_t>(sizing_.sources[i].flow[t])];
            double missing = (1 - part) * flow;
            flow *= part;
            for (std::size_t d = 0; d < site_.demands.size() && missing > 0; ++d) {
                if (site_.demands[d].bus != site_.sources[i].bus || sizing_.demands[d].flow.empty()) continue;
                const int column = sizing_.demands[d].flow[t];
                double& not_served = columns[static_cast<std::size_t>(column)];
                const double more = std::min(missing, sizing_.program.columns[column].upper - not_served);
                not_served += more, missing -= more;
            }
            if (missing > 1e-9) return false;
        }
    return true;
}

void Controller::fit_sizes(std::vector<double>& columns) const {
    const Requirements& wanted = site_.requirements;
    const double hours = site_.step_hours;
    const auto value = [&](int column) -> double& { return columns[static_cast<std::size_t>(column)]; };
    const auto most_of = [&](const std::vector<int>& flow) {
        double most = 0;
        for (const int j : flow) most = std::max(most, value(j));
        return most;
    };
    const auto fit = [&](const Asset& asset, int column, double needed) {
        if (!asset.size) value(column) = std::max(needed, asset.size_min);
    };
    for (std::size_t i = 0; i < site_.sources.size(); ++i) {
        const Source& source = site_.sources[i];
        const auto& part = sizing_.sources[i];
        double needed = source.column ? value(part.size) : most_of(part.flow);
        if (source.ramp * hours < 1)
            for (std::size_t t = 1; t < steps_; ++t) needed = std::max(needed, std::abs(value(part.flow[t]) - value(part.flow[t - 1])) / (source.ramp * hours));
        fit(source.asset, part.size, needed);
        for (std::size_t t = 0; t < part.online.size(); ++t) value(part.online[t]) = value(part.flow[t]); // as many units as are full
    }
    for (std::size_t i = 0; i < site_.converters.size(); ++i) fit(site_.converters[i].asset, sizing_.converters[i].size, most_of(sizing_.converters[i].flow));
    for (std::size_t i = 0; i < site_.storages.size(); ++i) {
        const Storage& one = site_.storages[i];
        const auto& part = sizing_.storages[i];
        const double in = most_of(part.flow), out = most_of(part.out);
        fit(one.charger, part.size, one.discharger ? in : std::max(in, out));
        if (one.discharger) fit(*one.discharger, part.discharger, out);
        fit(one.reservoir, part.reservoir, most_of(part.level));
    }
    const auto electric = [&](std::size_t i) { return site_.storages[i].bus == "electricity"; };
    if (!sizing_.reserves.empty()) { // more power that stands by: that of a store, else of a source
        double lacking = 0;
        for (std::size_t t = 0; t < steps_; ++t) {
            double there = 0;
            for (std::size_t i = 0; i < site_.sources.size(); ++i) {
                const Source& source = site_.sources[i];
                const auto& part = sizing_.sources[i];
                if (source.bus != "electricity") continue;
                there += source.column ? -wanted.reserve_of_variable * value(part.flow[t]) : part.online.empty() ? value(part.size) - value(part.flow[t]) : 0;
            }
            for (std::size_t i = 0; i < site_.storages.size(); ++i)
                if (electric(i)) there += (value(sizing_.storages[i].discharger) - value(sizing_.storages[i].out[t])) * site_.storages[i].discharge_efficiency;
            lacking = std::max(lacking, sizing_.program.rows[sizing_.reserves[t]].lower - there);
        }
        int cheapest = -1;
        double price = no_limit, gives = 1;
        const auto offer = [&](const Asset& asset, int column, double part) {
            const double room = asset.size ? 0 : asset.size_max.value_or(no_limit) - value(column), cost = yearly_cost(asset, site_.discount_percent) / part;
            if (room * part >= lacking && cost < price) cheapest = column, price = cost, gives = part;
        };
        for (std::size_t i = 0; i < site_.sources.size(); ++i)
            if (!site_.sources[i].column && sizing_.sources[i].online.empty() && site_.sources[i].bus == "electricity")
                offer(site_.sources[i].asset, sizing_.sources[i].size, 1);
        for (std::size_t i = 0; i < site_.storages.size(); ++i)
            if (const Storage& one = site_.storages[i]; electric(i))
                offer(one.discharger ? *one.discharger : one.charger, sizing_.storages[i].discharger, one.discharge_efficiency);
        if (lacking > 0 && cheapest >= 0) value(cheapest) += lacking / gives;
    }
    if (wanted.autonomy_days) {
        double lacking = *wanted.autonomy_days * 24 * sizing_.load_energy / (static_cast<double>(steps_) * hours);
        std::vector<std::size_t> stores;
        for (std::size_t i = 0; i < site_.storages.size(); ++i)
            if (electric(i)) lacking -= value(sizing_.storages[i].reservoir) * site_.storages[i].discharge_efficiency, stores.push_back(i);
        const auto cost = [&](std::size_t i) {
            return yearly_cost(site_.storages[i].reservoir, site_.discount_percent) / site_.storages[i].discharge_efficiency;
        };
        std::ranges::stable_sort(stores, [&](std::size_t a, std::size_t b) { return cost(a) < cost(b); });
        for (const std::size_t i : stores) {
            const Asset& asset = site_.storages[i].reservoir;
            if (lacking <= 0 || asset.size) continue;
            double& size = value(sizing_.storages[i].reservoir);
            const double more = std::min(asset.size_max.value_or(no_limit) - size, lacking / site_.storages[i].discharge_efficiency);
            size += more, lacking -= more * site_.storages[i].discharge_efficiency;
        }
    }
    for (const UnitOfSize& one : units_) value(one.column) = std::ceil(value(one.column) / one.unit - 1e-9) * one.unit;
}

} // namespace greenbank::planning
