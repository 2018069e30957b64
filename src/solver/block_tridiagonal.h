// block_tridiagonal.h — a symmetric positive matrix of small blocks along a chain: Cholesky, and its triangular systems.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace greenbank::solver {

class BlockTridiagonal {
public:
    /// How many rows each stage has; some may have none.
    explicit BlockTridiagonal(std::span<const int> sizes);

    int first_row(int stage) const { return first_[stage]; }
    int rows() const { return first_.back(); }
    /// Where the value of (row, column), row ≥ column, both in one stage or in neighbours, stands.
    std::size_t place(int stage_of_row, int row, int stage_of_column, int column) const;

    void clear();
    void add(std::size_t place, double value) { values_[place] += value; }
    /// In place. A pivot that rounding has eaten is taken as infinite: its row then has no say.
    void factor();
    /// L x = b and Lᵀ x = b, for `width` right sides that stand side by side in each row.
    void solve_lower(std::span<double> right, int width) const;
    void solve_upper(std::span<double> right) const;

private:
    std::vector<int> sizes_, first_;
    std::vector<std::size_t> diagonal_, below_; // of each stage: its own block, and the one of the next stage's rows
    std::vector<double> values_;
};

} // namespace greenbank::solver
