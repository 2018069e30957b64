// estimate.cpp — a year with sizes that are given: no search, so that whoever drags a size sees at once what it does.
#include <algorithm>
#include <cmath>

#include "planning/engine/controller.h"
#include "planning/engine/dispatch.h"

namespace greenbank::planning {

namespace {

double price_at(double fixed, const std::optional<std::string>& column, const Series& series, std::size_t t) {
    return fixed + (column ? (*series.find(*column))[t] : 0);
}

/// What each hour of a site with one store at most looks like before the store is asked.
class Keeper {
public:
    Keeper(const Site& site, const Series& series) :
        site_(site), steps_(series.steps()), hours_(site.step_hours), loads_(steps_), variable_(steps_), need_(steps_ + 1) {
        for (std::size_t t = 0; t < steps_; ++t) {
            for (const Demand& demand : site.demands) loads_[t] += load_of(demand, series, t);
            variable_[t].assign(site.sources.size(), 0);
        }
        for (std::size_t i = 0; i < site.sources.size(); ++i) {
            const Source& source = site.sources[i];
            if (!source.column) {
                firm_.push_back(i), firm_power_ += *source.asset.size;
                continue;
            }
            const auto& shares = *series.find(*source.column);
            for (std::size_t t = 0; t < steps_; ++t) variable_[t][i] = *source.asset.size * std::min(1.0, shares[t]);
        }
        std::ranges::stable_sort(firm_, [&](std::size_t a, std::size_t b) { return site.sources[a].running_per_mwh < site.sources[b].running_per_mwh; });
        if (site.storages.empty()) return;
        store_ = &site.storages.front();
        charger_ = *store_->charger.size, reservoir_ = *store_->reservoir.size;
        discharger_ = *(store_->discharger ? *store_->discharger : store_->charger).size;
        keeps_ = std::pow(1 - store_->loss_per_hour, hours_);
        // backwards, twice round the year: what must be there so that later shortage can be served
        for (std::size_t k = 2 * steps_; k-- > 0;) {
            const std::size_t t = k % steps_;
            const double after = t + 1 == steps_ ? need_[0] : need_[t + 1];
            double over = firm_power_ - loads_[t];
            for (const double power : variable_[t]) over += power;
            const double before = over < 0 ? after + std::min(-over / store_->discharge_efficiency, discharger_) * hours_
                                           : after - std::min(over, charger_) * store_->charge_efficiency * hours_;
            need_[t] = std::clamp(before / keeps_, 0.0, reservoir_);
        }
        need_[steps_] = need_[0];
    }

    /// The year run from a level; returns that at its end.
    double run(double level, Schedule& schedule) const {
        schedule.values.assign(schedule.columns.size(), {});
        for (std::size_t t = 0; t < steps_; ++t) {
            std::vector<double> flows = variable_[t];
            double wanted = loads_[t], in = 0, out = 0;
            for (const double flow : flows) wanted -= flow;
            level *= keeps_;
            if (store_ && wanted > 0) out = std::min({discharger_, std::max(0.0, level - need_[t + 1]) / hours_, wanted / store_->discharge_efficiency});
            wanted -= out * (store_ ? store_->discharge_efficiency : 1);
            wanted = run_firm(flows, wanted);
            if (store_ && wanted > 1e-12) { // this hour first
                const double more = std::min({discharger_ - out, std::max(0.0, level / hours_ - out), wanted / store_->discharge_efficiency});
                out += more, wanted -= more * store_->discharge_efficiency;
            }
            if (store_ && out <= 1e-12) {
                const double room = std::max(0.0, (reservoir_ - level) / store_->charge_efficiency / hours_);
                in = std::min({charger_, std::max(0.0, -wanted), room});
                const double lacking = std::min({charger_, room, (need_[t + 1] - level) / store_->charge_efficiency / hours_}) - in;
                if (lacking > 0) {
                    const double spare = std::max(0.0, -wanted - in), made = lacking - run_firm(flows, lacking - spare) - spare;
                    in += std::max(0.0, std::min(lacking, made + spare)), wanted -= std::max(0.0, made);
                }
                wanted += in;
            }
            for (std::size_t i = flows.size(); i-- > 0 && wanted < 0;) // what nobody takes
                if (site_.sources[i].column) {
                    const double less = std::min(flows[i], -wanted);
                    flows[i] -= less, wanted += less;
                }
            if (store_) level = std::clamp(level + (store_->charge_efficiency * in - out) * hours_, 0.0, reservoir_);
            std::size_t column = 0;
            const auto put = [&](double value) { schedule.values[column++].push_back(value); };
            for (const double flow : flows) put(flow);
            for (std::size_t i = 0; i < site_.sales.size(); ++i) put(0);
            if (store_) put(in), put(out * store_->discharge_efficiency), put(level);
            schedule.values[column].push_back(loads_[t]), schedule.values[column + 1].push_back(std::max(0.0, wanted));
        }
        return level;
    }

private:
    /// More of what can be had at any time, the cheapest first; what is still wanted, below zero where a least load gives too much.
    double run_firm(std::vector<double>& flows, double wanted) const {
        for (const std::size_t i : firm_) {
            if (wanted <= 1e-12) break;
            const double size = *site_.sources[i].asset.size, before = flows[i];
            flows[i] = std::min(size, std::max(before + wanted, site_.sources[i].minimum_load * size));
            wanted -= flows[i] - before;
        }
        return wanted;
    }

