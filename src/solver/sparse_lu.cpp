// sparse_lu.cpp — KLU's calls, and its objects freed.
#include "solver/sparse_lu.h"

#include <suitesparse/klu.h>

namespace greenbank::solver {

struct SparseLu::Parts {
    klu_common common{};
    klu_symbolic* symbolic = nullptr;
    klu_numeric* numeric = nullptr;
    std::int32_t size = 0;
    ~Parts() {
        if (numeric) klu_free_numeric(&numeric, &common);
        if (symbolic) klu_free_symbolic(&symbolic, &common);
    }
};

SparseLu::SparseLu(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SparseLu::SparseLu(SparseLu&&) noexcept = default;
SparseLu& SparseLu::operator=(SparseLu&&) noexcept = default;
SparseLu::~SparseLu() = default;

namespace {

// KLU's interface is not const; it changes none of these.
int* ints(const std::vector<std::int32_t>& list) { return const_cast<int*>(list.data()); }
double* reals(const std::vector<double>& list) { return const_cast<double*>(list.data()); }

} // namespace

std::optional<SparseLu> SparseLu::factor(const SparseColumns& matrix) {
    auto parts = std::make_unique<Parts>();
    parts->size = matrix.size;
    klu_defaults(&parts->common);
    parts->symbolic = klu_analyze(matrix.size, ints(matrix.starts), ints(matrix.rows), &parts->common);
    if (parts->symbolic == nullptr) return {};
    parts->numeric = klu_factor(ints(matrix.starts), ints(matrix.rows), reals(matrix.values), parts->symbolic, &parts->common);
    if (parts->numeric == nullptr || parts->common.status != KLU_OK) return {};
    return SparseLu(std::move(parts));
}

bool SparseLu::refactor(const SparseColumns& matrix) {
    klu_free_numeric(&parts_->numeric, &parts_->common); // with pivots of its own: values may have moved far
    parts_->numeric = klu_factor(ints(matrix.starts), ints(matrix.rows), reals(matrix.values), parts_->symbolic, &parts_->common);
    return parts_->numeric != nullptr && parts_->common.status == KLU_OK;
}

void SparseLu::solve(std::span<double> right_side) const { klu_solve(parts_->symbolic, parts_->numeric, parts_->size, 1, right_side.data(), &parts_->common); }

void SparseLu::solve_transposed(std::span<double> right_side) const {
    klu_tsolve(parts_->symbolic, parts_->numeric, parts_->size, 1, right_side.data(), &parts_->common);
}

} // namespace greenbank::solver
