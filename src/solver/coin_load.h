// coin_load.h — a staged program without ties into a solver of COIN-OR: ClpSimplex and OsiClpSolverInterface take the same arrays.
#pragma once

#include <vector>

#include <CoinPackedMatrix.hpp>

#include "solver/staged.h"

namespace greenbank::solver {

template <class Solver> void load_plain(Solver& into, const StagedProgram& plain) {
    std::vector<int> rows, columns;
    std::vector<double> values, lower, upper, cost, row_lower, row_upper;
    for (const auto& entry : plain.entries) rows.push_back(entry.row), columns.push_back(entry.column), values.push_back(entry.value);
    const auto coin = [](double limit) { return limit == no_limit ? COIN_DBL_MAX : limit == -no_limit ? -COIN_DBL_MAX : limit; };
    for (const auto& column : plain.columns) lower.push_back(coin(column.lower)), upper.push_back(coin(column.upper)), cost.push_back(column.cost);
    for (const auto& row : plain.rows) row_lower.push_back(coin(row.lower)), row_upper.push_back(coin(row.upper));
    CoinPackedMatrix matrix(true, rows.data(), columns.data(), values.data(), static_cast<int>(values.size()));
    matrix.setDimensions(static_cast<int>(plain.rows.size()), static_cast<int>(plain.columns.size()));
    into.loadProblem(matrix, lower.data(), upper.data(), cost.data(), row_lower.data(), row_upper.data());
}

} // namespace greenbank::solver
