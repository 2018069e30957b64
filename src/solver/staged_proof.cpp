// staged_proof.cpp — what a solution costs, how far it is outside its limits, and what prices prove.
#include <algorithm>
#include <cmath>

#include "solver/staged.h"

namespace greenbank::solver {

namespace {

/// With prices scaled by 1 - `shrink`. The columns whose reduced cost is wrong without any limit set `needed`, the shrinking that would mend it.
double bound_of(const StagedProgram& program, std::span<const double> prices, double shrink, double& needed) {
    std::vector<double> reduced(program.columns.size());
    for (std::size_t j = 0; j < reduced.size(); ++j) reduced[j] = program.columns[j].cost;
    double bound = 0;
    std::vector<double> used(program.rows.size());
    for (std::size_t i = 0; i < used.size(); ++i) {
        const auto& row = program.rows[i];
        double price = std::isfinite(prices[i]) ? (1 - shrink) * prices[i] : 0;
        if (price > 0 && row.lower == -no_limit) price = 0;
        if (price < 0 && row.upper == no_limit) price = 0;
        used[i] = price;
        if (price != 0) bound += price * (price > 0 ? row.lower : row.upper);
    }
    for (const auto& entry : program.entries) reduced[entry.column] -= used[entry.row] * entry.value;
    const auto mend = [&](std::size_t j) {
        const double cost = program.columns[j].cost, off = std::abs(reduced[j]);
        const double towards = reduced[j] < 0 ? cost : -cost; // shrinking the prices moves the reduced cost towards the cost itself
        if (off <= 1e-13 * (1 + std::abs(cost))) return 0.0;  // rounding
        needed = std::max(needed, towards > 0 ? off / (towards + off) : 1.0);
        return -no_limit;
    };
    std::vector<std::size_t> sizes;
    for (std::size_t j = 0; j < reduced.size(); ++j) {
        const auto& column = program.columns[j];
        const double rate = reduced[j];
        if (column.stage == StagedProgram::shared) {
            sizes.push_back(j);
            continue;
        }
        if (rate == 0) continue;
        const double own = rate > 0 ? column.lower : column.upper, share = rate > 0 ? column.share_min : column.share_max;
        const bool tied = column.size >= 0 && std::isfinite(share);
        // Either limit alone is a proof; the tighter one at the prices is the own one where it is finite and there is no tie.
        if (tied && !(std::isfinite(own) &&
                        (share == 0 || rate > 0 ? own >= share * program.columns[column.size].upper : own <= share * program.columns[column.size].lower)))
            reduced[column.size] += rate * share;
        else if (std::isfinite(own)) bound += rate * own;
        else bound += mend(j);
    }
    for (const std::size_t j : sizes) {
        const auto& column = program.columns[j];
        if (reduced[j] == 0) continue;
        const double limit = reduced[j] > 0 ? column.lower : column.upper;
        bound += std::isfinite(limit) ? reduced[j] * limit : mend(j);
    }
    return bound;
}

} // namespace

double staged_bound(const StagedProgram& program, std::span<const double> prices) {
    double shrink = 0;
    for (int round = 0; round < 4; ++round) {
        double needed = 0;
        const double bound = bound_of(program, prices, shrink, needed);
        if (needed == 0) return bound;
        shrink = shrink + (1 - shrink) * std::min(1.0, needed * (1 + 1e-9));
        if (shrink > 0.5) break;
    }
    return -no_limit;
}

double staged_violation(const StagedProgram& program, std::span<const double> columns) {
    double worst = 0;
    std::vector<double> sums(program.rows.size()), sizes(program.rows.size(), 1);
    for (const auto& entry : program.entries) {
        const double part = entry.value * columns[entry.column];
        sums[entry.row] += part;
        sizes[entry.row] = std::max(sizes[entry.row], std::abs(part));
    }
    for (std::size_t i = 0; i < sums.size(); ++i)
        worst = std::max(worst, std::max(program.rows[i].lower - sums[i], sums[i] - program.rows[i].upper) / sizes[i]);
    for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto& column = program.columns[j];
        const double value = columns[j], size = std::max(1.0, std::abs(value));
        worst = std::max(worst, std::max(column.lower - value, value - column.upper) / size);
        if (column.size < 0) continue;
        if (std::isfinite(column.share_max)) worst = std::max(worst, (value - column.share_max * columns[column.size]) / size);
        if (std::isfinite(column.share_min)) worst = std::max(worst, (column.share_min * columns[column.size] - value) / size);
    }
    return worst;
}

double staged_cost(const StagedProgram& program, std::span<const double> columns) {
    double cost = 0;
    for (std::size_t j = 0; j < columns.size(); ++j) cost += program.columns[j].cost * columns[j];
    return cost;
}

} // namespace greenbank::solver
