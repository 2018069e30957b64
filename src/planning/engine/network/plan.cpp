// plan.cpp — a network's program solved and read back; where nothing solves it, what is short.
#include "planning/engine/network/plan.h"

#include <algorithm>
#include <cmath>

#include "planning/engine/network/program.h"
#include "solver/staged_simplex.h"

namespace greenbank::planning::network {

using Column = solver::StagedProgram::Column;

namespace {

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
    const Built built = build_program(network, false, true);
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

solver::StagedProgram network_program(const Network& network, bool commitment) { return build_program(network, commitment, false).program; }

NetworkPlan plan_network(const Network& network, const NetworkOptions& options) {
    NetworkPlan plan;
    Built built = build_program(network, options.commitment, false);
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
