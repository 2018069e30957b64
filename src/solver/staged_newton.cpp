// staged_newton.cpp — see staged_newton.h. D dx = Aᵀdλ + Rᵀdμ + T dy + g, with N = A D⁻¹ Aᵀ along the chain.
#include "solver/staged_newton.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace greenbank::solver {

namespace {

constexpr double regular = 1e-11;
constexpr double back = 0.9; // of the way to the nearest limit: nearer is quicker at first, and stuck later

/// Dense Cholesky in place, lower triangle; a lost pivot is taken as infinite.
void factor_dense(std::vector<double>& matrix, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double value = matrix[i * n + j];
            const double original = value;
            for (std::size_t k = 0; k < j; ++k) value -= matrix[i * n + k] * matrix[j * n + k];
            if (i == j) matrix[i * n + i] = value > 1e-14 * original && value > 1e-300 ? std::sqrt(value) : 1e64;
            else matrix[i * n + j] = value / matrix[j * n + j];
        }
}

void solve_dense(const std::vector<double>& factor, std::size_t n, double* right) {
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) right[i] -= factor[i * n + k] * right[k];
        right[i] /= factor[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) right[i] -= factor[k * n + i] * right[k];
        right[i] /= factor[i * n + i];
    }
}

} // namespace

Newton::Newton(const StagedForm& form) :
    form_(form),
    columns_(form.costs.size()),
    sizes_(form.shared_costs.size()),
    shared_rows_(static_cast<std::size_t>(form.shared_rows)),
    border_(sizes_ + shared_rows_),
    limits_(form.limits),
    chain_(form.row_counts) {
    for (std::size_t j = 0; j < columns_; ++j) owner_.insert(owner_.end(), form.first_limit[j + 1] - form.first_limit[j], static_cast<int>(j));
    for (std::size_t k = 0; k < sizes_; ++k) {
        const auto add = [&](double sign, double limit) {
            if (!std::isfinite(limit)) return;
            limits_.push_back({sign, -1, 0, limit});
            owner_.push_back(static_cast<int>(columns_ + k));
        };
        add(1, form.shared_limits[k].lower), add(-1, form.shared_limits[k].upper);
    }
    size_of_.assign(columns_, -1);
    for (std::size_t i = 0; i < form.limits.size(); ++i)
        if (limits_[i].size >= 0) size_of_[static_cast<std::size_t>(owner_[i])] = limits_[i].size;
    std::vector<int> stage_of(static_cast<std::size_t>(form.rows));
    for (int t = 0, row = 0; t < form.stages; ++t)
        for (int i = 0; i < form.row_counts[static_cast<std::size_t>(t)]; ++i) stage_of[static_cast<std::size_t>(row++)] = t;
    const auto by_column = [&](const std::vector<StagedForm::Entry>& from, std::vector<std::size_t>& first, std::vector<std::pair<int, double>>& to) {
        first.assign(columns_ + 1, 0);
        for (const auto& entry : from) ++first[static_cast<std::size_t>(entry.column) + 1];
        for (std::size_t j = 0; j < columns_; ++j) first[j + 1] += first[j];
        std::vector<std::size_t> next(first.begin(), first.end() - 1);
        to.resize(from.size());
        for (const auto& entry : from) to[next[static_cast<std::size_t>(entry.column)]++] = {entry.row, entry.value};
    };
    by_column(form.entries, first_entry_, entries_);
    by_column(form.shared_row_entries, first_shared_entry_, shared_entries_);
    first_pair_.assign(1, 0);
    for (std::size_t j = 0; j < columns_; ++j) {
        for (std::size_t a = first_entry_[j]; a < first_entry_[j + 1]; ++a)
            for (std::size_t b = first_entry_[j]; b < first_entry_[j + 1]; ++b) {
                const int row = entries_[a].first, column = entries_[b].first;
                if (row < column) continue;
                pairs_.push_back({chain_.place(stage_of[static_cast<std::size_t>(row)], row, stage_of[static_cast<std::size_t>(column)], column),
                    entries_[a].second * entries_[b].second});
            }
        first_pair_.push_back(pairs_.size());
    }
    inverse_.resize(columns_), pull_of_size_.resize(columns_);
}

