// sizing_program.cpp — columns and rows, hour by hour. Limits by a size stay limits of columns.
#include "planning/engine/sizing_program.h"

#include <algorithm>
#include <cmath>

namespace greenbank::planning {

using solver::no_limit;
using Column = solver::StagedProgram::Column;
using Row = solver::StagedProgram::Row;

double load_of(const Demand& demand, const Series& series, std::size_t step) {
    return (*series.find(demand.column))[step] * (demand.unit == SeriesUnit::kilowatt ? 1e-3 : 1);
}

std::vector<double> level_prices(const SizingProgram& sizing, const solver::StagedAnswer& answer, std::size_t storage) {
    std::vector<double> prices;
    for (const int row : sizing.keeps[storage])
        prices.push_back(-answer.prices[static_cast<std::size_t>(row)] / sizing.year); // level − level before − in + out = 0
    return prices;
}

namespace {

class Builder {
public:
    Builder(const Site& site, const Series& series, bool elastic) : site_(site), series_(series), elastic_(elastic), steps_(series.steps()) {
        made_.program.stages = static_cast<int>(steps_);
        made_.year = 8760 / (static_cast<double>(steps_) * site.step_hours);
        hour_weight_ = site.step_hours * made_.year;
    }

    SizingProgram build() {
        for (const auto& demand : site_.demands) bus(demand.bus), demand_columns_.push_back(series_.find(demand.column));
        for (const auto& sale : site_.sales) bus(sale.bus);
        for (const auto& converter : site_.converters) bus(converter.from), bus(converter.to);
        loads_.assign(made_.buses.size(), std::vector<double>(steps_));
        for (std::size_t i = 0; i < site_.demands.size(); ++i)
            for (std::size_t t = 0; t < steps_; ++t)
                loads_[bus(site_.demands[i].bus)][t] += (*demand_columns_[i])[t] * (site_.demands[i].unit == SeriesUnit::kilowatt ? 1e-3 : 1);
        made_.balances.assign(made_.buses.size(), std::vector<int>(steps_));
        made_.load_energy = energy("electricity");
        for (const auto& bus_loads : loads_)
            for (const double load : bus_loads) free_size_ += load, peak_ = std::max(peak_, load), load_energy_all_ += load * site_.step_hours;
        sizes();
        caps();
        for (std::size_t t = 0; t < steps_; ++t) step(t);
        return std::move(made_);
    }

private:
    static constexpr int closed = -2;

    std::size_t bus(const std::string& name) {
        const auto found = std::find(made_.buses.begin(), made_.buses.end(), name);
        if (found != made_.buses.end()) return static_cast<std::size_t>(found - made_.buses.begin());
        made_.buses.push_back(name);
        return made_.buses.size() - 1;
    }

    double energy(const std::string& name) {
        double sum = 0;
        for (const auto& demand : site_.demands)
            if (demand.bus == name)
                for (std::size_t t = 0; t < steps_; ++t) sum += load_of(demand, series_, t);
        return sum * site_.step_hours;
    }

    int size_of(const Asset& asset, const std::string& name, bool of_energy = false) {
        Column column{.cost = yearly_cost(asset, site_.discount_percent), .lower = asset.size_min, .upper = asset.size_max.value_or(no_limit)};
        if (asset.size) column.lower = column.upper = *asset.size;
        else if (column.cost == 0 && !asset.size_max) column.upper = std::max(column.lower, free_size_); // what costs nothing needs an end all the same
        if (elastic_) { // nothing sensible is larger: a hundred times the peak, or a store for all that the series asks for
            const double limit = column.upper, unit = of_energy ? std::max(load_energy_all_ / 100, 1e-6) : std::max(peak_, 1e-6);
            const double roof = (asset.size ? *asset.size : column.lower) + 100 * unit;
            column.upper = std::isfinite(limit) ? limit + roof : roof;
            const int index = made_.program.add(column);
            if (!std::isfinite(limit)) return index;
            Requirement requirement{.kind = RequirementKind::largest_size, .part = name, .limit = limit, .energy = of_energy};
            requirement.row = made_.program.add(Row{Row{}.stage, -no_limit, limit});
            made_.program.enter(requirement.row, index, 1);
            made_.program.enter(requirement.row, excess(requirement, std::max(unit, limit)), -std::max(unit, limit));
            made_.requirements.push_back(requirement);
            return index;
        }
        return made_.program.add(column);
    }

