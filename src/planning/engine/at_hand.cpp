// at_hand.cpp — a site in longer steps is solved at once; its prices prove a bound, its sizes are made larger until a controller serves the single steps.
#include "planning/engine/at_hand.h"

#include <algorithm>
#include <cmath>

#include "planning/engine/sizing.h"

namespace greenbank::planning {

using solver::StagedAnswer;

namespace {

constexpr double kept = 1e-7; // of a violation: what simplex codes allow too

/// So many steps are made one: few are left, and none is longer than a day.
std::size_t steps_in_one(const Site& site, std::size_t steps) {
    for (const std::size_t count : {1, 2, 3, 4, 6, 8, 12, 24})
        if (steps / count <= 1'500 && site.step_hours * static_cast<double>(count) <= 24) return count;
    return std::max<std::size_t>(1, static_cast<std::size_t>(24 / site.step_hours));
}

/// Prices of the longer steps at the rows of the single ones. Whatever they are, they prove something.
std::vector<double> prices_of(const SizingProgram& sizing, const SizingProgram& coarse, const std::vector<double>& prices, std::size_t count) {
    std::vector<double> made(sizing.program.rows.size(), 0);
    std::vector<int> shared, coarse_shared;
    for (std::size_t i = 0; i < sizing.program.rows.size(); ++i)
        if (sizing.program.rows[i].stage < 0) shared.push_back(static_cast<int>(i));
    for (std::size_t i = 0; i < coarse.program.rows.size(); ++i)
        if (coarse.program.rows[i].stage < 0) coarse_shared.push_back(static_cast<int>(i));
    if (shared.size() == coarse_shared.size())
        for (std::size_t i = 0; i < shared.size(); ++i) made[shared[i]] = prices[coarse_shared[i]];
    const auto spread = [&](const std::vector<int>& rows, const std::vector<int>& long_rows, double part) {
        if (long_rows.empty()) return;
        for (std::size_t t = 0; t < rows.size(); ++t) made[rows[t]] = prices[long_rows[std::min(t / count, long_rows.size() - 1)]] * part;
    };
    const double of_power = 1 / static_cast<double>(count); // a MW lasts so much shorter; a MWh that is stored stays one
    for (std::size_t b = 0; b < sizing.balances.size(); ++b) spread(sizing.balances[b], coarse.balances[b], of_power);
    for (std::size_t i = 0; i < sizing.keeps.size(); ++i) spread(sizing.keeps[i], coarse.keeps[i], 1);
    spread(sizing.reserves, coarse.reserves, of_power);
    for (std::size_t i = 0; i < sizing.sources.size(); ++i) {
        spread(sizing.sources[i].most, coarse.sources[i].most, of_power);
        spread(sizing.sources[i].least, coarse.sources[i].least, of_power);
    }
    return made;
}

/// What goes into each converter at each step, as the longer steps have it.
std::vector<std::vector<double>> feeds_of(const SizingProgram& coarse, const std::vector<double>& columns, std::size_t count, std::size_t steps) {
    std::vector<std::vector<double>> feeds;
    for (const auto& part : coarse.converters) {
        auto& feed = feeds.emplace_back();
        for (std::size_t t = 0; t < steps; ++t) feed.push_back(std::max(0.0, columns[part.flow[std::min(t / count, part.flow.size() - 1)]]));
    }
    return feeds;
}

class Looking {
public:
    Looking(const Site& site, const Series& series, const SizingProgram& sizing, const std::vector<UnitOfSize>& units, std::vector<std::vector<double>> feeds) :
        sizing_(sizing), units_(units), controller_(site, series, sizing, units, std::move(feeds)) {
        best_.violation = solver::no_limit;
    }

    /// These sizes, and larger ones until they serve and cost more; then back towards the least of them that serve.
    void from(const std::vector<double>& sizes) {
        if (!controller_.able()) return;
        constexpr double ladder[] = {1, 1.1, 1.25, 1.5, 2, 3, 5, 10};
        double before = 0, low = 0, high = 0, least = solver::no_limit;
        for (const double factor : ladder) {
            const double cost = look(sizes, factor);
            if (std::isfinite(least) && cost >= least) break;
            if (std::isfinite(cost)) {
                if (!std::isfinite(least)) low = before, high = factor;
                least = cost;
            }
            before = factor;
        }
        for (int turn = 0; turn < 4 && low > 0; ++turn) {
            const double middle = 0.5 * (low + high);
            (std::isfinite(look(sizes, middle)) ? high : low) = middle;
        }
    }

    StagedAnswer best() && { return std::move(best_); }

private:
    /// What a year costs; without limit where not all that is asked is kept.
    double look(const std::vector<double>& sizes, double factor) {
        const auto& program = sizing_.program;
        std::vector<double> columns(program.columns.size(), 0);
        for (std::size_t j = 0; j < columns.size(); ++j)
            if (program.columns[j].stage < 0) columns[j] = std::clamp(sizes[j] * factor, program.columns[j].lower, program.columns[j].upper);
        for (const UnitOfSize& one : units_) {
            const double most = program.columns[one.column].upper;
            const double units = std::ceil(columns[one.column] / one.unit - 1e-9);
            columns[one.column] = (units * one.unit <= most ? units : std::floor(most / one.unit)) * one.unit;
        }
        if (!controller_.run(columns)) return solver::no_limit;
        const double violation = solver::staged_violation(program, columns);
        if (violation > kept) return solver::no_limit;
        const double cost = solver::staged_cost(program, columns);
        if (best_.columns.empty() || cost < best_.objective) best_.columns = std::move(columns), best_.objective = cost, best_.violation = violation;
        return cost;
    }

    const SizingProgram& sizing_;
    const std::vector<UnitOfSize>& units_;
    Controller controller_;
    StagedAnswer best_;
};

/// Stores of some hours at least: days have no nights where a step is a day.
std::vector<double> with_stores(const Site& site, const SizingProgram& sizing, std::vector<double> sizes, double hours) {
    double mean = 0, peak = 0;
    for (const auto& rows : sizing.balances)
        for (const int row : rows) {
            const double load = sizing.program.rows[row].lower;
            mean += load / static_cast<double>(rows.size()), peak = std::max(peak, load);
        }
    for (std::size_t i = 0; i < site.storages.size(); ++i) {
        const auto& part = sizing.storages[i];
        sizes[part.reservoir] = std::max(sizes[part.reservoir], hours * mean);
        sizes[part.size] = std::max(sizes[part.size], peak), sizes[part.discharger] = std::max(sizes[part.discharger], 1.2 * peak);
    }
    return sizes;
}

} // namespace

StagedAnswer answer_at_hand(
    const Site& site, const Series& series, const SizingProgram& sizing, const std::vector<double>& seen, const std::vector<UnitOfSize>& units) {
    const std::size_t count = steps_in_one(site, series.steps());
    Site in_steps = count == 1 ? site : in_long_steps(site, count);
    if (count > 1)
        for (Source& source : in_steps.sources) source.ramp = 1; // of its prices nothing follows for single steps
    const SizingProgram coarse = sizing_program(in_steps, count == 1 ? series : in_long_steps(series, count));
    const StagedAnswer roughly = solver::solve_staged(coarse.program, {.gap = 1e-5, .tries = 2});
    const std::vector<double> nothing(sizing.program.rows.size(), 0), prices = count == 1 ? roughly.prices : prices_of(sizing, coarse, roughly.prices, count);
    std::vector<double> sizes(sizing.program.columns.size(), 0);
    for (std::size_t j = 0; j < sizes.size() && j < coarse.program.columns.size(); ++j)
        if (sizing.program.columns[j].stage < 0 && coarse.program.columns[j].stage < 0 && j < roughly.columns.size()) sizes[j] = roughly.columns[j];
    Looking looking(site, series, sizing, units, feeds_of(coarse, roughly.columns, count, series.steps()));
    looking.from(sizes);
    looking.from(with_stores(site, sizing, sizes, 10));
    if (!seen.empty()) looking.from(seen);
    StagedAnswer answer = std::move(looking).best();
    answer.prices = prices;
    answer.bound = solver::staged_bound(sizing.program, prices);
    if (const double bound = solver::staged_bound(sizing.program, nothing); !(answer.bound >= bound)) answer.bound = bound, answer.prices = nothing;
    if (count == 1 && units.empty() && roughly.violation <= kept && !(answer.objective < roughly.objective && !answer.columns.empty())) {
        answer.columns = roughly.columns, answer.objective = roughly.objective, answer.violation = roughly.violation;
        if (roughly.bound > answer.bound) answer.bound = roughly.bound, answer.prices = roughly.prices;
    }
    return answer;
}

} // namespace greenbank::planning