StagedPoint Newton::start(double slack) const {
    StagedPoint point;
    point.y.assign(sizes_, 1), point.x.assign(columns_, 0);
    for (std::size_t k = 0; k < sizes_; ++k) {
        const auto [lower, upper] = form_.shared_limits[k];
        if (std::isfinite(lower) && std::isfinite(upper)) point.y[k] = std::min(lower + 1, (lower + upper) / 2);
        else if (std::isfinite(lower)) point.y[k] = lower + 1;
        else if (std::isfinite(upper)) point.y[k] = upper - 1;
    }
    point.prices.assign(static_cast<std::size_t>(form_.rows), 0), point.shared_prices.assign(shared_rows_, 0);
    point.slacks.assign(limits_.size(), slack), point.weights.assign(limits_.size(), 1);
    for (std::size_t j = 0; j < columns_; ++j) { // inside its limits if it can be
        double lower = -no_limit, upper = no_limit;
        for (std::size_t i = form_.first_limit[j]; i < form_.first_limit[j + 1]; ++i) {
            const auto& limit = limits_[i];
            const double value = limit.constant + (limit.size >= 0 ? limit.share * point.y[static_cast<std::size_t>(limit.size)] : 0);
            if (limit.sign > 0) lower = std::max(lower, value);
            else upper = std::min(upper, value);
        }
        if (std::isfinite(lower) && std::isfinite(upper)) point.x[j] = (lower + upper) / 2;
        else if (std::isfinite(lower)) point.x[j] = lower + 1;
        else if (std::isfinite(upper)) point.x[j] = upper - 1;
    }
    for (std::size_t i = 0; i < limits_.size(); ++i) {
        const auto& limit = limits_[i];
        const auto j = static_cast<std::size_t>(owner_[i]);
        const double value = j < columns_ ? point.x[j] : point.y[j - columns_];
        const double room = limit.sign * (value - limit.constant - (limit.size >= 0 ? limit.share * point.y[static_cast<std::size_t>(limit.size)] : 0));
        point.slacks[i] = std::max(room, 0.05 * slack);
        point.weights[i] = 0.05 / point.slacks[i];
    }
    return point;
}

void Newton::residuals(const StagedPoint& point) {
    dual_ = form_.costs, shared_dual_ = form_.shared_costs, primal_ = form_.right, shared_primal_ = form_.shared_right;
    for (std::size_t j = 0; j < columns_; ++j) {
        for (std::size_t e = first_entry_[j]; e < first_entry_[j + 1]; ++e) {
            const auto row = static_cast<std::size_t>(entries_[e].first);
            dual_[j] -= entries_[e].second * point.prices[row];
            primal_[row] -= entries_[e].second * point.x[j];
        }
        for (std::size_t e = first_shared_entry_[j]; e < first_shared_entry_[j + 1]; ++e) {
            const auto row = static_cast<std::size_t>(shared_entries_[e].first);
            dual_[j] -= shared_entries_[e].second * point.shared_prices[row];
            shared_primal_[row] -= shared_entries_[e].second * point.x[j];
        }
    }
    for (const auto& entry : form_.shared_column_entries) {
        shared_dual_[static_cast<std::size_t>(entry.column)] -= entry.value * point.prices[static_cast<std::size_t>(entry.row)];
        primal_[static_cast<std::size_t>(entry.row)] -= entry.value * point.y[static_cast<std::size_t>(entry.column)];
    }
    for (const auto& entry : form_.shared_corner) {
        shared_dual_[static_cast<std::size_t>(entry.column)] -= entry.value * point.shared_prices[static_cast<std::size_t>(entry.row)];
        shared_primal_[static_cast<std::size_t>(entry.row)] -= entry.value * point.y[static_cast<std::size_t>(entry.column)];
    }
    limit_gap_.resize(limits_.size());
    mean_ = 0;
    for (std::size_t i = 0; i < limits_.size(); ++i) {
        const auto& limit = limits_[i];
        const auto j = static_cast<std::size_t>(owner_[i]);
        double value = (j < columns_ ? point.x[j] : point.y[j - columns_]) - limit.constant;
        (j < columns_ ? dual_[j] : shared_dual_[j - columns_]) -= limit.sign * point.weights[i];
        if (limit.size >= 0) {
            const auto k = static_cast<std::size_t>(limit.size);
            value -= limit.share * point.y[k];
            shared_dual_[k] += limit.sign * limit.share * point.weights[i];
        }
        limit_gap_[i] = limit.sign * value - point.slacks[i];
        mean_ += point.slacks[i] * point.weights[i];
    }
    mean_ /= static_cast<double>(std::max<std::size_t>(1, limits_.size()));
}

