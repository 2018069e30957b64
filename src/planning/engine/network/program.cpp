// program.cpp — columns and rows of a network, snapshot by snapshot.
#include "planning/engine/network/program.h"

#include <algorithm>
#include <cmath>

#include "planning/engine/network/plan.h"

namespace greenbank::planning::network {

using solver::no_limit;
using Column = solver::StagedProgram::Column;
using Row = solver::StagedProgram::Row;

namespace {

constexpr int whole_year = solver::StagedProgram::shared;

class Builder {
public:
    Builder(const Network& network, bool commitment, bool elastic) :
        network_(network), commitment_(commitment), elastic_(elastic), count_(network.snapshots.size()) {}

    Built build() {
        made_.program.stages = static_cast<int>(count_);
        for (const auto& one : network_.generators) made_.generator_sizes.push_back(size_of(one.size));
        for (const auto& one : network_.links) made_.link_sizes.push_back(size_of(one.size));
        for (const auto& one : network_.branches) made_.branch_sizes.push_back(size_of(one.size));
        for (const auto& one : network_.storage_units) made_.unit_sizes.push_back(size_of(one.size)), unit_before_.push_back(start_of(one.cyclic));
        for (const auto& one : network_.stores) made_.store_sizes.push_back(size_of(one.size)), store_before_.push_back(start_of(one.cyclic));
        unit_start_ = unit_before_, store_start_ = store_before_;
        made_.generators.resize(network_.generators.size()), made_.links.resize(network_.links.size()), made_.branches.resize(network_.branches.size());
        for (auto* list : {&made_.stored, &made_.dispatched, &made_.levels, &made_.spilled}) list->resize(network_.storage_units.size());
        for (auto* list : {&made_.store_flows, &made_.store_levels}) list->resize(network_.stores.size());
        made_.balances.assign(network_.buses.size(), std::vector<int>(count_)), made_.missing.resize(network_.buses.size());
        on_.resize(network_.generators.size()), starts_.resize(network_.generators.size()), stops_.resize(network_.generators.size());
        emission_limits();
        energy_limits();
        for (std::size_t t = 0; t < count_; ++t) snapshot(t);
        if (commitment_) minimum_times();
        return std::move(made_);
    }

private:
    auto& program() { return made_.program; }

    int size_of(const Size& size) {
        if (!size.extendable) return -1;
        return program().add(Column{.cost = elastic_ ? 0 : size.capital_cost, .lower = size.least, .upper = elastic_ ? std::min(size.most, 1e6) : size.most});
    }
    /// What a cyclic store holds before the first snapshot; -1 where that is said.
    int start_of(bool cyclic) { return cyclic ? program().add(Column{.lower = -no_limit}) : -1; }

    /// A column within shares of a size that is known or not.
    int flow(int stage, double cost, const Size& size, int size_column, double least, double most) {
        if (elastic_) cost = 0;
        if (size_column < 0) return program().add(Column{.stage = stage, .cost = cost, .lower = least * size.given, .upper = most * size.given});
        return program().add(Column{.stage = stage, .cost = cost, .lower = -no_limit, .size = size_column, .share_max = most, .share_min = least});
    }

    void emission_limits() {
        for (const EmissionLimit& one : network_.emission_limits) {
            double limit = one.limit;
            // what stores of a carrier that emits hold at first may be used up
            for (const StorageUnit& unit : network_.storage_units)
                if (!unit.cyclic) limit -= unit.initial * network_.emissions_of(unit.carrier);
            for (const Store& store : network_.stores)
                if (!store.cyclic) limit -= store.initial * network_.emissions_of(store.carrier);
            made_.limits.push_back(
                program().add(Row{whole_year, one.sense == Sense::at_most ? -no_limit : limit, one.sense == Sense::at_least ? no_limit : limit}));
        }
    }

    void energy_limits() {
        for (const Generator& one : network_.generators)
            energy_rows_.push_back(
                std::isfinite(one.energy_min) || std::isfinite(one.energy_max) ? program().add(Row{whole_year, one.energy_min, one.energy_max}) : -1);
    }

