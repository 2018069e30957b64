// block_tridiagonal.cpp — the blocks are dense, by rows.
#include "solver/block_tridiagonal.h"

#include <algorithm>
#include <cmath>

namespace greenbank::solver {

BlockTridiagonal::BlockTridiagonal(std::span<const int> sizes) : sizes_(sizes.begin(), sizes.end()) {
    first_.push_back(0);
    std::size_t at = 0;
    for (std::size_t t = 0; t < sizes_.size(); ++t) {
        const auto size = static_cast<std::size_t>(sizes_[t]), next = t + 1 < sizes_.size() ? static_cast<std::size_t>(sizes_[t + 1]) : 0;
        first_.push_back(first_.back() + sizes_[t]);
        diagonal_.push_back(at);
        at += size * size;
        below_.push_back(at);
        at += next * size;
    }
    values_.assign(at, 0);
}

std::size_t BlockTridiagonal::place(int stage_of_row, int row, int stage_of_column, int column) const {
    const auto width = static_cast<std::size_t>(sizes_[stage_of_column]);
    const auto i = static_cast<std::size_t>(row - first_[stage_of_row]), j = static_cast<std::size_t>(column - first_[stage_of_column]);
    return (stage_of_row == stage_of_column ? diagonal_ : below_)[stage_of_column] + i * width + j;
}

void BlockTridiagonal::clear() { std::fill(values_.begin(), values_.end(), 0); }

void BlockTridiagonal::factor() {
    std::vector<double> original;
    for (std::size_t t = 0; t < sizes_.size(); ++t) {
        const int size = sizes_[t];
        double* block = values_.data() + diagonal_[t];
        original.resize(static_cast<std::size_t>(size));
        for (int i = 0; i < size; ++i) original[i] = block[i * size + i];
        if (t > 0) { // what the stage before has taken
            const int width = sizes_[t - 1];
            const double* before = values_.data() + below_[t - 1];
            for (int i = 0; i < size; ++i)
                for (int j = 0; j <= i; ++j) {
                    double sum = 0;
                    for (int k = 0; k < width; ++k) sum += before[i * width + k] * before[j * width + k];
                    block[i * size + j] -= sum;
                }
        }
        for (int i = 0; i < size; ++i) {
            for (int j = 0; j < i; ++j) {
                double value = block[i * size + j];
                for (int k = 0; k < j; ++k) value -= block[i * size + k] * block[j * size + k];
                block[i * size + j] = value / block[j * size + j];
            }
            double pivot = block[i * size + i];
            for (int k = 0; k < i; ++k) pivot -= block[i * size + k] * block[i * size + k];
            block[i * size + i] = pivot > 1e-15 * original[i] && pivot > 1e-300 ? std::sqrt(pivot) : 1e64;
        }
        if (t + 1 == sizes_.size()) continue;
        double* next = values_.data() + below_[t];
        for (int i = 0; i < sizes_[t + 1]; ++i)
            for (int j = 0; j < size; ++j) {
                double value = next[i * size + j];
                for (int k = 0; k < j; ++k) value -= next[i * size + k] * block[j * size + k];
                next[i * size + j] = value / block[j * size + j];
            }
    }
}

void BlockTridiagonal::solve_lower(std::span<double> right, int width) const {
    for (std::size_t t = 0; t < sizes_.size(); ++t) {
        const int size = sizes_[t];
        const double* block = values_.data() + diagonal_[t];
        for (int i = 0; i < size; ++i) {
            double* row = right.data() + static_cast<std::size_t>(first_[t] + i) * width;
            const auto take = [&](double factor, int other) {
                if (factor == 0) return;
                const double* from = right.data() + static_cast<std::size_t>(other) * width;
                for (int w = 0; w < width; ++w) row[w] -= factor * from[w];
            };
            if (t > 0)
                for (int k = 0; k < sizes_[t - 1]; ++k) take(values_[below_[t - 1] + static_cast<std::size_t>(i * sizes_[t - 1] + k)], first_[t - 1] + k);
            for (int k = 0; k < i; ++k) take(block[i * size + k], first_[t] + k);
            const double pivot = 1 / block[i * size + i];
            for (int w = 0; w < width; ++w) row[w] *= pivot;
        }
    }
}

void BlockTridiagonal::solve_upper(std::span<double> right) const {
    for (std::size_t t = sizes_.size(); t-- > 0;) {
        const int size = sizes_[t];
        const double* block = values_.data() + diagonal_[t];
        for (int i = size - 1; i >= 0; --i) {
            double value = right[static_cast<std::size_t>(first_[t] + i)];
            if (t + 1 < sizes_.size())
                for (int k = 0; k < sizes_[t + 1]; ++k)
                    value -= values_[below_[t] + static_cast<std::size_t>(k * size + i)] * right[static_cast<std::size_t>(first_[t + 1] + k)];
            for (int k = i + 1; k < size; ++k) value -= block[k * size + i] * right[static_cast<std::size_t>(first_[t] + k)];
            right[static_cast<std::size_t>(first_[t] + i)] = value / block[i * size + i];
        }
    }
}

} // namespace greenbank::solver