void Newton::factor(const StagedPoint& point) {
    chain_.clear();
    border_rows_.assign(static_cast<std::size_t>(form_.rows) * border_, 0);
    size_matrix_.assign(sizes_ * sizes_, 0), coupling_.assign(shared_rows_ * sizes_, 0), row_matrix_.assign(shared_rows_ * shared_rows_, 0);
    for (std::size_t k = 0; k < sizes_; ++k) size_matrix_[k * sizes_ + k] = regular;
    for (const auto& entry : form_.shared_column_entries)
        border_rows_[static_cast<std::size_t>(entry.row) * border_ + static_cast<std::size_t>(entry.column)] += entry.value;
    for (const auto& entry : form_.shared_corner)
        coupling_[static_cast<std::size_t>(entry.row) * sizes_ + static_cast<std::size_t>(entry.column)] += entry.value;
    for (std::size_t j = 0; j < columns_; ++j) {
        double sum = regular, pull = 0, spread = 0; // spread: Σ weights·share² − pull²/sum, without cancellation
        const std::size_t from = form_.first_limit[j], to = form_.first_limit[j + 1];
        for (std::size_t i = from; i < to; ++i) {
            const double weight = point.weights[i] / point.slacks[i];
            sum += weight;
            pull += weight * limits_[i].share;
        }
        const double inverse = 1 / sum;
        inverse_[j] = inverse;
        pull_of_size_[j] = pull;
        for (std::size_t p = first_pair_[j]; p < first_pair_[j + 1]; ++p) chain_.add(pairs_[p].place, pairs_[p].product * inverse);
        if (const int size = size_of_[j]; size >= 0) {
            const auto k = static_cast<std::size_t>(size);
            for (std::size_t a = from; a < to; ++a) {
                const double weight = point.weights[a] / point.slacks[a];
                spread += weight * regular * limits_[a].share * limits_[a].share;
                for (std::size_t b = from; b < a; ++b) {
                    const double apart = limits_[a].share - limits_[b].share;
                    spread += weight * (point.weights[b] / point.slacks[b]) * apart * apart;
                }
            }
            size_matrix_[k * sizes_ + k] += spread * inverse;
            for (std::size_t e = first_entry_[j]; e < first_entry_[j + 1]; ++e)
                border_rows_[static_cast<std::size_t>(entries_[e].first) * border_ + k] += entries_[e].second * pull * inverse;
        }
        for (std::size_t s = first_shared_entry_[j]; s < first_shared_entry_[j + 1]; ++s) {
            const auto [shared_row, value] = shared_entries_[s];
            const auto r = static_cast<std::size_t>(shared_row);
            for (std::size_t e = first_entry_[j]; e < first_entry_[j + 1]; ++e)
                border_rows_[static_cast<std::size_t>(entries_[e].first) * border_ + sizes_ + r] += entries_[e].second * value * inverse;
            if (size_of_[j] >= 0) coupling_[r * sizes_ + static_cast<std::size_t>(size_of_[j])] += value * pull * inverse;
            for (std::size_t o = first_shared_entry_[j]; o < first_shared_entry_[j + 1]; ++o)
                row_matrix_[r * shared_rows_ + static_cast<std::size_t>(shared_entries_[o].first)] += value * shared_entries_[o].second * inverse;
        }
    }
    for (std::size_t i = form_.limits.size(); i < limits_.size(); ++i) {
        const auto k = static_cast<std::size_t>(owner_[i]) - columns_;
        size_matrix_[k * sizes_ + k] += point.weights[i] / point.slacks[i];
    }
    chain_.factor();
    chain_.solve_lower(border_rows_, static_cast<int>(border_));
    std::vector<double> products(border_ * border_);
    for (std::size_t row = 0; row < static_cast<std::size_t>(form_.rows); ++row) {
        const double* w = border_rows_.data() + row * border_;
        for (std::size_t a = 0; a < border_; ++a)
            if (w[a] != 0)
                for (std::size_t b = 0; b <= a; ++b) products[a * border_ + b] += w[a] * w[b];
    }
    for (std::size_t a = 0; a < sizes_; ++a)
        for (std::size_t b = 0; b < sizes_; ++b) size_matrix_[a * sizes_ + b] += products[std::max(a, b) * border_ + std::min(a, b)];
    for (std::size_t r = 0; r < shared_rows_; ++r) {
        for (std::size_t k = 0; k < sizes_; ++k) coupling_[r * sizes_ + k] -= products[(sizes_ + r) * border_ + k];
        for (std::size_t o = 0; o < shared_rows_; ++o)
            row_matrix_[r * shared_rows_ + o] -= products[(sizes_ + std::max(r, o)) * border_ + sizes_ + std::min(r, o)];
        row_matrix_[r * shared_rows_ + r] += regular * 1e-3;
    }
    factor_dense(row_matrix_, shared_rows_);
    // sizes: H' + Kᵀ M'⁻¹ K
    std::vector<double> solved(shared_rows_);
    for (std::size_t k = 0; k < sizes_; ++k) {
        for (std::size_t r = 0; r < shared_rows_; ++r) solved[r] = coupling_[r * sizes_ + k];
        solve_dense(row_matrix_, shared_rows_, solved.data());
        for (std::size_t o = 0; o < sizes_; ++o)
            for (std::size_t r = 0; r < shared_rows_; ++r) size_matrix_[o * sizes_ + k] += coupling_[r * sizes_ + o] * solved[r];
    }
    factor_dense(size_matrix_, sizes_);
}

