// staged.cpp — the interior point: what is fixed is taken out, rows within limits get a slack, then predictor and corrector.
#include "solver/staged.h"

#include <algorithm>
#include <cmath>

#include "solver/staged_newton.h"

namespace greenbank::solver {

namespace {

constexpr double start_slack = 1;

/// The program as the interior point wants it: columns with room only, equalities only, in numbers near one.
struct Prepared {
    StagedForm form;
    std::vector<int> column_of;        // in the form, of a stage's column; -1: fixed
    std::vector<int> shared_of;        // in the form, of a shared column; -1: fixed
    std::vector<double> fixed;         // value of a fixed column
    std::vector<int> row_of;           // in the form: stage rows and shared rows count apart
    double scale = 1, price_scale = 1; // x = scale · x', cost = price_scale · cost'
};

Prepared prepare(const StagedProgram& program, double price_factor) {
    Prepared p;
    const std::size_t n = program.columns.size();
    p.column_of.assign(n, -1), p.shared_of.assign(n, -1), p.fixed.assign(n, 0), p.row_of.assign(program.rows.size(), -1);
    double largest = 0, dearest = 0;
    for (const auto& row : program.rows)
        for (const double limit : {row.lower, row.upper})
            if (std::isfinite(limit) && row.stage >= 0) largest = std::max(largest, std::abs(limit));
    for (const auto& column : program.columns)
        dearest = std::max(dearest, std::abs(column.cost) / (column.stage >= 0 ? 1 : std::max(1.0, program.stages / 10.0)));
    p.scale = largest > 0 ? largest : 1;
    p.price_scale = price_factor * (dearest > 0 ? dearest : 1); // prices of an hour come near one
    StagedForm& form = p.form;
    form.stages = program.stages;
    // shared columns first: a fixed size turns shares into limits
    for (std::size_t j = 0; j < n; ++j) {
        const auto& column = program.columns[j];
        if (column.stage >= 0) continue;
        if (column.upper - column.lower <= 1e-12 * std::max(1.0, std::abs(column.lower))) {
            p.fixed[j] = column.lower;
            continue;
        }
        p.shared_of[j] = static_cast<int>(form.shared_costs.size());
        form.shared_costs.push_back(column.cost / p.price_scale);
        form.shared_limits.push_back({column.lower / p.scale, column.upper / p.scale});
    }
    std::vector<std::vector<int>> by_stage(static_cast<std::size_t>(program.stages));
    for (std::size_t j = 0; j < n; ++j)
        if (program.columns[j].stage >= 0) by_stage[static_cast<std::size_t>(program.columns[j].stage)].push_back(static_cast<int>(j));
    std::vector<std::vector<int>> slacks(static_cast<std::size_t>(program.stages) + 1);
    std::vector<int> row_count(static_cast<std::size_t>(program.stages));
    for (std::size_t i = 0; i < program.rows.size(); ++i) {
        const auto& row = program.rows[i];
        if (row.lower != row.upper) slacks[static_cast<std::size_t>(row.stage >= 0 ? row.stage : program.stages)].push_back(static_cast<int>(i));
        if (row.stage >= 0) ++row_count[static_cast<std::size_t>(row.stage)];
    }
    form.row_counts = row_count;
    std::vector<int> next(row_count.size() + 1);
    for (std::size_t t = 0; t < row_count.size(); ++t) next[t + 1] = next[t] + row_count[t];
    form.rows = next.back();
    std::vector<double> right(program.rows.size());
    for (std::size_t i = 0; i < program.rows.size(); ++i) {
        const auto& row = program.rows[i];
        p.row_of[i] = row.stage >= 0 ? next[static_cast<std::size_t>(row.stage)]++ : form.shared_rows++;
        right[i] = row.lower == row.upper ? row.lower : 0;
    }
    std::vector<double> row_size(program.rows.size(), 0);
    for (const auto& entry : program.entries) row_size[entry.row] = std::max(row_size[entry.row], std::abs(entry.value));
    for (double& size : row_size) size = size > 0 ? size : 1;
    for (const auto& entry : program.entries)
        if (p.column_of[entry.column] < 0 && p.fixed[entry.column] != 0 && program.columns[entry.column].stage < 0)
            right[entry.row] -= entry.value * p.fixed[entry.column];
    for (int t = 0; t <= program.stages; ++t) {
        if (t < program.stages)
            for (const int j : by_stage[static_cast<std::size_t>(t)]) {
                const auto& column = program.columns[j];
                StagedForm::Limit limits[4];
                int count = 0;
                double lower = column.lower, upper = column.upper;
                const int size = column.size >= 0 ? p.shared_of[column.size] : -1;
                if (column.size >= 0 && size < 0) { // the size is known
                    if (std::isfinite(column.share_min)) lower = std::max(lower, column.share_min * p.fixed[column.size]);
                    if (std::isfinite(column.share_max)) upper = std::min(upper, column.share_max * p.fixed[column.size]);
                } else if (size >= 0) {
                    if (column.share_max == 0) upper = std::min(upper, 0.0);
                    else if (std::isfinite(column.share_max)) limits[count++] = {-1, size, column.share_max, 0};
                    if (column.share_min == 0) lower = std::max(lower, 0.0);
                    else if (std::isfinite(column.share_min)) limits[count++] = {1, size, column.share_min, 0};
                }
                if (upper - lower <= 1e-12 * std::max(1.0, std::abs(lower))) {
                    p.fixed[j] = lower;
                    continue;
                }
                if (std::isfinite(lower)) limits[count++] = {1, -1, 0, lower / p.scale};
                if (std::isfinite(upper)) limits[count++] = {-1, -1, 0, upper / p.scale};
                p.column_of[j] = form.add_column(column.cost / p.price_scale, {limits, static_cast<std::size_t>(count)});
            }
        for (const int i : slacks[static_cast<std::size_t>(t)]) { // row − slack = 0
            const auto& row = program.rows[i];
            StagedForm::Limit limits[2];
            int count = 0;
            const double unit = row_size[i];
            if (std::isfinite(row.lower)) limits[count++] = {1, -1, 0, row.lower / unit / p.scale};
            if (std::isfinite(row.upper)) limits[count++] = {-1, -1, 0, row.upper / unit / p.scale};
            const int slack = form.add_column(0, {limits, static_cast<std::size_t>(count)});
            (row.stage >= 0 ? form.entries : form.shared_row_entries).push_back({p.row_of[i], slack, -1});
        }
    }
    for (const auto& entry : program.entries) {
        const int row = p.row_of[entry.row], column = p.column_of[entry.column], shared = p.shared_of[entry.column];
        const bool shared_row = program.rows[entry.row].stage < 0;
        const double value = entry.value / row_size[entry.row];
        if (column >= 0) (shared_row ? form.shared_row_entries : form.entries).push_back({row, column, value});
        else if (shared >= 0) (shared_row ? form.shared_corner : form.shared_column_entries).push_back({row, shared, value});
        else if (program.columns[entry.column].stage >= 0) right[entry.row] -= entry.value * p.fixed[entry.column];
    }
    form.right.assign(static_cast<std::size_t>(form.rows), 0);
    form.shared_right.assign(static_cast<std::size_t>(form.shared_rows), 0);
    form.row_unit.assign(static_cast<std::size_t>(form.rows), 1);
    form.shared_row_unit.assign(static_cast<std::size_t>(form.shared_rows), 1);
    for (std::size_t i = 0; i < right.size(); ++i) {
        const bool shared_row = program.rows[i].stage < 0;
        (shared_row ? form.shared_right : form.right)[static_cast<std::size_t>(p.row_of[i])] = right[i] / row_size[i] / p.scale;
        (shared_row ? form.shared_row_unit : form.row_unit)[static_cast<std::size_t>(p.row_of[i])] = row_size[i];
    }
    return p;
}

/// A row that one column alone can serve decides that column: such an hour has no inside, and an interior point would end there.
struct Decided {
    int row, column;
    double coefficient;
};

std::vector<Decided> settle(StagedProgram& program) {
    const auto closed = [&](const StagedProgram::Column& column) {
        double most = column.upper;
        if (column.size >= 0 && column.share_max == 0) most = std::min(most, 0.0);
        if (column.size >= 0 && std::isfinite(column.share_max) && column.share_max > 0)
            most = std::min(most, column.share_max * program.columns[column.size].upper);
        return most <= column.lower;
    };
    std::vector<int> open_in_row(program.rows.size()), rows_of_column(program.columns.size());
    std::vector<Decided> last(program.rows.size());
    std::vector<double> right(program.rows.size());
    for (const auto& entry : program.entries) {
        if (program.rows[entry.row].stage < 0) continue;
        ++rows_of_column[entry.column];
        const auto& column = program.columns[entry.column];
        if (closed(column)) {
            right[entry.row] -= entry.value * column.lower;
            continue;
        }
        ++open_in_row[entry.row];
        last[entry.row] = {entry.row, entry.column, entry.value};
    }
    std::vector<Decided> all;
    for (std::size_t i = 0; i < program.rows.size(); ++i) {
        auto& row = program.rows[i];
        const Decided& one = last[i];
        if (row.stage < 0 || row.lower != row.upper || open_in_row[i] != 1 || rows_of_column[one.column] != 1 || program.columns[one.column].stage < 0)
            continue;
        auto& column = program.columns[one.column];
        const double value = (row.lower + right[i]) / one.coefficient;
        if (column.size >= 0 || value < column.lower || value > column.upper) continue;
        column.lower = column.upper = value;
        row = {row.stage, -no_limit, no_limit};
        all.push_back(one);
    }
    return all;
}

/// The prices of settled rows: what their columns cost.
void price_settled(const StagedProgram& program, const std::vector<Decided>& settled, std::vector<double>& prices) {
    if (settled.empty()) return;
    std::vector<double> costs(program.columns.size());
    for (std::size_t j = 0; j < costs.size(); ++j) costs[j] = program.columns[j].cost;
    for (const auto& entry : program.entries)
        if (program.rows[entry.row].stage < 0) costs[entry.column] -= prices[entry.row] * entry.value;
    for (const Decided& one : settled) prices[one.row] = costs[one.column] / one.coefficient;
}

} // namespace

static StagedAnswer solve_once(const StagedProgram& program, const StagedOptions& options, double price_factor) {
    StagedProgram open = program;
    const std::vector<Decided> settled = settle(open);
    const Prepared prepared = prepare(open, price_factor);
    const StagedForm& form = prepared.form;
    Newton newton(form);
    StagedPoint point = newton.start(start_slack);
    StagedAnswer best;
    StagedAnswer now;
    double best_merit = no_limit, proven = -no_limit;
    std::vector<double> proven_prices;
    int without_gain = 0;
    for (int iteration = 0;; ++iteration) {
        // what stands so far, in the program's own numbers
        now.columns.assign(program.columns.size(), 0);
        for (std::size_t j = 0; j < now.columns.size(); ++j) {
            const auto& column = program.columns[j];
            double value = prepared.fixed[j];
            if (prepared.column_of[j] >= 0) value = point.x[static_cast<std::size_t>(prepared.column_of[j])] * prepared.scale;
            else if (prepared.shared_of[j] >= 0) value = point.y[static_cast<std::size_t>(prepared.shared_of[j])] * prepared.scale;
            now.columns[j] = std::clamp(value, column.lower, column.upper);
        }
        now.prices.resize(program.rows.size());
        for (std::size_t i = 0; i < now.prices.size(); ++i) {
            const bool shared_row = program.rows[i].stage < 0;
            const auto row = static_cast<std::size_t>(prepared.row_of[i]);
            now.prices[i] = (shared_row ? point.shared_prices[row] / form.shared_row_unit[row] : point.prices[row] / form.row_unit[row]) * prepared.price_scale;
        }
        price_settled(program, settled, now.prices);
        now.objective = staged_cost(program, now.columns);
        now.violation = staged_violation(program, now.columns);
        now.iterations = iteration;
        if (const double bound = staged_bound(program, now.prices); bound > proven) proven = bound, proven_prices = now.prices;
        now.bound = proven;
        const double merit = std::max(now.violation, 1e-9) * 10 + std::abs(now.gap());
        if (merit < best_merit || iteration == 0) {
            without_gain = merit < 0.9 * best_merit ? 0 : without_gain + 1;
            best = now;
            best_merit = merit;
        } else ++without_gain;
        if (now.violation <= 1e-8 && std::abs(now.gap()) <= options.gap) break;
        if (iteration >= options.iterations_max || without_gain > (best.certified() ? 4 : 25)) break;
        if (options.stop && options.stop()) break;
        if (!newton.step(point)) break;
    }
    best.bound = proven;
    if (!proven_prices.empty()) best.prices = proven_prices;
    return best;
}

StagedAnswer solve_staged(const StagedProgram& program, const StagedOptions& options) {
    StagedAnswer best;
    // The first point is far from the centre where the costs are of unusual sizes; then another unit of price begins nearer.
    int tries = options.tries;
    for (const double price_factor : {1.0, 8.0, 0.1}) {
        if (tries-- <= 0) break;
        StagedAnswer answer = solve_once(program, options, price_factor);
        answer.iterations += best.iterations;
        const double bound = std::max(answer.bound, best.bound);
        const int iterations = answer.iterations;
        if (best.columns.empty() || answer.violation < 0.1 * best.violation || (answer.violation <= 1e-7 && answer.gap() < best.gap()))
            best = std::move(answer);
        best.bound = bound, best.iterations = iterations;
        if (best.certified() || (options.stop && options.stop())) break;
    }
    return best;
}

} // namespace greenbank::solver
