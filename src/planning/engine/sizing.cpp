// sizing.cpp — solving, and branching over whole units.
#include "planning/engine/sizing.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "planning/engine/at_hand.h"
#include "solver/staged_simplex.h"

namespace greenbank::planning {

using solver::StagedAnswer;

namespace {

bool told_to_stop(const SizingOptions& options) { return options.stop && options.stop(); }

/// `first_only`: no second try and no other method where the first one finds nothing.
StagedAnswer solve(const solver::StagedProgram& program, const SizingOptions& options, std::string& method, bool first_only = false) {
    StagedAnswer answer;
    if (!options.simplex) {
        method = "interior point";
        answer = solver::solve_staged(program, {.gap = options.gap, .tries = first_only ? 1 : 3, .stop = options.stop});
        if (answer.certified() || first_only || told_to_stop(options)) return answer;
    }
    StagedAnswer other = solver::solve_staged_by_simplex(program, options.stop);
    if (other.violation > 1e-6 && !options.simplex) return answer; // neither found a plan
    other.bound = std::max(other.bound, answer.bound);
    method = "dual simplex";
    return other;
}

Plan::Outcome outcome_of(const StagedAnswer& answer, const SizingOptions& options) {
    if (answer.certified()) return Plan::Outcome::optimal;
    const bool proven = std::isfinite(answer.bound); // without a bound nobody knows how far the best is
    if (told_to_stop(options)) return answer.violation <= 1e-6 && proven ? Plan::Outcome::best_so_far : Plan::Outcome::stopped;
    if (answer.violation <= 1e-6) return answer.objective < 0 && !proven ? Plan::Outcome::unbounded : Plan::Outcome::best_so_far;
    return Plan::Outcome::infeasible;
}

std::vector<UnitOfSize> whole_sizes(const Site& site, const SizingProgram& sizing) {
    std::vector<UnitOfSize> choices;
    const auto take = [&](const Asset& asset, int column) {
        if (asset.unit_size && !asset.size) choices.push_back({column, *asset.unit_size});
    };
    for (std::size_t i = 0; i < site.sources.size(); ++i) take(site.sources[i].asset, sizing.sources[i].size);
    for (std::size_t i = 0; i < site.converters.size(); ++i) take(site.converters[i].asset, sizing.converters[i].size);
    for (std::size_t i = 0; i < site.storages.size(); ++i) {
        take(site.storages[i].charger, sizing.storages[i].size);
        if (site.storages[i].discharger) take(*site.storages[i].discharger, sizing.storages[i].discharger);
        take(site.storages[i].reservoir, sizing.storages[i].reservoir);
    }
    return choices;
}

/// A search that was stopped keeps the cheaper of what it has and of what is at hand, and the better of both bounds.
void keep_at_hand(
    const Site& site, const Series& series, const SizingProgram& sizing, const std::vector<UnitOfSize>& units, StagedAnswer& answer, std::string& method) {
    StagedAnswer other = answer_at_hand(site, series, sizing, answer.columns, units);
    if (other.bound > answer.bound || answer.prices.empty()) answer.bound = std::max(answer.bound, other.bound), answer.prices = other.prices;
    if (other.violation > 1e-6 || (answer.violation <= 1e-6 && answer.objective <= other.objective)) return;
    answer.columns = std::move(other.columns), answer.objective = other.objective, answer.violation = other.violation;
    method = "controller, sizes of longer steps";
}

} // namespace

Plan plan_site(const Site& site, const Series& series, const SizingOptions& options) {
    const SizingProgram sizing = sizing_program(site, series);
    if (!whole_sizes(site, sizing).empty()) return plan_site_whole(site, series, options);
    std::string method;
    Plan plan;
    StagedAnswer answer = solve(sizing.program, options, method, !options.simplex);
    if (!options.simplex && !answer.certified() && !told_to_stop(options)) {
        // before anything long is tried: does it contradict itself?
        if (answer.violation > 1e-6 && explain_infeasible(site, series, options, plan, true)) {
            plan.outcome = Plan::Outcome::infeasible, plan.method = method;
            return plan;
        }
        const double bound = answer.bound;
        answer = solve(sizing.program, options, method);
        answer.bound = std::max(answer.bound, bound);
    }
    if (!answer.certified() && told_to_stop(options)) keep_at_hand(site, series, sizing, {}, answer, method);
    const Plan::Outcome outcome = outcome_of(answer, options);
    if (outcome != Plan::Outcome::infeasible && outcome != Plan::Outcome::stopped) plan = read_plan(site, series, sizing, answer);
    plan.outcome = outcome;
    plan.method = method;
    if (outcome == Plan::Outcome::infeasible && !explain_infeasible(site, series, options, plan)) plan.outcome = Plan::Outcome::stopped; // it was rounding
    return plan;
}

Plan plan_site_whole(const Site& site, const Series& series, const SizingOptions& options) {
    SizingProgram sizing = sizing_program(site, series);
    const std::vector<UnitOfSize> choices = whole_sizes(site, sizing);
    struct Node {
        double bound;
        std::vector<std::pair<double, double>> limits; // of each choice
        bool operator<(const Node& other) const { return bound > other.bound; }
    };
    std::priority_queue<Node> open;
    Node root{-solver::no_limit, {}};
    for (const UnitOfSize& choice : choices) root.limits.emplace_back(sizing.program.columns[choice.column].lower, sizing.program.columns[choice.column].upper);
    open.push(root);
    std::optional<StagedAnswer> best;
    std::string method;
    int nodes = 0;
    double proven = -solver::no_limit;
    bool stopped = false;
    const auto answer_of = [&](const Node& node) {
        for (std::size_t i = 0; i < choices.size(); ++i)
            sizing.program.columns[choices[i].column].lower = node.limits[i].first, sizing.program.columns[choices[i].column].upper = node.limits[i].second;
        ++nodes;
        return solve(sizing.program, options, method);
    };
    const auto offer = [&](const StagedAnswer& answer) {
        if (answer.violation <= 1e-6 && (!best || answer.objective < best->objective)) best = answer;
    };
    while (!open.empty()) {
        const Node node = open.top();
        open.pop();
        proven = node.bound;
        if (best && node.bound >= best->objective - 1e-6 * std::abs(best->objective)) break;
        if (told_to_stop(options) || nodes > 2'000) {
            stopped = true;
            break;
        }
        const StagedAnswer answer = answer_of(node);
        if (answer.violation > 1e-6) {
            if (!told_to_stop(options)) continue; // nothing fits here
            stopped = true;                       // in its midst: what this node holds is not known, and its bound stays the proven one
            break;
        }
        std::size_t worst = choices.size();
        double worst_part = 1e-5;
        for (std::size_t i = 0; i < choices.size(); ++i) {
            const double units = answer.columns[choices[i].column] / choices[i].unit, part = std::abs(units - std::round(units));
            if (part > worst_part) worst = i, worst_part = part;
        }
        if (worst == choices.size()) {
            offer(answer);
            continue;
        }
        // round up once in a while: more of everything serves whatever less served
        if (nodes == 1 || nodes % 8 == 0) {
            Node up = node;
            for (std::size_t i = 0; i < choices.size(); ++i) {
                const double size = std::ceil(answer.columns[choices[i].column] / choices[i].unit - 1e-6) * choices[i].unit;
                up.limits[i] = {std::min(size, up.limits[i].second), std::min(size, up.limits[i].second)};
            }
            bool whole = true;
            for (std::size_t i = 0; i < choices.size(); ++i)
                whole = whole && std::abs(up.limits[i].first / choices[i].unit - std::round(up.limits[i].first / choices[i].unit)) < 1e-9;
            if (whole) offer(answer_of(up));
        }
        const double units = answer.columns[choices[worst].column] / choices[worst].unit;
        Node low = node, high = node;
        low.bound = high.bound = std::max(node.bound, answer.bound);
        low.limits[worst].second = std::floor(units) * choices[worst].unit;
        high.limits[worst].first = std::ceil(units) * choices[worst].unit;
        if (low.limits[worst].second >= low.limits[worst].first) open.push(low);
        if (high.limits[worst].first <= high.limits[worst].second) open.push(high);
    }
    Plan plan;
    if (!best && stopped) {
        for (std::size_t i = 0; i < choices.size(); ++i)
            sizing.program.columns[choices[i].column].lower = root.limits[i].first, sizing.program.columns[choices[i].column].upper = root.limits[i].second;
        StagedAnswer answer;
        answer.bound = proven;
        keep_at_hand(site, series, sizing, choices, answer, method);
        if (answer.violation <= 1e-6 && std::isfinite(answer.bound)) best = answer, proven = answer.bound;
    }
    if (!best) {
        plan.outcome = stopped ? Plan::Outcome::stopped : Plan::Outcome::infeasible;
        if (!stopped && !explain_infeasible(site, series, options, plan)) plan.outcome = Plan::Outcome::stopped;
        return plan;
    }
    best->bound = std::min(best->objective, open.empty() && !stopped ? best->bound : std::max(proven, -solver::no_limit));
    plan = read_plan(site, series, sizing, *best);
    plan.outcome = plan.gap <= 1.001e-6 ? Plan::Outcome::optimal : Plan::Outcome::best_so_far;
    plan.method = method + ", branch and bound";
    plan.iterations = nodes;
    return plan;
}

std::vector<Alternative> near_optimal(const Site& site, const Series& series, double cheapest, double slack, const SizingOptions& options) {
    std::vector<Alternative> all;
    SizingProgram sizing = sizing_program(site, series);
    auto& program = sizing.program;
    // in millionths of the cheapest: of the size of what else stands in the program
    const double scale = std::max(1e-6, std::abs(cheapest)) * 1e-6;
    const int row = program.add(solver::StagedProgram::Row{solver::StagedProgram::shared, -solver::no_limit, (cheapest + slack * std::abs(cheapest)) / scale});
    std::vector<double> costs;
    for (std::size_t j = 0; j < program.columns.size(); ++j) {
        costs.push_back(program.columns[j].cost);
        program.enter(row, static_cast<int>(j), program.columns[j].cost / scale);
    }
    const bool nothing_earns = std::ranges::all_of(costs, [](double cost) { return cost >= 0; });
    const auto extreme = [&](const std::string& part, const char* role, int column) {
        auto& size = program.columns[column];
        if (size.lower == size.upper) return;
        // where nothing earns the cost limits it anyway; said as a limit the interior point has somewhere to begin
        if (costs[column] > 0 && nothing_earns)
            size.upper = std::min(size.upper, std::max(size.lower, 1.01 * (1 + slack) * std::abs(cheapest) / costs[column]));
        for (const bool most : {false, true}) {
            for (std::size_t j = 0; j < costs.size(); ++j) program.columns[j].cost = costs[j] * 1e-4; // a little, so that the rest stays sensible
            program.columns[column].cost += (most ? -1 : 1) * std::max(1.0, costs[column]);
            std::string method = "interior point";
            StagedAnswer answer;
            if (!options.simplex) answer = solver::solve_staged(program, {.gap = 1e-6, .tries = 3, .stop = options.stop});
            if (answer.violation > 1e-6 && !told_to_stop(options)) {
                answer = solver::solve_staged_by_simplex(program, options.stop);
                method = "dual simplex";
            }
            for (std::size_t j = 0; j < costs.size(); ++j) program.columns[j].cost = costs[j];
            if (answer.violation > 1e-6) continue;
            answer.objective = solver::staged_cost(program, answer.columns);
            answer.bound = cheapest;
            Alternative one{part, role, most, read_plan(site, series, sizing, answer)};
            one.plan.outcome = Plan::Outcome::best_so_far;
            one.plan.method = method;
            all.push_back(std::move(one));
        }
    };
    for (std::size_t i = 0; i < site.sources.size(); ++i) extreme(site.sources[i].name, "source", sizing.sources[i].size);
    for (std::size_t i = 0; i < site.converters.size(); ++i) extreme(site.converters[i].name, "converter", sizing.converters[i].size);
    for (std::size_t i = 0; i < site.storages.size(); ++i) extreme(site.storages[i].name, "reservoir", sizing.storages[i].reservoir);
    return all;
}

} // namespace greenbank::planning