/// dλ, dμ, dy and dx for D dx − … = pull, and so on; `gap` and `shared_gap` are what the rows still want.
void Newton::solve_condensed(const Vector& pull, const Vector& shared_pull, const Vector& gap, const Vector& shared_gap, Direction& direction) {
    Vector p = gap, q = shared_gap, h = shared_pull;
    for (std::size_t j = 0; j < columns_; ++j) {
        const double moved = inverse_[j] * pull[j];
        if (moved == 0) continue;
        for (std::size_t e = first_entry_[j]; e < first_entry_[j + 1]; ++e) p[static_cast<std::size_t>(entries_[e].first)] -= entries_[e].second * moved;
        for (std::size_t e = first_shared_entry_[j]; e < first_shared_entry_[j + 1]; ++e)
            q[static_cast<std::size_t>(shared_entries_[e].first)] -= shared_entries_[e].second * moved;
        if (size_of_[j] >= 0) h[static_cast<std::size_t>(size_of_[j])] += pull_of_size_[j] * moved;
    }
    chain_.solve_lower(p, 1);
    for (std::size_t row = 0; row < static_cast<std::size_t>(form_.rows); ++row) {
        const double* w = border_rows_.data() + row * border_;
        for (std::size_t k = 0; k < sizes_; ++k) h[k] += w[k] * p[row];
        for (std::size_t r = 0; r < shared_rows_; ++r) q[r] -= w[sizes_ + r] * p[row];
    }
    Vector solved = q;
    solve_dense(row_matrix_, shared_rows_, solved.data());
    direction.y = h;
    for (std::size_t k = 0; k < sizes_; ++k)
        for (std::size_t r = 0; r < shared_rows_; ++r) direction.y[k] += coupling_[r * sizes_ + k] * solved[r];
    solve_dense(size_matrix_, sizes_, direction.y.data());
    direction.shared_prices = q;
    for (std::size_t r = 0; r < shared_rows_; ++r)
        for (std::size_t k = 0; k < sizes_; ++k) direction.shared_prices[r] -= coupling_[r * sizes_ + k] * direction.y[k];
    solve_dense(row_matrix_, shared_rows_, direction.shared_prices.data());
    direction.prices = p;
    for (std::size_t row = 0; row < static_cast<std::size_t>(form_.rows); ++row) {
        const double* w = border_rows_.data() + row * border_;
        for (std::size_t k = 0; k < sizes_; ++k) direction.prices[row] -= w[k] * direction.y[k];
        for (std::size_t r = 0; r < shared_rows_; ++r) direction.prices[row] -= w[sizes_ + r] * direction.shared_prices[r];
    }
    chain_.solve_upper(direction.prices);
    direction.x.resize(columns_);
    for (std::size_t j = 0; j < columns_; ++j) {
        double value = pull[j];
        for (std::size_t e = first_entry_[j]; e < first_entry_[j + 1]; ++e)
            value += entries_[e].second * direction.prices[static_cast<std::size_t>(entries_[e].first)];
        for (std::size_t e = first_shared_entry_[j]; e < first_shared_entry_[j + 1]; ++e)
            value += shared_entries_[e].second * direction.shared_prices[static_cast<std::size_t>(shared_entries_[e].first)];
        if (size_of_[j] >= 0) value += pull_of_size_[j] * direction.y[static_cast<std::size_t>(size_of_[j])];
        direction.x[j] = inverse_[j] * value;
    }
}

