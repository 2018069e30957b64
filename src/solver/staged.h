// staged.h — linear programs along a chain of stages (hours), with a few columns and rows that all stages share (sizes, caps of the year).
// Method: a primal-dual interior point (Mehrotra 1992; Wright 1997) whose normal equations are block tridiagonal with a small
// border; what limits a column by a size stays a bound, never a row. Every answer carries a bound that is proven by weak duality.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "solver/sat.h"

namespace greenbank::solver {

constexpr double no_limit = std::numeric_limits<double>::infinity();

/// Minimise Σ cost·x, each row within its limits, each column within its own.
struct StagedProgram {
    static constexpr int shared = -1;

    struct Column {
        int stage = shared;
        double cost = 0, lower = 0, upper = no_limit;
        /// A shared column that limits this one besides: share_min·size ≤ x ≤ share_max·size. Only columns of a stage have one.
        int size = -1;
        double share_max = no_limit, share_min = -no_limit;
    };
    struct Row {
        int stage = shared;
        double lower = 0, upper = 0;
    };
    /// A row of stage t has columns of the stages t - 1, t and shared ones; a shared row has any.
    struct Entry {
        int row, column;
        double value;
    };

    int stages = 0;
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::vector<Entry> entries;

    int add(const Column& column) { return columns.push_back(column), static_cast<int>(columns.size()) - 1; }
    int add(const Row& row) { return rows.push_back(row), static_cast<int>(rows.size()) - 1; }
    void enter(int row, int column, double value) {
        if (value != 0) entries.push_back({row, column, value});
    }
};

struct StagedOptions {
    double gap = 1e-7; // stop when the proven relative gap is below
    int iterations_max = 150;
    int tries = 3; // from other first points, where one leads nowhere
    Stop stop = {};
};

struct StagedAnswer {
    double objective = 0;        // of `columns`
    double bound = -no_limit;    // nothing is cheaper (weak duality)
    double violation = no_limit; // the largest of any row or limit, relative to what the stages ask for
    std::vector<double> columns;
    std::vector<double> prices; // of the rows: what the objective gains by one more of the row's limit
    int iterations = 0;

    double gap() const { return (objective - bound) / std::max(1e-9, std::max(std::abs(objective), std::abs(bound))); }
    /// Feasible to the tolerance that simplex codes use too, and nothing is cheaper by more than a millionth.
    bool certified() const { return violation <= 1e-7 && std::abs(gap()) <= 1e-6; }
};

StagedAnswer solve_staged(const StagedProgram& program, const StagedOptions& options = {});

/// The cheapest that any solution can be, as `prices` of the rows prove (those of a wrong sign count as 0). -infinity where they prove nothing.
double staged_bound(const StagedProgram& program, std::span<const double> prices);
/// How far `columns` are outside the limits at most, as in StagedAnswer.
double staged_violation(const StagedProgram& program, std::span<const double> columns);
double staged_cost(const StagedProgram& program, std::span<const double> columns);

} // namespace greenbank::solver
