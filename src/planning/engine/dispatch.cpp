// dispatch.cpp — a window that moves over the year: plan, keep the first step, carry the stores exactly.
#include "planning/engine/dispatch.h"

#include <algorithm>
#include <cmath>

#include "solver/rolling.h"

namespace greenbank::planning {

using solver::no_limit;
using Column = solver::StagedProgram::Column;
using Row = solver::StagedProgram::Row;

bool sizes_known(const Site& site) {
    bool all = true;
    for (const auto& source : site.sources) all = all && source.asset.size;
    for (const auto& converter : site.converters) all = all && converter.asset.size;
    for (const auto& storage : site.storages) all = all && storage.charger.size && storage.reservoir.size && (!storage.discharger || storage.discharger->size);
    return all;
}

Site with_sizes(Site site, const Plan& plan) {
    const auto set = [&](Asset& asset, const std::string& part, const char* role) {
        for (const SizedAsset& one : plan.assets)
            if (one.part == part && one.role == role) asset.size = std::max(0.0, one.size);
    };
    for (auto& source : site.sources) set(source.asset, source.name, "source");
    for (auto& converter : site.converters) set(converter.asset, converter.name, "converter");
    for (auto& storage : site.storages) {
        set(storage.charger, storage.name, "charger"), set(storage.reservoir, storage.name, "reservoir");
        if (storage.discharger) set(*storage.discharger, storage.name, "discharger");
    }
    return site;
}

namespace {

double price_at(double price, const std::optional<std::string>& column, const Series& series, std::size_t t) {
    return price + (column ? (*series.find(*column))[t] : 0);
}

class Ring {
public:
    Ring(const Site& site, const Series& series, const DispatchOptions& options) :
        site_(site), series_(series), options_(options), steps_(series.steps()), slots_(static_cast<std::size_t>(options.horizon) + 1), random_(options.seed) {
        for (const auto& demand : site.demands) bus(demand.bus);
        for (const auto& sale : site.sales) bus(sale.bus);
        for (const auto& converter : site.converters) bus(converter.from), bus(converter.to);
        double dearest = 1;
        for (const auto& source : site.sources) dearest = std::max(dearest, std::abs(source.running_per_mwh) + source.idle_cost);
        unserved_price_ = options.unserved_price > 0 ? options.unserved_price : 10 * dearest;
        units_.resize(site.sources.size());
        build();
    }

    Schedule run() {
        Schedule schedule;
        name_columns(site_, schedule);
        schedule.levels.resize(site_.storages.size());
        std::vector<double> level = options_.start_levels;
        for (std::size_t i = level.size(); i < site_.storages.size(); ++i) level.push_back(0.5 * *site_.storages[i].reservoir.size);
        const std::vector<double> first_level = level;
        solver::RollingProgram program(program_);
        program_used_ = &program;
        for (std::size_t k = 0; k < slots_ - 1; ++k) set(k, k);
        past(slots_ - 1, level);
        for (std::size_t t = 0; t < steps_; ++t) {
            if (options_.stop && options_.stop()) return schedule;
            if (options_.error > 0)
                for (std::size_t k = 0; k < slots_ - 1; ++k) set((t + k) % slots_, t + k, forecast(k));
            const std::size_t slot = t % slots_;
            if (!program.solve()) return schedule;
            if (!commit(program, slot, t)) return schedule;
            record(program, slot, t, level, schedule);
            past(slot, level);
            set((t + slots_ - 1) % slots_, t + slots_ - 1); // the step before it lies ahead again, as the last one of the window
        }
        for (std::size_t i = 0; i < level.size(); ++i) schedule.level_change += level[i] - first_level[i];
        schedule.iterations = program.iterations();
        schedule.complete = true;
        return schedule;
    }

private:
    struct Slot {
        std::vector<int> balance, keep, sources, online, most, least, sales, converters, in, out, level, unserved, dumped, ramp_up, ramp_down;
    };
    struct Unit {
        bool on = false;
        std::int64_t steps = 1'000'000; // in this state
        double flow = 0;
    };

    std::size_t bus(const std::string& name) {
        const auto found = std::find(buses_.begin(), buses_.end(), name);
        if (found != buses_.end()) return static_cast<std::size_t>(found - buses_.begin());
        buses_.push_back(name);
        return buses_.size() - 1;
    }

    static bool commits(const Source& source) {
        return source.minimum_load > 0 || source.idle_cost > 0 || source.up_hours_min > 1 || source.down_hours_min > 1;
    }