void Newton::solve(const StagedPoint& point, const Vector& complementarity, Direction& direction) {
    Vector pull(columns_), shared_pull(sizes_);
    for (std::size_t j = 0; j < columns_; ++j) pull[j] = -dual_[j];
    for (std::size_t k = 0; k < sizes_; ++k) shared_pull[k] = -shared_dual_[k];
    for (std::size_t i = 0; i < limits_.size(); ++i) {
        const auto& limit = limits_[i];
        const double push = limit.sign * (complementarity[i] - point.weights[i] * limit_gap_[i]) / point.slacks[i];
        const auto j = static_cast<std::size_t>(owner_[i]);
        (j < columns_ ? pull[j] : shared_pull[j - columns_]) += push;
        if (limit.size >= 0) shared_pull[static_cast<std::size_t>(limit.size)] -= limit.share * push;
    }
    solve_condensed(pull, shared_pull, primal_, shared_primal_, direction);
    Direction correction;
    for (int round = 0; round < 2; ++round) { // what rounding has left in the rows
        Vector gap = primal_, shared_gap = shared_primal_;
        double before = 0, after = 0;
        for (const double value : gap) before = std::max(before, std::abs(value));
        for (std::size_t j = 0; j < columns_; ++j) {
            for (std::size_t e = first_entry_[j]; e < first_entry_[j + 1]; ++e)
                gap[static_cast<std::size_t>(entries_[e].first)] -= entries_[e].second * direction.x[j];
            for (std::size_t e = first_shared_entry_[j]; e < first_shared_entry_[j + 1]; ++e)
                shared_gap[static_cast<std::size_t>(shared_entries_[e].first)] -= shared_entries_[e].second * direction.x[j];
        }
        for (const auto& entry : form_.shared_column_entries)
            gap[static_cast<std::size_t>(entry.row)] -= entry.value * direction.y[static_cast<std::size_t>(entry.column)];
        for (const auto& entry : form_.shared_corner)
            shared_gap[static_cast<std::size_t>(entry.row)] -= entry.value * direction.y[static_cast<std::size_t>(entry.column)];
        for (const double value : gap) after = std::max(after, std::abs(value));
        for (const double value : shared_gap) after = std::max(after, std::abs(value));
        if (after < 1e-12 || after < 1e-3 * before) break;
        solve_condensed(Vector(columns_), Vector(sizes_), gap, shared_gap, correction);
        const auto add = [](Vector& to, const Vector& what) {
            for (std::size_t i = 0; i < to.size(); ++i) to[i] += what[i];
        };
        add(direction.x, correction.x), add(direction.y, correction.y), add(direction.prices, correction.prices);
        add(direction.shared_prices, correction.shared_prices);
    }
    direction.slacks.resize(limits_.size()), direction.weights.resize(limits_.size());
    for (std::size_t i = 0; i < limits_.size(); ++i) {
        const auto& limit = limits_[i];
        const auto j = static_cast<std::size_t>(owner_[i]);
        double value = j < columns_ ? direction.x[j] : direction.y[j - columns_];
        if (limit.size >= 0) value -= limit.share * direction.y[static_cast<std::size_t>(limit.size)];
        direction.slacks[i] = limit.sign * value + limit_gap_[i];
        direction.weights[i] = (complementarity[i] - point.weights[i] * direction.slacks[i]) / point.slacks[i];
    }
}

