// system.h — the technosphere put in order and solved: each process by the product it is there for, consumers before their suppliers.
// Method: Gauss-Seidel sweeps in that order, which an economy that uses less than it makes lets settle in a dozen sweeps; where they do not settle,
// a direct factorisation (solver/sparse_lu.h). Every answer says which of the two it is.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "carbon/engine/model.h"
#include "solver/sparse_lu.h"

namespace greenbank::carbon {

/// One direction of the system in the order of its sweeps. Values may be replaced by those of a sample.
struct Sweeps {
    std::vector<std::uint32_t> unknowns;                            // process (forward) or product (adjoint) of each place
    std::vector<std::uint32_t> starts;                              // of each row's entries beside the diagonal; one more at the end
    std::vector<std::uint32_t> places;                              // of the unknown of each entry
    std::vector<std::uint32_t> exchanges;                           // which exchange of the technosphere it is
    std::vector<std::pair<std::uint32_t, std::uint32_t>> diagonals; // place and exchange; several of a place add up
    std::vector<double> values, diagonal;                           // of the entries and of each place: as the model has them
    std::size_t size() const { return unknowns.size(); }
    /// Takes other amounts of the exchanges.
    void take(std::span<const double> amounts, std::vector<double>& into_values, std::vector<double>& into_diagonal) const;
};

struct SweepResult {
    bool settled = false;
    int sweeps = 0;
};

/// x so that diagonal·x + Σ value·x = right, from the x given. Settled: where `weights` are given, when a sweep changes Σ weight·|residual| by no more
/// than `tolerance`; else when no unknown changes by more than a few units in its last place.
SweepResult sweep(const Sweeps& order, std::span<const double> values, std::span<const double> diagonal, std::span<const double> right, std::span<double> x,
    std::span<const double> weights = {}, double tolerance = 0);

class System {
public:
    /// Nothing and `fault` set where the model has no answer.
    static std::optional<System> arrange(const Model& model, Fault& fault);

    std::uint32_t product_of(std::uint32_t process) const { return product_of_[process]; }
    std::uint32_t process_of(std::uint32_t product) const { return process_of_[product]; }

    /// How much each process runs for the demand; by process. Nothing where the system is singular.
    std::optional<std::vector<double>> scaling(const Demand& demand);
    /// What a unit of each product weighs, where a unit of each process weighs `burdens`; by product. Nothing where the system is singular.
    std::optional<std::vector<double>> intensities(std::span<const double> burdens);

    int sweeps() const { return sweeps_; }             // of the last answer; 0: it is direct
    bool is_direct() const { return lu_.has_value(); } // sweeps did not settle once, so they are not tried again

    /// The sweeps of one direction over what the demands reach (all of them: everything).
    Sweeps forward_order(std::span<const Demand> demands) const;
    Sweeps adjoint_order(std::span<const Demand> demands) const;
    const std::vector<Exchange>& exchanges() const { return exchanges_; }
    /// Values of the technosphere by exchange as compressed columns, for the direct way.
    solver::SparseColumns columns(std::span<const double> values) const;

private:
    bool factor();
    bool pair_up();
    std::optional<std::vector<double>> solve(std::optional<Sweeps>& order, bool adjoint, std::span<const double> right);
    /// Processes that the demands reach, consumers before their suppliers as far as loops let them.
    std::vector<std::uint32_t> reach(std::span<const Demand> demands) const;
    Sweeps order_of(const std::vector<std::uint32_t>& processes, bool adjoint) const;

    std::vector<Exchange> exchanges_;
    std::vector<double> amounts_;
    std::vector<std::uint32_t> product_of_, process_of_;
    std::vector<std::uint32_t> column_starts_, by_column_; // exchanges of each process
    std::vector<std::uint32_t> row_starts_, by_row_;       // exchanges of each product
    std::optional<Sweeps> forward_all_, adjoint_all_;
    std::optional<solver::SparseLu> lu_;
    int sweeps_ = 0;
};

} // namespace greenbank::carbon
