// linear.h — linear programs to be maximised, with or without whole numbers: CLP and CBC of COIN-OR behind a small face.
#pragma once

#include <span>
#include <vector>

#include "solver/sat.h"

namespace greenbank::solver {

/// Maximise Σ gain·x with 0 ≤ x ≤ upper, each row Σ coefficient·x ≤ limit (limit ≥ 0, coefficient any).
struct LinearProgram {
    struct Entry {
        int column;
        double coefficient;
    };
    struct Row {
        std::vector<Entry> entries;
        double limit;
    };
    std::vector<double> gain, upper; // by column
    std::vector<Row> rows;
};

struct LinearAnswer {
    bool solved = false;         // relaxation: optimal; whole numbers: proven optimal
    double bound = 0;            // nothing is better; +infinity where nothing is known
    std::vector<double> columns; // the best found; empty where none
    std::vector<double> prices;  // of the rows, relaxation only
};

/// Without whole numbers. The bound is not the solver's word: it is computed from the prices by weak duality (after Neumaier and
/// Shcherbina 2004), so that a price that is a little off makes it a little worse, never wrong.
LinearAnswer solve_relaxation(const LinearProgram& program, const Stop& stop);

/// Columns are whole numbers. `start` may hold a solution to improve on (or be empty).
LinearAnswer solve_whole(const LinearProgram& program, std::span<const double> start, const Stop& stop);

/// The naive twin: tries everything; few columns with small upper limits only.
LinearAnswer solve_whole_by_trying(const LinearProgram& program);

/// What `prices` (negative ones count as 0) prove: no solution of the relaxation gains more.
double bound_from_prices(const LinearProgram& program, std::span<const double> prices);

} // namespace greenbank::solver
