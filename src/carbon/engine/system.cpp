// system.cpp — pairing products with processes, the order of the sweeps, the two ways to an answer.
#include "carbon/engine/system.h"

#include <algorithm>
#include <cmath>

namespace greenbank::carbon {

namespace {

constexpr std::uint32_t nobody = ~std::uint32_t{0};
constexpr int sweeps_max = 1000;

/// Exchange numbers by row or by column.
void group(const std::vector<Exchange>& exchanges, std::uint32_t count, bool by_row, std::vector<std::uint32_t>& starts, std::vector<std::uint32_t>& numbers) {
    starts.assign(count + 1, 0);
    for (const Exchange& one : exchanges) ++starts[(by_row ? one.row : one.column) + 1];
    for (std::uint32_t i = 0; i < count; ++i) starts[i + 1] += starts[i];
    numbers.resize(exchanges.size());
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
    for (std::uint32_t i = 0; i < exchanges.size(); ++i) numbers[next[by_row ? exchanges[i].row : exchanges[i].column]++] = i;
}

} // namespace

void Sweeps::take(std::span<const double> amounts, std::vector<double>& into_values, std::vector<double>& into_diagonal) const {
    into_values.resize(exchanges.size());
    for (std::size_t i = 0; i < exchanges.size(); ++i) into_values[i] = amounts[exchanges[i]];
    into_diagonal.assign(size(), 0);
    for (const auto& [place, exchange] : diagonals) into_diagonal[place] += amounts[exchange];
}

SweepResult sweep(const Sweeps& order, std::span<const double> values, std::span<const double> diagonal, std::span<const double> right, std::span<double> x,
    std::span<const double> weights, double tolerance) {
    double before = std::numeric_limits<double>::infinity();
    int no_better = 0;
    for (int sweeps = 1; sweeps <= sweeps_max; ++sweeps) {
        double change = 0; // Σ weight·|residual before|, or the greatest change relative to the unknown
        for (std::size_t place = 0; place < order.size(); ++place) {
            double sum = right[place];
            for (std::uint32_t at = order.starts[place]; at < order.starts[place + 1]; ++at) sum -= values[at] * x[order.places[at]];
            const double next = sum / diagonal[place], moved = std::abs(next - x[place]);
            x[place] = next;
            if (!weights.empty()) change += weights[place] * std::abs(diagonal[place]) * moved;
            else if (moved > 0) change = std::max(change, moved / std::max(std::abs(next), 1e-300));
        }
        if (!std::isfinite(change)) return {false, sweeps};
        if (weights.empty() ? change <= 0x1p-50 : change <= tolerance) return {true, sweeps};
        // What is left may be rounding alone; what does not shrink for long will not settle.
        no_better = change < 0.97 * before ? 0 : no_better + 1;
        if (no_better >= 3 && weights.empty() && change <= 1e-12) return {true, sweeps};
        if (no_better >= 12) return {false, sweeps};
        before = std::min(before, change);
    }
    return {false, sweeps_max};
}

std::optional<System> System::arrange(const Model& model, Fault& fault) {
    fault = {};
    if (model.products != model.processes || model.products == 0) return fault.flaw = Flaw::not_square, std::nullopt;
    for (const Exchange& one : model.technosphere)
        if (!std::isfinite(one.amount)) return fault = {Flaw::not_finite, one.row, one.column}, std::nullopt;
    System system;
    system.exchanges_ = model.technosphere;
    for (const Exchange& one : system.exchanges_) system.amounts_.push_back(one.amount);
    group(system.exchanges_, model.processes, false, system.column_starts_, system.by_column_);
    group(system.exchanges_, model.products, true, system.row_starts_, system.by_row_);
    system.product_of_.assign(model.processes, nobody);
    system.process_of_.assign(model.products, nobody);
    if (!system.pair_up()) {
        const auto unmade = std::find(system.process_of_.begin(), system.process_of_.end(), nobody);
        const auto idle = std::find(system.product_of_.begin(), system.product_of_.end(), nobody);
        fault = {Flaw::product_unmade, static_cast<std::uint32_t>(unmade - system.process_of_.begin()),
            static_cast<std::uint32_t>(idle - system.product_of_.begin())};
        return {};
    }
    return system;
}

/// Each process gets the product it is there for: the one of its own number if it makes that, else the one it makes most of; where two want the same,
/// along alternating paths (Kuhn). Treatment of waste, which makes below 0, comes last.
bool System::pair_up() {
    const auto count = static_cast<std::uint32_t>(product_of_.size());
    std::vector<std::vector<std::uint32_t>> makes(count); // products, most wanted first
    for (std::uint32_t process = 0; process < count; ++process) {
        std::vector<std::pair<double, std::uint32_t>> net;
        for (std::uint32_t at = column_starts_[process]; at < column_starts_[process + 1]; ++at) {
            const Exchange& one = exchanges_[by_column_[at]];
            const auto known = std::find_if(net.begin(), net.end(), [&](const auto& pair) { return pair.second == one.row; });
            if (known == net.end()) net.emplace_back(one.amount, one.row);
            else known->first += one.amount;
        }
        std::stable_sort(net.begin(), net.end(), [&](const auto& a, const auto& b) {
            const auto rank = [&](const auto& pair) { return std::pair(pair.first > 0 && pair.second == process, pair.first); };
            return rank(a) > rank(b);
        });
        for (const auto& [amount, product] : net)
            if (amount != 0) makes[process].push_back(product);
        if (!makes[process].empty() && process_of_[makes[process][0]] == nobody) {
            process_of_[makes[process][0]] = process;
            product_of_[process] = makes[process][0];
        }
    }
    std::vector<std::uint32_t> seen(count, nobody), next(count);
    for (std::uint32_t start = 0; start < count; ++start) {
        if (product_of_[start] != nobody) continue;
        std::vector<std::uint32_t> path = {start};
        std::fill(next.begin(), next.end(), 0);
        bool found = false;
        while (!path.empty() && !found) {
            const std::uint32_t process = path.back();
            if (next[process] == makes[process].size()) {
                path.pop_back();
                continue;
            }
            const std::uint32_t product = makes[process][next[process]++];
            if (seen[product] == start) continue;
            seen[product] = start;
            if (process_of_[product] == nobody) found = true;
            else path.push_back(process_of_[product]);
        }
        if (!found) return false;
        for (const std::uint32_t process : path) { // each takes the product it looked at last
            const std::uint32_t product = makes[process][next[process] - 1];
            process_of_[product] = process;
            product_of_[process] = product;
        }
    }
    return true;
}

std::vector<std::uint32_t> System::reach(std::span<const Demand> demands) const {
    const auto count = static_cast<std::uint32_t>(product_of_.size());
    std::vector<std::uint32_t> finished, next(column_starts_.begin(), column_starts_.end() - 1), path;
    std::vector<bool> seen(count, false);
    const auto walk = [&](std::uint32_t start) {
        if (seen[start]) return;
        seen[start] = true;
        path.push_back(start);
        while (!path.empty()) {
            const std::uint32_t process = path.back();
            if (next[process] == column_starts_[process + 1]) {
                finished.push_back(process);
                path.pop_back();
                continue;
            }
            const std::uint32_t supplier = process_of_[exchanges_[by_column_[next[process]++]].row];
            if (seen[supplier]) continue;
            seen[supplier] = true;
            path.push_back(supplier);
        }
    };
    for (const Demand& demand : demands)
        for (const auto& [product, amount] : demand) walk(process_of_[product]);
    if (demands.empty())
        for (std::uint32_t process = 0; process < count; ++process) walk(process);
    std::reverse(finished.begin(), finished.end());
    return finished;
}

/// Forward: the row of each process is its product, the unknown how much it runs. Adjoint: the row is the process, the unknown its product's weight.
Sweeps System::order_of(const std::vector<std::uint32_t>& processes, bool adjoint) const {
    Sweeps order;
    std::vector<std::uint32_t> place_of(product_of_.size(), nobody); // by process
    const auto count = static_cast<std::uint32_t>(processes.size());
    for (std::uint32_t i = 0; i < count; ++i) place_of[processes[adjoint ? count - 1 - i : i]] = i;
    order.unknowns.resize(count);
    order.starts = {0};
    for (std::uint32_t place = 0; place < count; ++place) {
        const std::uint32_t process = processes[adjoint ? count - 1 - place : place], product = product_of_[process];
        order.unknowns[place] = adjoint ? product : process;
        const std::uint32_t from = adjoint ? column_starts_[process] : row_starts_[product],
                            to = adjoint ? column_starts_[process + 1] : row_starts_[product + 1];
        for (std::uint32_t at = from; at < to; ++at) {
            const std::uint32_t number = (adjoint ? by_column_ : by_row_)[at];
            const std::uint32_t other = adjoint ? process_of_[exchanges_[number].row] : exchanges_[number].column;
            if (other == process) {
                order.diagonals.emplace_back(place, number);
            } else if (place_of[other] != nobody) {
                order.places.push_back(place_of[other]);
                order.exchanges.push_back(number);
            }
        }
        order.starts.push_back(static_cast<std::uint32_t>(order.places.size()));
    }
    order.take(amounts_, order.values, order.diagonal);
    return order;
}

Sweeps System::forward_order(std::span<const Demand> demands) const { return order_of(reach(demands), false); }
Sweeps System::adjoint_order(std::span<const Demand> demands) const { return order_of(reach(demands), true); }

std::optional<std::vector<double>> System::scaling(const Demand& demand) {
    std::vector<double> right(product_of_.size(), 0);
    for (const auto& [product, amount] : demand) right[product] += amount;
    return solve(forward_all_, false, right);
}

std::optional<std::vector<double>> System::intensities(std::span<const double> burdens) { return solve(adjoint_all_, true, burdens); }

/// `right` by product (forward) or by process (adjoint); the answer by process or by product.
std::optional<std::vector<double>> System::solve(std::optional<Sweeps>& order, bool adjoint, std::span<const double> right) {
    if (!lu_) {
        if (!order) order = adjoint ? adjoint_order({}) : forward_order({});
        std::vector<double> given(order->size()), x(order->size(), 0);
        for (std::size_t place = 0; place < given.size(); ++place) {
            const std::uint32_t unknown = order->unknowns[place];
            given[place] = right[adjoint ? process_of_[unknown] : product_of_[unknown]];
        }
        const SweepResult result = sweep(*order, order->values, order->diagonal, given, x);
        if (result.settled) {
            sweeps_ = result.sweeps;
            std::vector<double> answer(x.size());
            for (std::size_t place = 0; place < x.size(); ++place) answer[order->unknowns[place]] = x[place];
            return answer;
        }
        if (!factor()) return {};
    }
    sweeps_ = 0;
    std::vector<double> answer(right.begin(), right.end());
    const auto apply = [&](std::vector<double>& vector) { adjoint ? lu_->solve_transposed(vector) : lu_->solve(vector); };
    apply(answer);
    std::vector<double> residual(right.begin(), right.end()); // refined once
    for (std::size_t i = 0; i < exchanges_.size(); ++i) {
        const Exchange& one = exchanges_[i];
        if (adjoint) residual[one.column] -= one.amount * answer[one.row];
        else residual[one.row] -= one.amount * answer[one.column];
    }
    apply(residual);
    for (std::size_t i = 0; i < answer.size(); ++i) {
        answer[i] += residual[i];
        if (!std::isfinite(answer[i])) return {};
    }
    return answer;
}

solver::SparseColumns System::columns(std::span<const double> values) const {
    solver::SparseColumns matrix;
    matrix.size = static_cast<std::int32_t>(product_of_.size());
    matrix.starts = {0};
    std::vector<std::int32_t> place(product_of_.size(), -1); // of each row in the current column
    for (std::size_t column = 0; column < product_of_.size(); ++column) {
        const std::int32_t begin = matrix.starts.back();
        for (std::uint32_t at = column_starts_[column]; at < column_starts_[column + 1]; ++at) {
            const std::uint32_t number = by_column_[at], row = exchanges_[number].row;
            if (place[row] >= begin) {
                matrix.values[static_cast<std::size_t>(place[row])] += values[number];
            } else {
                place[row] = static_cast<std::int32_t>(matrix.rows.size());
                matrix.rows.push_back(static_cast<std::int32_t>(row));
                matrix.values.push_back(values[number]);
            }
        }
        matrix.starts.push_back(static_cast<std::int32_t>(matrix.rows.size()));
    }
    return matrix;
}

bool System::factor() {
    lu_ = solver::SparseLu::factor(columns(amounts_));
    return lu_.has_value();
}

} // namespace greenbank::carbon
