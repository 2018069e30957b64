// plan.cpp — a network as columns and rows by snapshot, solved, and read back.
#include "planning/engine/network/plan.h"

#include <algorithm>
#include <cmath>

#include "solver/staged_simplex.h"

namespace greenbank::planning::network {

using solver::no_limit;
using Column = solver::StagedProgram::Column;
using Row = solver::StagedProgram::Row;

namespace {

constexpr int whole_year = solver::StagedProgram::shared;

struct Built {
    solver::StagedProgram program;
    std::vector<std::vector<int>> generators, links, branches, stored, dispatched, levels, spilled, store_flows, store_levels; // by component and snapshot
    std::vector<std::vector<int>> balances;                                                                                    // by bus and snapshot
    std::vector<int> generator_sizes, link_sizes, branch_sizes, unit_sizes, store_sizes;                                       // -1: fixed
    std::vector<int> limits, whole;
    std::vector<std::vector<int>> missing; // elastic: by bus and snapshot
};

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

class Reading {
public:
    Reading(const Network& network, const Built& built, const solver::StagedAnswer& answer, NetworkPlan& plan) :
        network_(network), built_(built), answer_(answer), plan_(plan) {}

    void read() {
        plan_.constant = 0;
        sizes("generators", network_.generators, built_.generator_sizes), sizes("links", network_.links, built_.link_sizes);
        for (std::size_t i = 0; i < network_.branches.size(); ++i) size(branch_kind(i), network_.branches[i], built_.branch_sizes[i]);
        sizes("storage_units", network_.storage_units, built_.unit_sizes), sizes("stores", network_.stores, built_.store_sizes);
        plan_.objective = answer_.objective - plan_.constant, plan_.bound = answer_.bound - plan_.constant;
        plan_.gap = answer_.gap(), plan_.iterations = answer_.iterations;
        for (std::size_t i = 0; i < network_.generators.size(); ++i) {
            const Generator& one = network_.generators[i];
            add("generators", one.name, "p", built_.generators[i]);
            const double emissions = network_.emissions_of(one.carrier);
            for (std::size_t t = 0; t < built_.generators[i].size() && emissions != 0; ++t)
                plan_.emissions += value(built_.generators[i][t]) / one.efficiency.at(t) * emissions * network_.generator_hours[t];
        }
        for (std::size_t i = 0; i < network_.links.size(); ++i) add("links", network_.links[i].name, "p0", built_.links[i]);
        for (std::size_t i = 0; i < network_.branches.size(); ++i) add(branch_kind(i), network_.branches[i].name, "p0", built_.branches[i]);
        for (std::size_t i = 0; i < network_.storage_units.size(); ++i) {
            add("storage_units", network_.storage_units[i].name, "p", built_.dispatched[i]);
            auto& p = plan_.series.back().values;
            for (std::size_t t = 0; t < p.size(); ++t) p[t] -= value(built_.stored[i][t]);
            add("storage_units", network_.storage_units[i].name, "state_of_charge", built_.levels[i]);
        }
        for (std::size_t i = 0; i < network_.stores.size(); ++i) {
            add("stores", network_.stores[i].name, "p", built_.store_flows[i]);
            add("stores", network_.stores[i].name, "e", built_.store_levels[i]);
        }
        std::vector<double> sums(built_.program.rows.size());
        for (const auto& entry : built_.program.entries) sums[static_cast<std::size_t>(entry.row)] += entry.value * value(entry.column);
        for (std::size_t b = 0; b < network_.buses.size(); ++b) {
            NetworkSeries prices{"buses", network_.buses[b].name, "marginal_price", {}};
            for (std::size_t t = 0; t < built_.balances[b].size(); ++t) {
                const auto row = static_cast<std::size_t>(built_.balances[b][t]);
                const double hours = network_.objective_hours[t];
                prices.values.push_back(answer_.prices.empty() || hours == 0 ? 0 : answer_.prices[row] / hours);
                plan_.balance_error = std::max(plan_.balance_error, std::abs(sums[row] - built_.program.rows[row].lower));
            }
            plan_.series.push_back(std::move(prices));
        }
        for (std::size_t i = 0; i < built_.limits.size(); ++i)
            plan_.limits.push_back({network_.emission_limits[i].name, network_.emission_limits[i].limit,
                answer_.prices.empty() ? 0 : -answer_.prices[static_cast<std::size_t>(built_.limits[i])]});
    }

private:
    double value(int column) const { return answer_.columns[static_cast<std::size_t>(column)]; }
    const char* branch_kind(std::size_t i) const { return network_.branches[i].transformer ? "transformers" : "lines"; }

