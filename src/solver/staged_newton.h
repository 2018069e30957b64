// staged_newton.h — one step of the interior point: columns are eliminated one by one, stage rows by a block tridiagonal
// Cholesky, shared columns and rows by a small dense one. Only sums of positive terms are formed where that is possible, so
// that sizes which are decided by few hours are not lost in rounding.
#pragma once

#include "solver/block_tridiagonal.h"
#include "solver/staged.h"

namespace greenbank::solver {

/// The program as the interior point wants it.
struct StagedForm {
    /// sign · (x − share · size − constant) ≥ 0
    struct Limit {
        double sign;
        int size; // -1: none
        double share, constant;
    };
    struct Entry {
        int row, column;
        double value;
    };
    int stages = 0, rows = 0, shared_rows = 0;
    std::vector<int> row_counts; // of each stage; rows are numbered stage by stage
    std::vector<double> costs, shared_costs;
    std::vector<Limit> limits;
    std::vector<std::size_t> first_limit{0}; // of each column
    struct Range {
        double lower, upper;
    };
    std::vector<Range> shared_limits;
    std::vector<Entry> entries;               // stage row, stage column
    std::vector<Entry> shared_column_entries; // stage row, shared column
    std::vector<Entry> shared_row_entries;    // shared row, stage column
    std::vector<Entry> shared_corner;         // shared row, shared column
    std::vector<double> right, shared_right;
    std::vector<double> row_unit, shared_row_unit; // rows are divided by them

    int add_column(double cost, std::span<const Limit> own) {
        costs.push_back(cost);
        limits.insert(limits.end(), own.begin(), own.end());
        first_limit.push_back(limits.size());
        return static_cast<int>(costs.size()) - 1;
    }
};

struct StagedPoint {
    std::vector<double> x, y, prices, shared_prices;
    std::vector<double> slacks, weights; // of the limits: those of columns, then of shared columns
};

class Newton {
public:
    explicit Newton(const StagedForm& form);

    StagedPoint start(double slack) const;
    /// False where no step can be made any more.
    bool step(StagedPoint& point);

private:
    using Vector = std::vector<double>;
    struct Pair { // two entries of one column in stage rows
        std::size_t place;
        double product;
    };
    struct Direction {
        Vector x, y, prices, shared_prices, slacks, weights;
    };

    void factor(const StagedPoint& point);
    void residuals(const StagedPoint& point);
    void solve(const StagedPoint& point, const Vector& complementarity, Direction& direction);
    void solve_condensed(const Vector& pull, const Vector& shared_pull, const Vector& gap, const Vector& shared_gap, Direction& direction);
    std::pair<double, double> lengths(const StagedPoint& point, const Direction& direction) const;

    const StagedForm& form_;
    std::size_t columns_, sizes_, shared_rows_, border_;
    std::vector<StagedForm::Limit> limits_; // all, those of shared columns behind
    std::vector<int> owner_;                // column of a limit; shared columns from columns_ on
    std::vector<std::size_t> first_entry_, first_pair_, first_shared_entry_;
    std::vector<std::pair<int, double>> entries_, shared_entries_; // by column: stage row, shared row
    std::vector<Pair> pairs_;
    BlockTridiagonal chain_;
    Vector inverse_, pull_of_size_; // by column: 1/D, Σ weight/slack · share of tied limits
    std::vector<int> size_of_;
    Vector border_rows_;                         // L⁻¹ [U V], border_ wide
    Vector size_matrix_, coupling_, row_matrix_; // the dense ones; factors of them after factor()
    Vector dual_, shared_dual_, primal_, shared_primal_, limit_gap_;
    double mean_ = 0;
};

} // namespace greenbank::solver