    /// A shared column that says by how much a requirement is not kept, in parts of `unit`.
    int excess(Requirement& requirement, double unit) {
        const int column = made_.program.add(Column{.cost = 1});
        requirement.excess.push_back(column);
        requirement.excess_unit.push_back(unit);
        return column;
    }

    void sizes() {
        made_.demands.resize(site_.demands.size()), made_.sources.resize(site_.sources.size()), made_.sales.resize(site_.sales.size());
        made_.converters.resize(site_.converters.size()), made_.storages.resize(site_.storages.size()), made_.keeps.resize(site_.storages.size());
        for (std::size_t i = 0; i < site_.sources.size(); ++i) made_.sources[i].size = size_of(site_.sources[i].asset, site_.sources[i].name);
        for (std::size_t i = 0; i < site_.converters.size(); ++i) made_.converters[i].size = size_of(site_.converters[i].asset, site_.converters[i].name);
        for (std::size_t i = 0; i < site_.storages.size(); ++i) {
            const Storage& storage = site_.storages[i];
            auto& part = made_.storages[i];
            part.size = size_of(storage.charger, storage.name);
            part.discharger = storage.discharger ? size_of(*storage.discharger, storage.name) : part.size;
            part.reservoir = size_of(storage.reservoir, storage.name, true);
            start_.push_back(made_.program.add(Column{})); // what is stored before the first step, and after the last
            const int row = made_.program.add(Row{Row{}.stage, -no_limit, 0});
            made_.program.enter(row, start_.back(), 1);
            made_.program.enter(row, part.reservoir, -1);
        }
        before_ = start_;
    }

    /// A cap of nothing leaves no room inside: then the columns themselves are closed, and there is no row.
    int cap(Requirement requirement, double limit, double unit) {
        if (limit == 0 && !elastic_) {
            made_.requirements.push_back(requirement);
            return closed;
        }
        requirement.row = made_.program.add(Row{Row{}.stage, -no_limit, limit});
        if (elastic_) made_.program.enter(requirement.row, excess(requirement, unit), -unit);
        made_.requirements.push_back(requirement);
        return requirement.row;
    }

    void caps() {
        const Requirements& wanted = site_.requirements;
        const double load = std::max(1e-9, made_.load_energy);
        if (wanted.carbon_max) carbon_ = cap({.kind = RequirementKind::carbon, .part = "", .limit = *wanted.carbon_max}, *wanted.carbon_max, load);
        if (wanted.renewable_share_min) { // of what is served: (1 - share) · (load - unserved) at most comes from other sources
            fossil_part_ = 1 - *wanted.renewable_share_min;
            fossil_ = cap({.kind = RequirementKind::renewable_share, .part = "", .limit = *wanted.renewable_share_min}, fossil_part_ * load, load);
        }
        for (const Source& source : site_.sources) {
            shares_.push_back(-1);
            if (!source.energy_share_max) continue;
            const double own = std::max(1e-9, energy(source.bus));
            shares_.back() =
                cap({.kind = RequirementKind::energy_share, .part = source.name, .limit = *source.energy_share_max}, *source.energy_share_max * own, own);
        }
        if (wanted.autonomy_days) {
            const double needed = *wanted.autonomy_days * 24 * made_.load_energy / (static_cast<double>(steps_) * site_.step_hours);
            const int row = cap({.kind = RequirementKind::autonomy, .part = "", .limit = *wanted.autonomy_days}, -needed, std::max(1e-9, needed));
            for (std::size_t i = 0; i < site_.storages.size(); ++i)
                if (site_.storages[i].bus == "electricity") made_.program.enter(row, made_.storages[i].reservoir, -site_.storages[i].discharge_efficiency);
        }
        if (wanted.reserve_of_load > 0 || wanted.reserve_of_variable > 0) {
            Requirement requirement{.kind = RequirementKind::reserve, .part = "", .limit = wanted.reserve_of_load};
            if (elastic_) reserve_excess_ = excess(requirement, std::max(peak_, 1e-6)), reserve_unit_ = std::max(peak_, 1e-6); // the same at every step
            made_.requirements.push_back(requirement);
        }
        for (std::size_t i = 0; i < site_.demands.size(); ++i) {
            Requirement requirement{.kind = RequirementKind::demand, .part = site_.demands[i].name};
            made_.requirements.push_back(requirement);
        }
    }

