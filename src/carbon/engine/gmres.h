// gmres.h — GMRES with a preconditioner on the left, without restart (Saad and Schultz 1986). For systems near to one that is factored already.
#pragma once

#include <cmath>
#include <vector>

namespace greenbank::carbon {

/// x improved until the preconditioned residual is `tolerance` of the preconditioned right side; false where `steps_max` steps do not do.
/// multiply(x) gives A x; precondition(v) replaces v by an approximation of A^-1 v.
template <class Multiply, class Precondition>
bool gmres(Multiply multiply, Precondition precondition, const std::vector<double>& right, std::vector<double>& x, double tolerance, int steps_max) {
    const auto dot = [](const std::vector<double>& a, const std::vector<double>& b) {
        double sum = 0;
        for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
        return sum;
    };
    const auto residual_of = [&] {
        std::vector<double> residual = multiply(x);
        for (std::size_t i = 0; i < residual.size(); ++i) residual[i] = right[i] - residual[i];
        precondition(residual);
        return residual;
    };
    std::vector<double> scaled = right;
    precondition(scaled);
    const double whole = std::sqrt(dot(scaled, scaled)), enough = tolerance * whole;
    std::vector<double> residual = residual_of();
    double left = std::sqrt(dot(residual, residual));
    if (!std::isfinite(left) || !std::isfinite(whole)) return false;
    if (left <= enough) return true;
    std::vector<std::vector<double>> basis = {residual};
    for (double& one : basis[0]) one /= left;
    std::vector<std::vector<double>> upper; // columns of R
    std::vector<double> cosines, sines, rotated = {left};
    for (int step = 0; step < steps_max; ++step) {
        std::vector<double> next = multiply(basis.back());
        precondition(next);
        std::vector<double> column;
        for (const std::vector<double>& one : basis) {
            column.push_back(dot(next, one));
            for (std::size_t i = 0; i < next.size(); ++i) next[i] -= column.back() * one[i];
        }
        const double length = std::sqrt(dot(next, next));
        if (!std::isfinite(length)) return false;
        for (std::size_t i = 0; i < cosines.size(); ++i) {
            const double turned = cosines[i] * column[i] + sines[i] * column[i + 1];
            column[i + 1] = -sines[i] * column[i] + cosines[i] * column[i + 1];
            column[i] = turned;
        }
        const double radius = std::hypot(column.back(), length);
        if (radius == 0) return false;
        cosines.push_back(column.back() / radius);
        sines.push_back(length / radius);
        column.back() = radius;
        rotated.push_back(-sines.back() * rotated.back());
        rotated[rotated.size() - 2] *= cosines.back();
        upper.push_back(std::move(column));
        if (std::abs(rotated.back()) <= enough || length <= 1e-300 || step + 1 == steps_max) break;
        for (double& one : next) one /= length;
        basis.push_back(std::move(next));
    }
    for (std::size_t i = upper.size(); i-- > 0;) { // backwards through R
        for (std::size_t j = i + 1; j < upper.size(); ++j) rotated[i] -= upper[j][i] * rotated[j];
        rotated[i] /= upper[i][i];
        for (std::size_t k = 0; k < x.size(); ++k) x[k] += rotated[i] * basis[i][k];
    }
    residual = residual_of();
    left = std::sqrt(dot(residual, residual));
    return left <= 10 * enough; // what is computed anew has its own rounding
}

} // namespace greenbank::carbon