    void build() {
        program_.stages = 1;
        ring_.resize(slots_);
        for (Slot& slot : ring_)
            for (std::size_t i = 0; i < site_.storages.size(); ++i)
                slot.level.push_back(program_.add(Column{.stage = 0, .upper = *site_.storages[i].reservoir.size}));
        for (std::size_t s = 0; s < slots_; ++s) {
            Slot& slot = ring_[s];
            const Slot& before = ring_[(s + slots_ - 1) % slots_];
            for (std::size_t b = 0; b < buses_.size(); ++b) {
                slot.balance.push_back(program_.add(Row{0, 0, 0}));
                slot.dumped.push_back(program_.add(Column{.stage = 0, .cost = 1e-3}));
                program_.enter(slot.balance[b], slot.dumped[b], -1);
            }
            for (const Source& source : site_.sources) {
                const int flow = program_.add(Column{.stage = 0});
                program_.enter(slot.balance[bus(source.bus)], flow, 1);
                slot.sources.push_back(flow);
                int online = -1, most = -1, least = -1;
                if (commits(source)) {
                    online = program_.add(Column{.stage = 0, .cost = source.idle_cost * site_.step_hours});
                    most = program_.add(Row{0, 0, no_limit}), least = program_.add(Row{0, 0, no_limit});
                    program_.enter(most, online, 1), program_.enter(most, flow, -1);
                    program_.enter(least, flow, 1), program_.enter(least, online, -source.minimum_load);
                }
                slot.online.push_back(online), slot.most.push_back(most), slot.least.push_back(least);
            }
            for (const Sale& sale : site_.sales) {
                slot.sales.push_back(program_.add(Column{.stage = 0, .upper = sale.power_max}));
                program_.enter(slot.balance[bus(sale.bus)], slot.sales.back(), -1);
            }
            for (const Converter& converter : site_.converters) {
                const int column =
                    program_.add(Column{.stage = 0, .cost = (converter.running_per_mwh + 1e-4) * site_.step_hours, .upper = *converter.asset.size});
                program_.enter(slot.balance[bus(converter.from)], column, -1);
                program_.enter(slot.balance[bus(converter.to)], column, converter.efficiency);
                slot.converters.push_back(column);
            }
            for (std::size_t i = 0; i < site_.storages.size(); ++i) {
                const Storage& storage = site_.storages[i];
                // a little for each MWh that moves, so that of equal plans always the same one is taken: the one that moves least
                const int in = program_.add(Column{.stage = 0, .cost = 1e-3 * site_.step_hours, .upper = *storage.charger.size});
                const int out = program_.add(Column{.stage = 0,
                    .cost = (storage.wear_per_mwh + 1e-3) * site_.step_hours,
                    .upper = *(storage.discharger ? *storage.discharger : storage.charger).size});
                program_.enter(slot.balance[bus(storage.bus)], in, -1), program_.enter(slot.balance[bus(storage.bus)], out, storage.discharge_efficiency);
                const int keep = program_.add(Row{0, 0, 0});
                program_.enter(keep, slot.level[i], 1), program_.enter(keep, before.level[i], -kept(storage));
                program_.enter(keep, in, -storage.charge_efficiency * site_.step_hours), program_.enter(keep, out, site_.step_hours);
                slot.in.push_back(in), slot.out.push_back(out), slot.keep.push_back(keep);
            }
            for (const Demand& demand : site_.demands) {
                slot.unserved.push_back(program_.add(Column{.stage = 0, .cost = demand.unserved_price.value_or(unserved_price_) * site_.step_hours}));
                program_.enter(slot.balance[bus(demand.bus)], slot.unserved.back(), 1);
            }
        }
        for (std::size_t s = 0; s < slots_; ++s)
            for (std::size_t i = 0; i < site_.sources.size(); ++i) {
                const double ramp = site_.sources[i].ramp * site_.step_hours;
                int row = -1;
                if (ramp < 1) {
                    row = program_.add(Row{0, -ramp * *site_.sources[i].asset.size, ramp * *site_.sources[i].asset.size});
                    program_.enter(row, ring_[s].sources[i], 1), program_.enter(row, ring_[(s + slots_ - 1) % slots_].sources[i], -1);
                }
                ring_[s].ramp_up.push_back(row);
            }
    }

    double kept(const Storage& storage) const { return std::pow(1 - storage.loss_per_hour, site_.step_hours); }

    /// One plus the error of the forecast `lead` steps ahead.
    double forecast(std::size_t lead) {
        if (lead == 0) return 1;
        double normal = -6;
        for (int i = 0; i < 12; ++i) normal += random_.uniform();
        return std::max(0.0, 1 + options_.error * std::sqrt(static_cast<double>(lead)) * normal);
    }