    void step(std::size_t t) {
        auto& program = made_.program;
        const int stage = static_cast<int>(t);
        std::vector<int> balance;
        for (std::size_t b = 0; b < made_.buses.size(); ++b) {
            balance.push_back(program.add(Row{stage, loads_[b][t], loads_[b][t]}));
            made_.balances[b][t] = balance[b];
        }
        int reserve = -1;
        const Requirements& wanted = site_.requirements;
        if (wanted.reserve_of_load > 0 || wanted.reserve_of_variable > 0) {
            reserve = program.add(Row{stage, wanted.reserve_of_load * loads_[bus("electricity")][t], no_limit});
            made_.reserves.push_back(reserve);
            if (reserve_excess_ >= 0) program.enter(reserve, reserve_excess_, reserve_unit_);
        }
        for (std::size_t i = 0; i < site_.sources.size(); ++i)
            source(i, t, balance[bus(site_.sources[i].bus)], site_.sources[i].bus == "electricity" ? reserve : -1);
        for (std::size_t i = 0; i < site_.sales.size(); ++i) {
            const Sale& sale = site_.sales[i];
            const double price = sale.price_per_mwh + (sale.price_column ? (*series_.find(*sale.price_column))[t] : 0);
            const int column = program.add(Column{.stage = stage, .cost = -price * hour_weight_, .lower = 0, .upper = sale.power_max});
            program.enter(balance[bus(sale.bus)], column, -1);
            made_.sales[i].flow.push_back(column);
        }
        for (std::size_t i = 0; i < site_.converters.size(); ++i) {
            const Converter& converter = site_.converters[i];
            const double efficiency = converter.efficiency * (converter.efficiency_column ? (*series_.find(*converter.efficiency_column))[t] : 1);
            const int column =
                program.add(Column{.stage = stage, .cost = converter.running_per_mwh * hour_weight_, .size = made_.converters[i].size, .share_max = 1});
            program.enter(balance[bus(converter.from)], column, -1);
            program.enter(balance[bus(converter.to)], column, efficiency);
            made_.converters[i].flow.push_back(column);
        }
        for (std::size_t i = 0; i < site_.storages.size(); ++i)
            storage(i, t, balance[bus(site_.storages[i].bus)], site_.storages[i].bus == "electricity" ? reserve : -1);
        for (std::size_t i = 0; i < site_.demands.size(); ++i) {
            const Demand& demand = site_.demands[i];
            if (!demand.unserved_price && !elastic_) continue;
            const double load = load_of(demand, series_, t);
            const double price = elastic_ ? 1 / std::max(1e-9, made_.load_energy) * site_.step_hours : *demand.unserved_price * hour_weight_;
            const int column = program.add(Column{.stage = stage, .cost = price, .lower = 0, .upper = load});
            program.enter(balance[bus(demand.bus)], column, 1);
            if (fossil_ >= 0 && demand.bus == "electricity") program.enter(fossil_, column, fossil_part_ * site_.step_hours);
            made_.demands[i].flow.push_back(column);
        }
    }