    void snapshot(std::size_t t) {
        const int stage = static_cast<int>(t);
        std::vector<double> loads(network_.buses.size(), 0);
        for (const Load& one : network_.loads) loads[one.bus] -= one.sign * one.p.at(t);
        for (std::size_t b = 0; b < loads.size(); ++b) made_.balances[b][t] = program().add(Row{stage, loads[b], loads[b]});
        const auto at = [&](std::size_t bus) { return made_.balances[bus][t]; };
        if (elastic_)
            for (std::size_t b = 0; b < loads.size(); ++b) {
                // what is missing, and what nobody takes
                for (const double sign : {1.0, -1.0}) {
                    const int column = program().add(Column{.stage = stage, .cost = std::max(1e-3, network_.objective_hours[t])});
                    program().enter(at(b), column, sign);
                    made_.missing[b].push_back(column);
                }
            }
        for (std::size_t i = 0; i < network_.generators.size(); ++i) generator(i, t, stage, at(network_.generators[i].bus));
        for (std::size_t i = 0; i < network_.links.size(); ++i) {
            const Link& one = network_.links[i];
            const int column =
                flow(stage, one.marginal_cost.at(t) * network_.objective_hours[t], one.size, made_.link_sizes[i], one.p_min.at(t), one.p_max.at(t));
            made_.links[i].push_back(column);
            // a link may end where it begins: then its entries add up
            std::map<std::size_t, double> by_bus;
            by_bus[one.from] -= 1;
            for (const Link::Output& output : one.outputs) by_bus[output.bus] += output.efficiency.at(t);
            for (const auto& [bus, value] : by_bus) program().enter(at(bus), column, value);
        }
        for (std::size_t i = 0; i < network_.branches.size(); ++i) {
            const Branch& one = network_.branches[i];
            const int column = flow(stage, 0, one.size, made_.branch_sizes[i], -one.limit.at(t), one.limit.at(t));
            made_.branches[i].push_back(column);
            if (one.from == one.to) continue;
            program().enter(at(one.from), column, -1), program().enter(at(one.to), column, 1);
        }
        for (const auto& loop : loops_) {
            double shift = 0, scale = 0;
            for (const auto& [branch, sign] : loop)
                shift -= sign * network_.branches[branch].phase_shift, scale = std::max(scale, network_.branches[branch].impedance);
            if (scale == 0) continue;
            const int row = program().add(Row{stage, shift / scale, shift / scale});
            for (const auto& [branch, sign] : loop) program().enter(row, made_.branches[branch][t], sign * network_.branches[branch].impedance / scale);
        }
        for (std::size_t i = 0; i < network_.storage_units.size(); ++i) storage_unit(i, t, stage, at(network_.storage_units[i].bus));
        for (std::size_t i = 0; i < network_.stores.size(); ++i) store(i, t, stage, at(network_.stores[i].bus));
    }

    void generator(std::size_t i, std::size_t t, int stage, int balance) {
        const Generator& one = network_.generators[i];
        const double hours = network_.objective_hours[t];
        const bool commits = commitment_ && one.commitment.wanted;
        const int column = flow(stage, one.marginal_cost.at(t) * hours, one.size, made_.generator_sizes[i],
            commits ? std::min(0.0, one.p_min.at(t)) : one.p_min.at(t), one.p_max.at(t));
        made_.generators[i].push_back(column);
        program().enter(balance, column, one.sign);
        const double emissions = network_.emissions_of(one.carrier);
        if (emissions != 0)
            for (const int row : made_.limits) program().enter(row, column, emissions / one.efficiency.at(t) * network_.generator_hours[t]);
        if (energy_rows_[i] >= 0) program().enter(energy_rows_[i], column, network_.generator_hours[t]);
        if (t > 0)
            for (const bool up : {true, false}) {
                const double ramp = up ? one.ramp_up : one.ramp_down;
                if (!std::isfinite(ramp) || (ramp >= 1 && one.p_min.at(t) >= 0)) continue;
                const int size = made_.generator_sizes[i];
                const int row = program().add(Row{stage, -no_limit, size < 0 ? ramp * one.size.given : 0});
                program().enter(row, column, up ? 1 : -1), program().enter(row, made_.generators[i][t - 1], up ? -1 : 1);
                if (size >= 0) program().enter(row, size, -ramp);
            }
        if (!commits) return;
        const Commitment& how = one.commitment;
        const int on = program().add(Column{.stage = stage, .cost = elastic_ ? 0 : how.stand_by_cost * hours, .lower = 0, .upper = 1});
        const int start = program().add(Column{.stage = stage, .cost = elastic_ ? 0 : how.start_up_cost, .lower = 0, .upper = 1});
        const int stop = program().add(Column{.stage = stage, .cost = elastic_ ? 0 : how.shut_down_cost, .lower = 0, .upper = 1});
        made_.whole.push_back(on);
        const int most = program().add(Row{stage, -no_limit, 0}), least = program().add(Row{stage, 0, no_limit});
        program().enter(most, column, 1), program().enter(most, on, -one.p_max.at(t) * one.size.given);
        program().enter(least, column, 1), program().enter(least, on, -one.p_min.at(t) * one.size.given);
        // on - on before = start - stop
        const double before = t == 0 && how.on_before ? 1 : 0;
        const int change = program().add(Row{stage, before, before});
        program().enter(change, on, 1), program().enter(change, start, -1), program().enter(change, stop, 1);
        if (t > 0) program().enter(change, on_[i][t - 1], -1);
        on_[i].push_back(on), starts_[i].push_back(start), stops_[i].push_back(stop);
    }