    /// The slot stands for step t of the series (the first ones again after the last).
    void set(std::size_t place, std::size_t t, double forecast = 1) {
        auto& program = *program_used_;
        const Slot& slot = ring_[place];
        const std::size_t at = t % steps_, ahead = (t + 1) % steps_;
        std::vector<double> load(buses_.size());
        for (std::size_t i = 0; i < site_.demands.size(); ++i) {
            const double one = load_of(site_.demands[i], series_, at);
            load[bus(site_.demands[i].bus)] += one;
            program.limit_column(slot.unserved[i], 0, one);
        }
        for (std::size_t b = 0; b < buses_.size(); ++b) program.limit_row(slot.balance[b], load[b], load[b]), program.limit_column(slot.dumped[b], 0, no_limit);
        for (std::size_t i = 0; i < site_.sources.size(); ++i) {
            const Source& source = site_.sources[i];
            const double most = *source.asset.size * (source.column ? std::min(1.0, (*series_.find(*source.column))[at] * forecast) : 1);
            program.limit_column(slot.sources[i], 0, most);
            program.cost(slot.sources[i], source_cost(i, at) * site_.step_hours);
            if (slot.online[i] >= 0) {
                program.limit_column(slot.online[i], 0, *source.asset.size);
                program.limit_row(slot.most[i], 0, no_limit), program.limit_row(slot.least[i], 0, no_limit);
            }
            if (slot.ramp_up[i] >= 0) {
                const double ramp = source.ramp * site_.step_hours * *source.asset.size;
                program.limit_row(slot.ramp_up[i], -ramp, ramp);
            }
        }
        for (std::size_t i = 0; i < site_.sales.size(); ++i) {
            program.limit_column(slot.sales[i], 0, site_.sales[i].power_max);
            program.cost(slot.sales[i], -price_at(site_.sales[i].price_per_mwh, site_.sales[i].price_column, series_, at) * site_.step_hours);
        }
        for (std::size_t i = 0; i < site_.converters.size(); ++i) program.limit_column(slot.converters[i], 0, *site_.converters[i].asset.size);
        for (std::size_t i = 0; i < site_.storages.size(); ++i) {
            const Storage& storage = site_.storages[i];
            program.limit_row(slot.keep[i], 0, 0);
            program.limit_column(slot.level[i], 0, *storage.reservoir.size);
            program.limit_column(slot.in[i], 0, *storage.charger.size);
            program.limit_column(slot.out[i], 0, *(storage.discharger ? *storage.discharger : storage.charger).size);
            if (options_.end_values.empty()) continue;
            // the slot before this one was the end of the window, and no longer is
            const std::size_t before = (place + slots_ - 1) % slots_;
            program.cost(ring_[before].level[i], 0);
            program.cost(slot.level[i], -options_.end_values[i][ahead]);
        }
    }

    /// The step is over: its levels stand, nothing else of it matters.
    void past(std::size_t place, const std::vector<double>& level) {
        auto& program = *program_used_;
        const Slot& slot = ring_[place];
        for (const int row : slot.balance) program.limit_row(row, -no_limit, no_limit);
        for (const int column : slot.dumped) program.limit_column(column, 0, 0);
        for (std::size_t i = 0; i < site_.sources.size(); ++i) {
            program.limit_column(slot.sources[i], units_[i].flow, units_[i].flow);
            if (slot.online[i] >= 0) {
                program.limit_column(slot.online[i], 0, 0);
                program.limit_row(slot.most[i], -no_limit, no_limit), program.limit_row(slot.least[i], -no_limit, no_limit);
            }
            if (slot.ramp_up[i] >= 0) program.limit_row(slot.ramp_up[i], -no_limit, no_limit);
        }
        for (const auto* columns : {&slot.sales, &slot.converters, &slot.in, &slot.out, &slot.unserved})
            for (const int column : *columns) program.limit_column(column, 0, 0);
        for (std::size_t i = 0; i < level.size(); ++i) {
            program.limit_row(slot.keep[i], -no_limit, no_limit);
            program.limit_column(slot.level[i], level[i], level[i]);
            program.cost(slot.level[i], 0);
        }
    }

    double source_cost(std::size_t i, std::size_t at) const {
        return price_at(site_.sources[i].running_per_mwh, site_.sources[i].price_column, series_, at) +
               (options_.cap_prices.empty() ? 0 : options_.cap_prices[i]);
    }

    /// Whether each unit runs in this step, whole: what must stay on or off stays, else what the window would run mostly, runs.
    bool commit(solver::RollingProgram& program, std::size_t place, std::size_t t) {
        const Slot& slot = ring_[place];
        bool changed = false;
        for (std::size_t i = 0; i < site_.sources.size(); ++i) {
            const Source& source = site_.sources[i];
            if (slot.online[i] < 0 || *source.asset.size <= 0) continue;
            Unit& unit = units_[i];
            const double hours = static_cast<double>(unit.steps) * site_.step_hours;
            bool on = program.column(slot.sources[i]) > 0.5 * std::max(source.minimum_load, 0.02) * *source.asset.size;
            if (unit.on && hours < static_cast<double>(source.up_hours_min)) on = true;
            if (!unit.on && hours < static_cast<double>(source.down_hours_min)) on = false;
            program.limit_column(slot.online[i], on ? *source.asset.size : 0, on ? *source.asset.size : 0);
            changed = true;
            unit.steps = on == unit.on ? unit.steps + 1 : 1;
            unit.on = on;
        }
        (void)t;
        return !changed || program.solve();
    }

