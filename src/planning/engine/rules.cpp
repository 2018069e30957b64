// rules.cpp — what a controller does that does not look ahead, and how long a site lives without a source.
#include <algorithm>
#include <cmath>

#include "planning/engine/dispatch.h"
#include "planning/engine/rule_step.h"

namespace greenbank::planning {

namespace {

/// The one bus of a site whose sizes are known.
class RuleBus {
public:
    RuleBus(const Site& site, const Series& series, bool cycle, std::optional<SourceKind> lost) : site_(site), series_(series) {
        for (std::size_t i = 0; i < site.sources.size(); ++i) {
            if (lost == site.sources[i].kind) continue;
            (site.sources[i].column ? variable_ : firm_).push_back(i);
        }
        std::ranges::stable_sort(firm_, [&](std::size_t a, std::size_t b) { return site.sources[a].running_per_mwh < site.sources[b].running_per_mwh; });
        for (const std::size_t i : firm_) {
            const double size = *site.sources[i].asset.size;
            limits_.push_back({cycle && site.sources[i].kind == SourceKind::diesel ? size : site.sources[i].minimum_load * size, size});
        }
        for (const Storage& one : site.storages)
            stores_.push_back({*one.charger.size, *(one.discharger ? *one.discharger : one.charger).size, *one.reservoir.size, one.charge_efficiency,
                one.discharge_efficiency, std::pow(1 - one.loss_per_hour, site.step_hours)});
        now_.variable.resize(variable_.size()), sources_.resize(site.sources.size());
    }

    const RuleStep& step(std::size_t t, std::vector<double>& level) {
        double load = 0;
        for (const auto& demand : site_.demands) load += load_of(demand, series_, t);
        for (std::size_t k = 0; k < variable_.size(); ++k) {
            const Source& source = site_.sources[variable_[k]];
            now_.variable[k] = *source.asset.size * std::min(1.0, (*series_.find(*source.column))[t]);
        }
        rule_step(load, limits_, stores_, 0, site_.step_hours, level, now_);
        for (std::size_t k = 0; k < variable_.size(); ++k) sources_[variable_[k]] = now_.variable[k];
        for (std::size_t k = 0; k < firm_.size(); ++k) sources_[firm_[k]] = now_.firm[k];
        return now_;
    }
    /// By source, after a step.
    const std::vector<double>& sources() const { return sources_; }

private:
    const Site& site_;
    const Series& series_;
    std::vector<std::size_t> variable_, firm_;
    std::vector<RuleFirm> limits_;
    std::vector<RuleStore> stores_;
    std::vector<double> sources_;
    RuleStep now_;
};

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
    RuleBus bus(site, series, rule == Rule::cycle_charging, {});
    for (std::size_t t = 0; t < series.steps(); ++t) {
        const RuleStep& now = bus.step(t, level);
        for (std::size_t i = 0; i < site.sources.size(); ++i) {
            const Source& source = site.sources[i];
            const double price = source.running_per_mwh + (source.price_column ? (*series.find(*source.price_column))[t] : 0) +
                                 (options.cap_prices.empty() ? 0 : options.cap_prices[i]);
            schedule.cost += (bus.sources()[i] * price + (bus.sources()[i] > 0 ? *source.asset.size * source.idle_cost : 0)) * site.step_hours;
            if (source.column)
                schedule.curtailed += (*source.asset.size * std::min(1.0, (*series.find(*source.column))[t]) - bus.sources()[i]) * site.step_hours;
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
    RuleBus bus(site, series, false, lost);
    for (std::size_t start = 0; start < steps; ++start) {
        std::vector<double> level;
        for (const auto& levels : schedule.levels) level.push_back(levels[(start + steps - 1) % steps]);
        for (std::size_t k = 0; k < alive.size(); ++k) {
            if (bus.step((start + k) % steps, level).unserved > 1e-6) break;
            alive[k] += 1;
        }
    }
    for (double& share : alive) share /= static_cast<double>(std::max<std::size_t>(1, steps));
    return alive;
}

} // namespace greenbank::planning
