// rolling.cpp — CLP's dual simplex from the basis that is there.
#include <ClpSimplex.hpp>

#include "solver/rolling.h"

namespace greenbank::solver {

namespace {

double coin(double limit) { return limit == no_limit ? COIN_DBL_MAX : limit == -no_limit ? -COIN_DBL_MAX : limit; }

} // namespace

struct RollingProgram::Parts {
    ClpSimplex simplex;
    bool solved = false;
    int iterations = 0;
};

RollingProgram::RollingProgram(const StagedProgram& program) : parts_(std::make_unique<Parts>()) {
    std::vector<int> rows, columns;
    std::vector<double> values, lower, upper, cost, row_lower, row_upper;
    for (const auto& entry : program.entries) rows.push_back(entry.row), columns.push_back(entry.column), values.push_back(entry.value);
    for (const auto& column : program.columns) lower.push_back(coin(column.lower)), upper.push_back(coin(column.upper)), cost.push_back(column.cost);
    for (const auto& row : program.rows) row_lower.push_back(coin(row.lower)), row_upper.push_back(coin(row.upper));
    CoinPackedMatrix matrix(true, rows.data(), columns.data(), values.data(), static_cast<int>(values.size()));
    matrix.setDimensions(static_cast<int>(program.rows.size()), static_cast<int>(program.columns.size()));
    parts_->simplex.setLogLevel(0);
    parts_->simplex.loadProblem(matrix, lower.data(), upper.data(), cost.data(), row_lower.data(), row_upper.data());
}
RollingProgram::RollingProgram(RollingProgram&&) noexcept = default;
RollingProgram::~RollingProgram() = default;

// Written straight into the model, which CLP copies anew for each solve.
void RollingProgram::limit_column(int column, double lower, double upper) {
    parts_->simplex.columnLower()[column] = coin(lower), parts_->simplex.columnUpper()[column] = coin(upper);
}
void RollingProgram::limit_row(int row, double lower, double upper) {
    parts_->simplex.rowLower()[row] = coin(lower), parts_->simplex.rowUpper()[row] = coin(upper);
}
void RollingProgram::cost(int column, double cost) { parts_->simplex.objective()[column] = cost; }

bool RollingProgram::solve() {
    auto& simplex = parts_->simplex;
    simplex.dual(0);
    if (!simplex.isProvenOptimal()) simplex.primal(0);
    parts_->iterations += simplex.numberIterations();
    parts_->solved = simplex.isProvenOptimal();
    return parts_->solved;
}

double RollingProgram::column(int column) const { return parts_->simplex.primalColumnSolution()[column]; }
double RollingProgram::price(int row) const { return parts_->simplex.dualRowSolution()[row]; }
double RollingProgram::objective() const { return parts_->simplex.objectiveValue(); }
int RollingProgram::iterations() const { return parts_->iterations; }

} // namespace greenbank::solver
