// rules.cpp — what a controller does that does not look ahead, and how long a site lives without a source.
#include <algorithm>
#include <cmath>

#include "planning/engine/dispatch.h"

namespace greenbank::planning {

namespace {

struct Step {
    std::vector<double> sources, in, out; // MW; out at the store
    double unserved = 0, dumped = 0;
};

/// One step on the bus of electricity: what is free first, then stores, then the rest by price; a unit that runs keeps its minimum load.
Step step(const Site& site, const Series& series, std::size_t t, std::vector<double>& level, bool cycle, std::optional<SourceKind> lost) {
    Step now;
    now.sources.assign(site.sources.size(), 0), now.in.assign(site.storages.size(), 0), now.out.assign(site.storages.size(), 0);
    double wanted = 0;
    for (const auto& demand : site.demands) wanted += load_of(demand, series, t);
    std::vector<std::size_t> firm;
    for (std::size_t i = 0; i < site.sources.size(); ++i) {
        const Source& source = site.sources[i];
        if (lost && source.kind == *lost) continue;
        if (!source.column) {
            firm.push_back(i);
            continue;
        }
        now.sources[i] = *source.asset.size * std::min(1.0, (*series.find(*source.column))[t]);
        wanted -= now.sources[i];
    }
    std::sort(firm.begin(), firm.end(), [&](std::size_t a, std::size_t b) { return site.sources[a].running_per_mwh < site.sources[b].running_per_mwh; });
    const double hours = site.step_hours;
    for (std::size_t i = 0; i < site.storages.size() && wanted > 0; ++i) {
        const Storage& storage = site.storages[i];
        const double most = std::min(*(storage.discharger ? *storage.discharger : storage.charger).size, level[i] / hours);
        now.out[i] = std::min(most, wanted / storage.discharge_efficiency);
        wanted -= now.out[i] * storage.discharge_efficiency;
    }
    bool runs = false;
    for (const std::size_t i : firm) {
        if (wanted <= 1e-9) break;
        const Source& source = site.sources[i];
        const double flow = std::max(std::min(wanted, *source.asset.size), source.minimum_load * *source.asset.size);
        now.sources[i] = cycle && source.kind == SourceKind::diesel ? *source.asset.size : flow;
        wanted -= now.sources[i];
        runs = true;
    }
    if (runs && wanted < 0) // what a unit gives too much first spares the store
        for (std::size_t i = 0; i < site.storages.size() && wanted < 0; ++i) {
            const double spared = std::min(now.out[i], -wanted / site.storages[i].discharge_efficiency);
            now.out[i] -= spared;
            wanted += spared * site.storages[i].discharge_efficiency;
        }
    for (std::size_t i = 0; i < site.storages.size() && wanted < 0; ++i) {
        if (now.out[i] > 0) continue;
        const Storage& storage = site.storages[i];
        now.in[i] = std::min({*storage.charger.size, -wanted, (*storage.reservoir.size - level[i]) / storage.charge_efficiency / hours});
        wanted += now.in[i];
    }
    for (std::size_t i = 0; i < site.sources.size() && wanted < 0; ++i) // curtail
        if (site.sources[i].column) {
            const double less = std::min(now.sources[i], -wanted);
            now.sources[i] -= less, wanted += less;
        }
    for (std::size_t i = 0; i < site.storages.size(); ++i) {
        const Storage& storage = site.storages[i];
        level[i] = std::clamp(
            level[i] * std::pow(1 - storage.loss_per_hour, hours) + (storage.charge_efficiency * now.in[i] - now.out[i]) * hours, 0.0, *storage.reservoir.size);
    }
    now.unserved = std::max(0.0, wanted), now.dumped = std::max(0.0, -wanted);
    return now;
}

} // namespace

Schedule dispatch_by_rule(const Site& site, const Series& series, Rule rule, const DispatchOptions& options) {
    Schedule schedule;
    for (const auto& demand : site.demands)
        if (demand.bus != "electricity") return schedule;
    if (!site.converters.empty()) return schedule;
    std::vector<double> level = options.start_levels;
    for (std::size_t i = level.size(); i < site.storages.size(); ++i) level.push_back(0.5 * *site.storages[i].reservoir.size);
    double dearest = 1;
    for (const auto& source : site.sources) dearest = std::max(dearest, std::abs(source.running_per_mwh) + source.idle_cost);
    const double unserved_price = options.unserved_price > 0 ? options.unserved_price : 10 * dearest;
    double first = 0;
    for (const double one : level) first += one;
    schedule.levels.resize(site.storages.size());
    for (std::size_t t = 0; t < series.steps(); ++t) {
        const Step now = step(site, series, t, level, rule == Rule::cycle_charging, {});
        for (std::size_t i = 0; i < site.sources.size(); ++i) {
            const Source& source = site.sources[i];
            const double price = source.running_per_mwh + (source.price_column ? (*series.find(*source.price_column))[t] : 0) +
                                 (options.cap_prices.empty() ? 0 : options.cap_prices[i]);
            schedule.cost += (now.sources[i] * price + (now.sources[i] > 0 ? *source.asset.size * source.idle_cost : 0)) * site.step_hours;
            if (source.column) schedule.curtailed += (*source.asset.size * std::min(1.0, (*series.find(*source.column))[t]) - now.sources[i]) * site.step_hours;
        }
        for (std::size_t i = 0; i < level.size(); ++i)
            schedule.levels[i].push_back(level[i]), schedule.cost += now.out[i] * site.storages[i].wear_per_mwh * site.step_hours;
        schedule.unserved += now.unserved * site.step_hours;
        schedule.cost += now.unserved * unserved_price * site.step_hours;
    }
    for (const double one : level) schedule.level_change += one;
    schedule.level_change -= first;
    schedule.complete = true;
    return schedule;
}

std::vector<double> survival(const Site& site, const Series& series, const Schedule& schedule, SourceKind lost, int steps_max) {
    std::vector<double> alive(static_cast<std::size_t>(steps_max), 0);
    const std::size_t steps = series.steps();
    for (std::size_t start = 0; start < steps; ++start) {
        std::vector<double> level;
        for (const auto& levels : schedule.levels) level.push_back(levels[(start + steps - 1) % steps]);
        for (std::size_t k = 0; k < alive.size(); ++k) {
            if (step(site, series, (start + k) % steps, level, false, lost).unserved > 1e-6) break;
            alive[k] += 1;
        }
    }
    for (double& share : alive) share /= static_cast<double>(std::max<std::size_t>(1, steps));
    return alive;
}

} // namespace greenbank::planning