    void record(const solver::RollingProgram& program, std::size_t place, std::size_t t, std::vector<double>& level, Schedule& schedule) {
        const Slot& slot = ring_[place];
        std::size_t column = 0;
        std::vector<double> sums(buses_.size());
        const double hours = site_.step_hours;
        const auto put = [&](double value) { schedule.values[column++].push_back(value); };
        for (std::size_t i = 0; i < site_.sources.size(); ++i) {
            const Source& source = site_.sources[i];
            const double flow = std::max(0.0, program.column(slot.sources[i]));
            units_[i].flow = flow;
            put(flow);
            sums[bus(source.bus)] += flow;
            schedule.cost += flow * source_cost(i, t) * hours;
            if (slot.online[i] >= 0) schedule.cost += program.column(slot.online[i]) * source.idle_cost * hours;
            if (source.column) schedule.curtailed += (*source.asset.size * std::min(1.0, (*series_.find(*source.column))[t]) - flow) * hours;
        }
        for (std::size_t i = 0; i < site_.sales.size(); ++i) {
            const double flow = program.column(slot.sales[i]);
            put(flow);
            sums[bus(site_.sales[i].bus)] -= flow;
            schedule.cost -= flow * price_at(site_.sales[i].price_per_mwh, site_.sales[i].price_column, series_, t) * hours;
        }
        for (std::size_t i = 0; i < site_.converters.size(); ++i) {
            const double flow = program.column(slot.converters[i]);
            put(flow);
            sums[bus(site_.converters[i].from)] -= flow, sums[bus(site_.converters[i].to)] += flow * site_.converters[i].efficiency;
            schedule.cost += flow * site_.converters[i].running_per_mwh * hours;
        }
        for (std::size_t i = 0; i < site_.storages.size(); ++i) {
            const Storage& storage = site_.storages[i];
            const double in = program.column(slot.in[i]), out = program.column(slot.out[i]), planned = program.column(slot.level[i]);
            const double exact = kept(storage) * level[i] + (storage.charge_efficiency * in - out) * hours;
            schedule.worst_step = std::max(schedule.worst_step, std::abs(exact - planned));
            level[i] = std::clamp(exact, 0.0, *storage.reservoir.size);
            put(in), put(out * storage.discharge_efficiency), put(level[i]);
            sums[bus(storage.bus)] += out * storage.discharge_efficiency - in;
            schedule.cost += out * storage.wear_per_mwh * hours;
            schedule.levels[i].push_back(level[i]);
        }
        for (std::size_t i = 0; i < site_.demands.size(); ++i) {
            const double load = load_of(site_.demands[i], series_, t), missing = program.column(slot.unserved[i]);
            put(load), put(missing);
            sums[bus(site_.demands[i].bus)] += missing - load;
            schedule.cost += missing * site_.demands[i].unserved_price.value_or(unserved_price_) * hours;
            schedule.unserved += missing * hours;
        }
        for (std::size_t b = 0; b < buses_.size(); ++b)
            schedule.worst_balance = std::max(schedule.worst_balance, std::abs(sums[b] - program.column(slot.dumped[b])));
    }

    const Site& site_;
    const Series& series_;
    const DispatchOptions& options_;
    std::size_t steps_, slots_;
    Random random_;
    std::vector<std::string> buses_;
    double unserved_price_ = 0;
    std::vector<Unit> units_;
    solver::StagedProgram program_;
    solver::RollingProgram* program_used_ = nullptr;
    std::vector<Slot> ring_;
};

} // namespace

void name_columns(const Site& site, Schedule& schedule) {
    for (const auto& source : site.sources) schedule.columns.push_back(source.name);
    for (const auto& sale : site.sales) schedule.columns.push_back(sale.name);
    for (const auto& converter : site.converters) schedule.columns.push_back(converter.name);
    for (const auto& storage : site.storages)
        for (const char* what : {" charge", " discharge", " level"}) schedule.columns.push_back(storage.name + what);
    for (const auto& demand : site.demands) schedule.columns.push_back(demand.name), schedule.columns.push_back(demand.name + " unserved");
    schedule.values.resize(schedule.columns.size());
}

Schedule dispatch(const Site& site, const Series& series, const DispatchOptions& options) { return Ring(site, series, options).run(); }

} // namespace greenbank::planning