    /// What started runs on for some snapshots, what stopped rests.
    void minimum_times() {
        for (std::size_t i = 0; i < network_.generators.size(); ++i) {
            const Commitment& how = network_.generators[i].commitment;
            for (std::size_t t = 0; t < on_[i].size(); ++t)
                for (const bool up : {true, false}) {
                    const auto length = static_cast<std::size_t>(up ? how.min_up_time : how.min_down_time);
                    if (length < 2) continue;
                    const int row = program().add(Row{whole_year, -no_limit, up ? 0.0 : 1.0});
                    for (std::size_t k = t + 1 > length ? t + 1 - length : 0; k <= t; ++k) program().enter(row, (up ? starts_ : stops_)[i][k], 1);
                    program().enter(row, on_[i][t], up ? -1 : 1);
                }
        }
    }

    /// level - kept * level before, with what is known put to the right side.
    int level_row(int stage, int level, int before, double kept, double known_before, double right) {
        const int row = program().add(Row{stage, right + (before < 0 ? kept * known_before : 0), right + (before < 0 ? kept * known_before : 0)});
        program().enter(row, level, 1);
        if (before >= 0) program().enter(row, before, -kept);
        return row;
    }

    void final_emissions(const std::string& carrier, bool cyclic, int level, std::size_t t) {
        if (cyclic || t + 1 < count_) return;
        if (const double emissions = network_.emissions_of(carrier); emissions != 0)
            for (const int row : made_.limits) program().enter(row, level, -emissions);
    }

    void storage_unit(std::size_t i, std::size_t t, int stage, int balance) {
        const StorageUnit& one = network_.storage_units[i];
        const double hours = network_.store_hours[t];
        const int size = made_.unit_sizes[i];
        const int out = flow(stage, one.marginal_cost.at(t) * network_.objective_hours[t], one.size, size, 0, one.p_max.at(t));
        const int in = flow(stage, 0, one.size, size, 0, -one.p_min.at(t));
        const bool last = t + 1 == count_;
        const int level =
            one.cyclic && last ? cyclic_level(unit_start_[i], one.size, size, 0, one.max_hours) : flow(stage, 0, one.size, size, 0, one.max_hours);
        const double inflow = one.inflow.at(t);
        const int row = level_row(stage, level, unit_before_[i], std::pow(1 - one.standing_loss, hours), one.initial, hours * inflow);
        program().enter(row, in, -hours * one.efficiency_store.at(t)), program().enter(row, out, hours / one.efficiency_dispatch.at(t));
        if (inflow > 0) {
            const int spill =
                program().add(Column{.stage = stage, .cost = elastic_ ? 0 : one.spill_cost * network_.objective_hours[t], .lower = 0, .upper = inflow});
            program().enter(row, spill, hours);
            made_.spilled[i].push_back(spill);
        } else made_.spilled[i].push_back(-1);
        program().enter(balance, out, 1), program().enter(balance, in, -1);
        made_.dispatched[i].push_back(out), made_.stored[i].push_back(in), made_.levels[i].push_back(level);
        final_emissions(one.carrier, one.cyclic, level, t);
        unit_before_[i] = level;
    }

    void store(std::size_t i, std::size_t t, int stage, int balance) {
        const Store& one = network_.stores[i];
        const double hours = network_.store_hours[t];
        const int size = made_.store_sizes[i];
        const int given =
            program().add(Column{.stage = stage, .cost = elastic_ ? 0 : one.marginal_cost.at(t) * network_.objective_hours[t], .lower = -no_limit});
        const bool last = t + 1 == count_;
        const int level = one.cyclic && last ? cyclic_level(store_start_[i], one.size, size, one.e_min.at(t), one.e_max.at(t))
                                             : flow(stage, 0, one.size, size, one.e_min.at(t), one.e_max.at(t));
        const int row = level_row(stage, level, store_before_[i], std::pow(1 - one.standing_loss, hours), one.initial, 0);
        program().enter(row, given, hours);
        program().enter(balance, given, 1);
        made_.store_flows[i].push_back(given), made_.store_levels[i].push_back(level);
        final_emissions(one.carrier, one.cyclic, level, t);
        store_before_[i] = level;
    }

    /// The level after the last snapshot is the one before the first: a shared column within its own limits.
    int cyclic_level(int column, const Size& size, int size_column, double least, double most) {
        Column& level = program().columns[static_cast<std::size_t>(column)];
        if (size_column < 0) {
            level.lower = least * size.given, level.upper = most * size.given;
            return column;
        }
        if (least == 0) level.lower = 0;
        else {
            const int row = program().add(Row{whole_year, 0, no_limit});
            program().enter(row, column, 1), program().enter(row, size_column, -least);
        }
        const int row = program().add(Row{whole_year, -no_limit, 0});
        program().enter(row, column, 1), program().enter(row, size_column, -most);
        return column;
    }

    const Network& network_;
    bool commitment_, elastic_;
    std::size_t count_;
    std::vector<std::vector<std::pair<std::size_t, double>>> loops_ = loops_of(network_);
    std::vector<int> unit_before_, store_before_, unit_start_, store_start_, energy_rows_;
    std::vector<std::vector<int>> on_, starts_, stops_;
    Built made_;
};

} // namespace

Built build_program(const Network& network, bool commitment, bool elastic) { return Builder(network, commitment, elastic).build(); }

} // namespace greenbank::planning::network