std::pair<double, double> Newton::lengths(const StagedPoint& point, const Direction& direction) const {
    double primal = 1, dual = 1;
    for (std::size_t i = 0; i < limits_.size(); ++i) {
        if (direction.slacks[i] < 0) primal = std::min(primal, -point.slacks[i] / direction.slacks[i]);
        if (direction.weights[i] < 0) dual = std::min(dual, -point.weights[i] / direction.weights[i]);
    }
    return {primal, dual};
}

bool Newton::step(StagedPoint& point) {
    residuals(point);
    factor(point);
    const std::size_t count = limits_.size();
    Vector complementarity(count);
    for (std::size_t i = 0; i < count; ++i) complementarity[i] = -point.slacks[i] * point.weights[i];
    Direction direction;
    solve(point, complementarity, direction);
    auto [primal, dual] = lengths(point, direction);
    double mean = 0;
    for (std::size_t i = 0; i < count; ++i) mean += (point.slacks[i] + primal * direction.slacks[i]) * (point.weights[i] + dual * direction.weights[i]);
    mean /= static_cast<double>(std::max<std::size_t>(1, count));
    const double ratio = mean_ > 0 ? mean / mean_ : 0, centre = ratio * ratio * ratio;
    for (std::size_t i = 0; i < count; ++i)
        complementarity[i] = centre * mean_ - point.slacks[i] * point.weights[i] - direction.slacks[i] * direction.weights[i];
    solve(point, complementarity, direction);
    std::tie(primal, dual) = lengths(point, direction);
    // Gondzio's correctors: the factors are paid for, a few more solves make the step longer
    for (int round = 0; round < 2 && std::min(primal, dual) < 0.95; ++round) {
        const double primal_aim = std::min(1.0, 1.08 * primal + 0.08), dual_aim = std::min(1.0, 1.08 * dual + 0.08);
        const double target = centre * mean_;
        Vector tried = complementarity;
        for (std::size_t i = 0; i < count; ++i) {
            const double product = (point.slacks[i] + primal_aim * direction.slacks[i]) * (point.weights[i] + dual_aim * direction.weights[i]);
            if (product < 0.1 * target) tried[i] += 0.1 * target - product;
            else if (product > 10 * target) tried[i] += std::max(10 * target - product, -10 * target);
        }
        Direction corrected;
        solve(point, tried, corrected);
        const auto [p, d] = lengths(point, corrected);
        if (p < 1.01 * primal && d < 1.01 * dual) break;
        if (p < primal * 0.9 || d < dual * 0.9) break;
        direction = std::move(corrected), complementarity = std::move(tried), primal = p, dual = d;
    }
    if (primal < 1) primal *= back;
    if (dual < 1) dual *= back;
    if (!(primal > 1e-10 || dual > 1e-10)) return false;
    const auto move = [](Vector& to, const Vector& by, double length) {
        for (std::size_t i = 0; i < to.size(); ++i) to[i] += length * by[i];
    };
    move(point.x, direction.x, primal), move(point.y, direction.y, primal), move(point.slacks, direction.slacks, primal);
    move(point.prices, direction.prices, dual), move(point.shared_prices, direction.shared_prices, dual), move(point.weights, direction.weights, dual);
    for (std::size_t i = 0; i < count; ++i) {
        point.slacks[i] = std::max(point.slacks[i], 1e-30), point.weights[i] = std::max(point.weights[i], 1e-30);
        if (!std::isfinite(point.slacks[i]) || !std::isfinite(point.weights[i])) return false;
    }
    return true;
}

} // namespace greenbank::solver