    template <class One> void size(const char* component, const One& one, int column) {
        if (column < 0) return;
        plan_.sizes.push_back({component, one.name, value(column), value(column) * one.size.capital_cost});
        plan_.constant += one.size.given * one.size.capital_cost;
    }
    template <class One> void sizes(const char* component, const std::vector<One>& all, const std::vector<int>& columns) {
        for (std::size_t i = 0; i < all.size(); ++i) size(component, all[i], columns[i]);
    }
    void add(const char* component, const std::string& name, const char* attribute, const std::vector<int>& columns) {
        NetworkSeries series{component, name, attribute, {}};
        for (const int column : columns) series.values.push_back(value(column));
        plan_.series.push_back(std::move(series));
    }

    const Network& network_;
    const Built& built_;
    const solver::StagedAnswer& answer_;
    NetworkPlan& plan_;
};

/// The interior point pays where a long chain of small stages hangs on few sizes.
bool is_a_chain(const Built& built) {
    const auto& program = built.program;
    const auto shared = std::ranges::count_if(program.columns, [](const Column& column) { return column.stage < 0; });
    const auto rows = program.rows.size() / static_cast<std::size_t>(std::max(1, program.stages));
    return program.stages >= 200 && shared <= 60 && rows <= 60;
}

/// By bus, the least that is missing or left over; nothing where even that cannot be said.
std::vector<std::pair<std::string, double>> least_short(const Network& network, const NetworkOptions& options) {
    const Built built = Builder(network, false, true).build();
    const solver::StagedAnswer answer = solver::solve_staged_by_simplex(built.program, options.stop);
    std::vector<std::pair<std::string, double>> found;
    if (answer.violation > 1e-6) return found;
    for (std::size_t b = 0; b < network.buses.size(); ++b) {
        double sum = 0;
        for (std::size_t k = 0; k < built.missing[b].size(); ++k)
            sum += answer.columns[static_cast<std::size_t>(built.missing[b][k])] * network.objective_hours[k / 2];
        if (sum > 1e-6) found.emplace_back(network.buses[b].name, sum);
    }
    std::ranges::stable_sort(found, [](const auto& a, const auto& b) { return a.second > b.second; });
    return found;
}

void say_what_is_short(const Network& network, const NetworkOptions& options, NetworkPlan& plan) {
    plan.short_ = least_short(network, options);
    if (plan.short_.empty() || network.emission_limits.empty()) return;
    Network without = network;
    without.emission_limits.clear();
    if (least_short(without, options).empty())
        for (const EmissionLimit& one : network.emission_limits) plan.unkept.push_back(one.name);
}

} // namespace

solver::StagedProgram network_program(const Network& network, bool commitment) { return Builder(network, commitment, false).build().program; }

NetworkPlan plan_network(const Network& network, const NetworkOptions& options) {
    NetworkPlan plan;
    Built built = Builder(network, options.commitment, false).build();
    solver::StagedAnswer answer;
    if (!built.whole.empty()) {
        plan.method = "branch and cut";
        answer = solver::solve_staged_whole(built.program, built.whole, options.stop);
    } else {
        if (!options.simplex && is_a_chain(built)) {
            plan.method = "interior point";
            answer = solver::solve_staged(built.program, {.stop = options.stop});
        }
        if (!answer.certified() && !(options.stop && options.stop() && answer.violation <= 1e-6)) {
            solver::StagedAnswer other = solver::solve_staged_by_simplex(built.program, options.stop);
            other.bound = std::max(other.bound, answer.bound);
            if (answer.columns.empty() || other.violation <= 1e-6 || options.simplex) answer = std::move(other), plan.method = "dual simplex";
        }
    }
    if (answer.columns.empty() || answer.violation > 1e-6) {
        plan.outcome = options.stop && options.stop() ? NetworkPlan::Outcome::stopped : NetworkPlan::Outcome::infeasible;
        if (plan.outcome == NetworkPlan::Outcome::infeasible) say_what_is_short(network, options, plan);
        return plan;
    }
    plan.outcome = answer.certified()             ? NetworkPlan::Outcome::optimal
                   : !std::isfinite(answer.bound) ? NetworkPlan::Outcome::unbounded
                                                  : NetworkPlan::Outcome::best_so_far;
    Reading(network, built, answer, plan).read();
    return plan;
}

} // namespace greenbank::planning::network