    void source(std::size_t i, std::size_t t, int balance, int reserve) {
        auto& program = made_.program;
        const Source& source = site_.sources[i];
        auto& part = made_.sources[i];
        const int stage = static_cast<int>(t);
        const double share = source.column ? std::min(1.0, (*series_.find(*source.column))[t]) : 1;
        const double price = source.running_per_mwh + (source.price_column ? (*series_.find(*source.price_column))[t] : 0);
        const bool fossil = !is_renewable(source.kind) && source.bus == "electricity";
        const bool none = shares_[i] == closed || (fossil_ == closed && fossil) || (carbon_ == closed && source.carbon_per_mwh > 0);
        const int column =
            program.add(Column{.stage = stage, .cost = price * hour_weight_, .upper = none ? 0 : no_limit, .size = part.size, .share_max = share});
        part.flow.push_back(column);
        program.enter(balance, column, 1);
        if (shares_[i] >= 0) program.enter(shares_[i], column, site_.step_hours);
        if (fossil_ >= 0 && fossil) program.enter(fossil_, column, site_.step_hours);
        if (carbon_ >= 0) program.enter(carbon_, column, source.carbon_per_mwh * hour_weight_);
        int ready = part.size;
        if (source.minimum_load > 0 || source.idle_cost > 0) { // what runs, as a share of the units
            const int online = program.add(Column{.stage = stage, .cost = source.idle_cost * hour_weight_, .size = part.size, .share_max = share});
            part.online.push_back(online);
            const int most = program.add(Row{stage, 0, no_limit}), least = program.add(Row{stage, 0, no_limit});
            program.enter(most, online, 1), program.enter(most, column, -1);
            program.enter(least, column, 1), program.enter(least, online, -source.minimum_load);
            part.most.push_back(most), part.least.push_back(least);
            ready = online;
        }
        if (source.ramp * site_.step_hours < 1 && t > 0) {
            const int up = program.add(Row{stage, 0, no_limit}), down = program.add(Row{stage, 0, no_limit});
            for (const int row : {up, down}) {
                program.enter(row, part.size, source.ramp * site_.step_hours);
                program.enter(row, column, row == up ? -1 : 1);
                program.enter(row, part.flow[t - 1], row == up ? 1 : -1);
            }
        }
        if (reserve < 0) return;
        if (source.column) program.enter(reserve, column, -site_.requirements.reserve_of_variable);
        else program.enter(reserve, ready, 1), program.enter(reserve, column, -1);
    }

    void storage(std::size_t i, std::size_t t, int balance, int reserve) {
        auto& program = made_.program;
        const Storage& storage = site_.storages[i];
        auto& part = made_.storages[i];
        const int stage = static_cast<int>(t);
        const int in = program.add(Column{.stage = stage, .size = part.size, .share_max = 1});
        const int out = program.add(Column{.stage = stage, .cost = storage.wear_per_mwh * hour_weight_, .size = part.discharger, .share_max = 1});
        const int level = t + 1 < steps_ ? program.add(Column{.stage = stage, .size = part.reservoir, .share_max = 1}) : start_[i];
        part.flow.push_back(in), part.out.push_back(out), part.level.push_back(level);
        program.enter(balance, in, -1), program.enter(balance, out, storage.discharge_efficiency);
        const int row = program.add(Row{stage, 0, 0});
        made_.keeps[i].push_back(row);
        program.enter(row, level, 1);
        program.enter(row, before_[i], -std::pow(1 - storage.loss_per_hour, site_.step_hours));
        program.enter(row, in, -storage.charge_efficiency * site_.step_hours);
        program.enter(row, out, site_.step_hours);
        before_[i] = level;
        if (reserve >= 0) program.enter(reserve, part.discharger, storage.discharge_efficiency), program.enter(reserve, out, -storage.discharge_efficiency);
    }

    const Site& site_;
    const Series& series_;
    bool elastic_;
    std::size_t steps_;
    double hour_weight_;
    SizingProgram made_;
    std::vector<const std::vector<double>*> demand_columns_;
    std::vector<std::vector<double>> loads_; // by bus and step
    std::vector<int> start_, before_, shares_;
    double free_size_ = 1;                  // MW or MWh: as much as all the loads of all the steps together
    double peak_ = 0, load_energy_all_ = 0; // the largest load of any bus, MW; all loads, MWh
    int carbon_ = -1, fossil_ = -1, reserve_excess_ = -1;
    double reserve_unit_ = 1, fossil_part_ = 1;
};

} // namespace

SizingProgram sizing_program(const Site& site, const Series& series, bool elastic) { return Builder(site, series, elastic).build(); }

} // namespace greenbank::planning