    const Site& site_;
    std::size_t steps_;
    double hours_, firm_power_ = 0, charger_ = 0, discharger_ = 0, reservoir_ = 0, keeps_ = 1;
    std::vector<double> loads_;
    std::vector<std::vector<double>> variable_; // by step and source
    std::vector<double> need_;                  // MWh at the beginning of a step
    std::vector<std::size_t> firm_;
    const Storage* store_ = nullptr;
};

/// Sums of a year out of a schedule of one bus, in the order of name_columns.
Plan sums_of(const Site& site, const Series& series, const Schedule& schedule) {
    Plan plan;
    const std::size_t steps = series.steps();
    const double weight = 8760 / static_cast<double>(steps);
    std::size_t column = 0;
    const auto asset = [&](const std::string& part, const char* role, const char* unit, const Asset& what) {
        plan.assets.push_back(
            {part, role, unit, *what.size, annuity(what.investment, what.life_years, site.discount_percent) * *what.size, what.fixed_per_year * *what.size});
    };
    std::vector<bool> diesel(steps);
    double fossil = 0;
    for (const Source& source : site.sources) {
        asset(source.name, "source", "MW", source.asset);
        PartFlow one{source.name, "source", 0, 0, 0, {}};
        const std::vector<double>& flows = schedule.values[column++];
        double there = 0;
        for (std::size_t t = 0; t < steps; ++t) {
            one.energy_per_year += flows[t] * weight;
            one.running_per_year += flows[t] * weight * price_at(source.running_per_mwh, source.price_column, series, t);
            if (flows[t] > 1e-9) one.running_per_year += *source.asset.size * source.idle_cost * weight;
            if (source.column) there += *source.asset.size * std::min(1.0, (*series.find(*source.column))[t]) * weight;
            if (source.kind == SourceKind::diesel) diesel[t] = diesel[t] || flows[t] > 1e-6;
        }
        if (source.column) one.curtailed_per_year = std::max(0.0, there - one.energy_per_year);
        one.carbon_per_year = one.energy_per_year * source.carbon_per_mwh;
        plan.carbon += one.carbon_per_year;
        if (!is_renewable(source.kind) && source.bus == "electricity") fossil += one.energy_per_year;
        plan.flows.push_back(one);
    }
    column += site.sales.size();
    for (const Storage& storage : site.storages) {
        asset(storage.name, "charger", "MW", storage.charger);
        if (storage.discharger) asset(storage.name, "discharger", "MW", *storage.discharger);
        asset(storage.name, "reservoir", "MWh", storage.reservoir);
        PartFlow one{storage.name, "storage", 0, 0, 0, {}};
        for (const double out : schedule.values[column + 1])
            one.energy_per_year += out / storage.discharge_efficiency * weight,
                one.running_per_year += out / storage.discharge_efficiency * weight * storage.wear_per_mwh;
        column += 3;
        plan.flows.push_back(one);
    }
    double unserved = 0;
    for (const Demand& demand : site.demands) {
        for (const double load : schedule.values[column]) plan.load_energy += load * weight;
        PartFlow one{demand.name, "demand", 0, 0, 0, {}};
        for (const double missing : schedule.values[column + 1]) one.energy_per_year += missing * weight;
        one.running_per_year = one.energy_per_year * demand.unserved_price.value_or(0);
        unserved += one.energy_per_year;
        column += 2;
        plan.flows.push_back(one);
    }
    plan.renewable_share = renewable_share(fossil, plan.load_energy - unserved);
    for (std::size_t t = 0; t < steps; ++t) plan.hours_without_diesel += diesel[t] ? 0 : weight;
    for (const SizedAsset& one : plan.assets) plan.cost_per_year += one.capital_per_year + one.fixed_per_year;
    for (const PartFlow& one : plan.flows) plan.cost_per_year += one.running_per_year;
    return plan;
}

/// With several stores by the controller too. With several buses the cheapest hours where they are few.
Plan year_of(const Site& site, const Series& series, const solver::Stop& stop) {
    constexpr std::size_t few = 2'000;
    const SizingProgram sizing = sizing_program(site, series);
    const bool whole_units = std::ranges::any_of(site.sources, [](const Source& one) { return one.minimum_load > 0 || one.ramp < 1; });
    const Controller controller(site, series, sizing, {}, {});
    const bool controlled = controller.able() && !whole_units && (sizing.buses.size() == 1 || series.steps() > few);
    solver::StagedAnswer answer;
    std::string method = "load following with a reserve";
    if (controlled) {
        answer.columns.assign(sizing.program.columns.size(), 0);
        for (std::size_t j = 0; j < answer.columns.size(); ++j)
            if (sizing.program.columns[j].stage < 0) answer.columns[j] = sizing.program.columns[j].lower; // sizes are given
        if (controller.run(answer.columns)) answer.violation = solver::staged_violation(sizing.program, answer.columns);
    }
    if (answer.violation > 1e-6) {
        answer = solver::solve_staged(sizing.program, {.gap = 1e-3, .tries = 1, .stop = stop});
        method = "interior point";
    }
    if (answer.violation > 1e-6) return plan_site(site, series, {.gap = 1e-4, .stop = stop});
    answer.objective = solver::staged_cost(sizing.program, answer.columns);
    Plan plan = read_plan(site, series, sizing, answer);
    plan.outcome = Plan::Outcome::best_so_far, plan.method = method;
    return plan;
}

} // namespace

Plan estimate(const Site& asked, const Series& series, const solver::Stop& stop) {
    Site site = asked;
    site.requirements = {};
    for (Source& source : site.sources) source.energy_share_max.reset();
    const bool simple = site.demands.size() == 1 && site.demands.front().bus == "electricity" && site.converters.empty() && site.storages.size() <= 1 &&
                        std::ranges::all_of(site.storages, [](const Storage& one) { return one.bus == "electricity"; });
    if (simple) {
        Schedule schedule;
        name_columns(site, schedule);
        const Keeper keeper(site, series);
        keeper.run(keeper.run(0, schedule), schedule); // the year begins as it ends
        Plan plan = sums_of(site, series, schedule);
        plan.outcome = Plan::Outcome::best_so_far, plan.method = "load following with a reserve";
        return plan;
    }
    double dearest = 1;
    for (const Source& source : site.sources) dearest = std::max(dearest, std::abs(source.running_per_mwh) + source.idle_cost);
    for (Demand& demand : site.demands)
        if (!demand.unserved_price) demand.unserved_price = 10 * dearest; // whatever can be served is
    Plan plan = year_of(site, series, stop);
    for (PartFlow& flow : plan.flows) {
        if (flow.kind != "demand") continue;
        const auto demand = std::ranges::find_if(asked.demands, [&](const Demand& one) { return one.name == flow.part; });
        if (demand->unserved_price) continue;
        plan.cost_per_year -= flow.running_per_year;
        flow.running_per_year = 0;
    }
    return plan;
}

} // namespace greenbank::planning
