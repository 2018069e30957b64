// sparse_lu.h — a sparse square system solved directly: SuiteSparse KLU (LGPL) behind a small face.
// Method: block triangular form, approximate minimum degree, left-looking LU with partial pivoting (Davis and Palamadai Natarajan, ACM TOMS 37:3, 2010).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace greenbank::solver {

/// Compressed columns; rows of a column in any order, none twice.
struct SparseColumns {
    std::int32_t size = 0;
    std::vector<std::int32_t> starts; // size + 1
    std::vector<std::int32_t> rows;
    std::vector<double> values;
};

class SparseLu {
public:
    /// Nothing where the matrix is singular.
    static std::optional<SparseLu> factor(const SparseColumns& matrix);
    SparseLu(SparseLu&&) noexcept;
    SparseLu& operator=(SparseLu&&) noexcept;
    ~SparseLu();

    /// New values for the same places; false where they are singular (then the factors are of no use).
    bool refactor(const SparseColumns& matrix);
    /// In place. One thread at a time.
    void solve(std::span<double> right_side) const;
    void solve_transposed(std::span<double> right_side) const;

private:
    struct Parts;
    explicit SparseLu(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

} // namespace greenbank::solver
