// staged_proof.cpp — what a solution costs, how far it is outside its limits, and what prices prove.
#include <algorithm>
#include <cmath>

#include "solver/staged.h"

namespace greenbank::solver {

namespace {

/// A shared column without a limit of its own, and a row of shared columns that limits it.
struct Tie {
    int row, column;
    double coefficient;
    std::vector<StagedProgram::Entry> entries;
};

std::vector<Tie> ties_of(const StagedProgram& program) {
    std::vector<int> place(program.rows.size(), -1); // of rows that are shared
    std::vector<std::vector<StagedProgram::Entry>> rows;
    for (std::size_t i = 0; i < place.size(); ++i)
        if (program.rows[i].stage < 0 && std::isfinite(program.rows[i].upper)) place[i] = static_cast<int>(rows.size()), rows.emplace_back();
    if (rows.empty()) return {};
    std::vector<bool> mixed(rows.size());
    for (const auto& entry : program.entries) {
        if (place[entry.row] < 0) continue;
        if (program.columns[entry.column].stage >= 0) mixed[place[entry.row]] = true;
        else rows[place[entry.row]].push_back(entry);
    }
    std::vector<Tie> ties;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (mixed[r]) continue;
        for (const auto& entry : rows[r])
            if (entry.value > 0 && program.columns[entry.column].cost == 0 && program.columns[entry.column].upper == no_limit)
                ties.push_back({entry.row, entry.column, entry.value, rows[r]});
    }
    return ties;
}

/// With prices scaled by 1 - `shrink`. The columns whose reduced cost is wrong without any limit set `needed`, the shrinking that would mend it.
double bound_of(const StagedProgram& program, const std::vector<Tie>& ties, std::span<const double> prices, double shrink, double& needed) {
    std::vector<double> reduced(program.columns.size()), sizes_of_sums(program.columns.size());
    for (std::size_t j = 0; j < reduced.size(); ++j) reduced[j] = program.columns[j].cost, sizes_of_sums[j] = std::abs(reduced[j]);
    double bound = 0, rounding = 0; // what rounding may have added at most
    const auto count = [&](double part) { bound += part, rounding += std::abs(part); };
    std::vector<double> used(program.rows.size());
    for (std::size_t i = 0; i < used.size(); ++i) {
        const auto& row = program.rows[i];
        double price = std::isfinite(prices[i]) ? (1 - shrink) * prices[i] : 0;
        if (price > 0 && row.lower == -no_limit) price = 0;
        if (price < 0 && row.upper == no_limit) price = 0;
        used[i] = price;
        if (price != 0) count(price * (price > 0 ? row.lower : row.upper));
    }
    for (const auto& entry : program.entries) {
        const double part = used[entry.row] * entry.value;
        reduced[entry.column] -= part;
        sizes_of_sums[entry.column] += std::abs(part);
    }
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
        double own = rate > 0 ? column.lower : column.upper, share = rate > 0 ? column.share_min : column.share_max;
        bool tied = column.size >= 0 && std::isfinite(share);
        if (tied && share == 0) own = rate > 0 ? std::max(own, 0.0) : std::min(own, 0.0), tied = false;
        // Either limit alone is a proof. The own one is the tighter where it holds whatever the size is.
        if (tied && std::isfinite(own)) {
            const auto& size = program.columns[column.size];
            const double least = share * size.lower, most = share * size.upper;
            tied = rate > 0 ? own < std::max(least, most) : own > std::min(least, most);
        }
        if (tied) reduced[column.size] += rate * share, sizes_of_sums[column.size] += sizes_of_sums[j] * std::abs(share);
        else if (std::isfinite(own)) count(rate * own), rounding += sizes_of_sums[j] * std::abs(own);
        else bound += mend(j);
    }
    // What only another size limits (a level at the year's end): its price moves on to that size.
    for (const Tie& tie : ties) {
        if (!(reduced[tie.column] < 0) || std::isfinite(program.columns[tie.column].upper)) continue;
        const double more = reduced[tie.column] / tie.coefficient;
        count(more * program.rows[tie.row].upper);
        for (const auto& entry : tie.entries) reduced[entry.column] -= more * entry.value, sizes_of_sums[entry.column] += std::abs(more * entry.value);
        reduced[tie.column] = 0;
    }
    for (const std::size_t j : sizes) {
        const auto& column = program.columns[j];
        if (reduced[j] == 0) continue;
        const double limit = reduced[j] > 0 ? column.lower : column.upper;
        if (std::isfinite(limit)) count(reduced[j] * limit), rounding += sizes_of_sums[j] * std::abs(limit);
        else bound += mend(j);
    }
    return bound - 1e-14 * rounding;
}

} // namespace

double staged_bound(const StagedProgram& program, std::span<const double> prices) {
    const std::vector<Tie> ties = ties_of(program);
    double shrink = 0;
    for (int round = 0; round < 4; ++round) {
        double needed = 0;
        const double bound = bound_of(program, ties, prices, shrink, needed);
        if (needed == 0) return bound;
        shrink = shrink + (1 - shrink) * std::min(1.0, needed * (1 + 1e-9));
        if (shrink > 0.5) break;
    }
    return -no_limit;
}

double staged_violation(const StagedProgram& program, std::span<const double> columns) {
    double worst = 0, largest = 1; // of what the stages ask for: numbers that run away do not excuse a gap
    for (const auto& row : program.rows)
        for (const double limit : {row.lower, row.upper})
            if (row.stage >= 0 && std::isfinite(limit)) largest = std::max(largest, std::abs(limit));
    std::vector<double> sums(program.rows.size()), sizes(program.rows.size(), 1);
    for (const auto& entry : program.entries) {
        const double part = entry.value * columns[entry.column];
        sums[entry.row] += part;
        sizes[entry.row] = program.rows[entry.row].stage >= 0 ? largest : std::max(sizes[entry.row], std::abs(part));
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
