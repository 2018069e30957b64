// linear.cpp — what needs no library: the bound from prices, and trying everything.
#include "solver/linear.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenbank::solver {

double bound_from_prices(const LinearProgram& program, std::span<const double> prices) {
    std::vector<double> left = program.gain; // of a column's gain after its rows are paid
    double bound = 0;
    for (std::size_t row = 0; row < program.rows.size(); ++row) {
        const double price = std::max(0.0, prices[row]);
        if (price == 0) continue;
        bound += price * program.rows[row].limit;
        for (const auto& [column, coefficient] : program.rows[row].entries) left[column] -= price * coefficient;
    }
    for (std::size_t column = 0; column < left.size(); ++column) bound += std::max(0.0, left[column]) * program.upper[column];
    return bound;
}

LinearAnswer solve_whole_by_trying(const LinearProgram& program) {
    LinearAnswer best{true, -1, {}, {}};
    std::vector<double> columns(program.gain.size(), 0);
    for (;;) {
        const bool fits = std::all_of(program.rows.begin(), program.rows.end(), [&](const LinearProgram::Row& row) {
            double sum = 0;
            for (const auto& [column, coefficient] : row.entries) sum += coefficient * columns[column];
            return sum <= row.limit + 1e-9;
        });
        double gain = 0;
        for (std::size_t i = 0; i < columns.size(); ++i) gain += program.gain[i] * columns[i];
        if (fits && gain > best.bound) best.bound = gain, best.columns = columns;
        std::size_t i = 0;
        while (i < columns.size() && columns[i] + 1 > program.upper[i]) columns[i++] = 0;
        if (i == columns.size()) return best;
        columns[i] += 1;
    }
}

} // namespace greenbank::solver
