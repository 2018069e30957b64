// clp_cbc.cpp — CLP for relaxations, CBC for whole numbers.
#include <CbcEventHandler.hpp>
#include <CbcHeuristic.hpp>
#include <CbcHeuristicRINS.hpp>
#include <CbcModel.hpp>
#include <CglClique.hpp>
#include <CglGomory.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <CglProbing.hpp>
#include <CglZeroHalf.hpp>
#include <ClpEventHandler.hpp>
#include <ClpSimplex.hpp>
#include <ClpSolve.hpp>
#include <OsiClpSolverInterface.hpp>

#include <cmath>
#include <limits>

#include "solver/coin_load.h"
#include "solver/linear.h"
#include "solver/staged_simplex.h"

namespace greenbank::solver {

namespace {

class ClpAsked final : public ClpEventHandler {
public:
    explicit ClpAsked(const Stop& stop) : stop_(&stop) {}
    int event(Event) override { return *stop_ && (*stop_)() ? 5 : -1; }
    ClpEventHandler* clone() const override { return new ClpAsked(*this); }

private:
    const Stop* stop_;
};

class CbcAsked final : public CbcEventHandler {
public:
    explicit CbcAsked(const Stop& asked) : stop_(&asked) {}
    CbcAction event(CbcEvent) override { return *stop_ && (*stop_)() ? CbcEventHandler::stop : noAction; }
    CbcEventHandler* clone() const override { return new CbcAsked(*this); }

private:
    const Stop* stop_;
};

/// Rows as COIN wants them; the objective is negated, because COIN minimises.
CoinPackedMatrix matrix_of(const LinearProgram& program) {
    std::vector<int> rows, columns;
    std::vector<double> coefficients;
    for (std::size_t row = 0; row < program.rows.size(); ++row)
        for (const auto& [column, coefficient] : program.rows[row].entries) {
            rows.push_back(static_cast<int>(row));
            columns.push_back(column);
            coefficients.push_back(coefficient);
        }
    CoinPackedMatrix matrix(true, rows.data(), columns.data(), coefficients.data(), static_cast<int>(rows.size()));
    matrix.setDimensions(static_cast<int>(program.rows.size()), static_cast<int>(program.gain.size()));
    return matrix;
}

template <class Solver> void load(Solver& solver, const LinearProgram& program) {
    std::vector<double> lower(program.gain.size(), 0), cost, row_lower(program.rows.size(), -COIN_DBL_MAX), row_upper;
    for (const double gain : program.gain) cost.push_back(-gain);
    for (const auto& row : program.rows) row_upper.push_back(row.limit);
    solver.loadProblem(matrix_of(program), lower.data(), program.upper.data(), cost.data(), row_lower.data(), row_upper.data());
}

double gain_of(const LinearProgram& program, const std::vector<double>& columns) {
    double gain = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) gain += program.gain[i] * std::round(columns[i]);
    return gain;
}

} // namespace

LinearAnswer solve_relaxation(const LinearProgram& program, const Stop& stop) {
    LinearAnswer answer{false, std::numeric_limits<double>::infinity(), {}, {}};
    ClpSimplex simplex;
    simplex.setLogLevel(0);
    load(simplex, program);
    const ClpAsked asked(stop);
    simplex.passInEventHandler(&asked);
    ClpSolve how;
    how.setSolveType(ClpSolve::automatic);
    how.setPresolveType(ClpSolve::presolveOn);
    how.setDoImpliedFree(false); // loses memory in CoinUtils 2.11
    simplex.initialSolve(how);
    if (!simplex.isProvenOptimal()) return answer;
    answer.solved = true;
    answer.columns.assign(simplex.primalColumnSolution(), simplex.primalColumnSolution() + program.gain.size());
    for (std::size_t row = 0; row < program.rows.size(); ++row) answer.prices.push_back(std::max(0.0, -simplex.dualRowSolution()[row]));
    answer.bound = bound_from_prices(program, answer.prices);
    return answer;
}

LinearAnswer solve_whole(const LinearProgram& program, std::span<const double> start, const Stop& stop) {
    LinearAnswer answer{false, std::numeric_limits<double>::infinity(), {}, {}};
    OsiClpSolverInterface interface;
    interface.messageHandler()->setLogLevel(0);
    interface.getModelPtr()->setLogLevel(0);
    load(interface, program);
    for (int column = 0; column < static_cast<int>(program.gain.size()); ++column) interface.setInteger(column);
    CbcModel model(interface);
    model.setLogLevel(0);
    model.solver()->messageHandler()->setLogLevel(0);
    const CbcAsked asked(stop);
    model.passInEventHandler(&asked);
    CglProbing probing;
    CglGomory gomory;
    CglClique clique;
    clique.setStarCliqueReport(false); // it would print
    clique.setRowCliqueReport(false);
    CglMixedIntegerRounding2 rounding;
    CglZeroHalf zero_half;
    model.addCutGenerator(&probing, -1, "probing");
    model.addCutGenerator(&gomory, -1, "gomory");
    model.addCutGenerator(&clique, -1, "clique");
    model.addCutGenerator(&rounding, -1, "rounding");
    model.addCutGenerator(&zero_half, -1, "zero half");
    CbcRounding round(model);
    CbcHeuristicRINS rins(model);
    model.addHeuristic(&round, "rounding");
    model.addHeuristic(&rins, "rins");
    bool whole = true; // whole gains: two solutions differ by one at least
    for (const double gain : program.gain) whole = whole && gain == std::floor(gain);
    if (whole) model.setDblParam(CbcModel::CbcCutoffIncrement, 0.999);
    model.initialSolve();
    if (!model.solver()->isProvenOptimal()) return answer;
    answer.bound = -model.solver()->getObjValue();
    if (!start.empty()) { // after the relaxation, which a cutoff would stop
        answer.columns.assign(start.begin(), start.end());
        model.setBestSolution(start.data(), static_cast<int>(start.size()), -gain_of(program, answer.columns));
    }
    model.branchAndBound();
    if (const double* found = model.bestSolution()) answer.columns.assign(found, found + program.gain.size());
    answer.solved = model.status() == 0 && !answer.columns.empty(); // the tree was searched to its end
    if (answer.solved) answer.bound = gain_of(program, answer.columns);
    else if (model.getBestPossibleObjValue() > -COIN_DBL_MAX / 2) answer.bound = std::min(answer.bound, -model.getBestPossibleObjValue());
    return answer;
}

StagedAnswer solve_staged_whole(const StagedProgram& program, std::span<const int> whole, const Stop& stop) {
    const StagedProgram plain = with_tie_rows(program);
    OsiClpSolverInterface interface;
    interface.messageHandler()->setLogLevel(0);
    interface.getModelPtr()->setLogLevel(0);
    load_plain(interface, plain);
    for (const int column : whole) interface.setInteger(column);
    CbcModel model(interface);
    model.setLogLevel(0);
    model.solver()->messageHandler()->setLogLevel(0);
    const CbcAsked asked(stop);
    model.passInEventHandler(&asked);
    CglProbing probing;
    CglGomory gomory;
    CglMixedIntegerRounding2 rounding;
    model.addCutGenerator(&probing, -1, "probing");
    model.addCutGenerator(&gomory, -1, "gomory");
    model.addCutGenerator(&rounding, -1, "rounding");
    CbcRounding round(model);
    model.addHeuristic(&round, "rounding");
    model.setDblParam(CbcModel::CbcAllowableFractionGap, 1e-7);
    model.setDblParam(CbcModel::CbcAllowableGap, 1e-9);
    StagedAnswer answer;
    model.initialSolve();
    if (!model.solver()->isProvenOptimal()) return answer; // nothing fits even without whole numbers
    answer.bound = model.solver()->getObjValue();
    model.branchAndBound();
    const double* found = model.bestSolution();
    if (!found) return answer;
    if (model.getBestPossibleObjValue() > -COIN_DBL_MAX / 2) answer.bound = std::max(answer.bound, model.getBestPossibleObjValue());
    StagedProgram settled = program; // with the whole numbers fixed, for exact columns and prices
    for (const int column : whole)
        settled.columns[static_cast<std::size_t>(column)].lower = settled.columns[static_cast<std::size_t>(column)].upper = std::round(found[column]);
    const double bound = answer.bound;
    answer = solve_staged_by_simplex(settled, {});
    answer.bound = model.status() == 0 ? answer.objective : std::min(bound, answer.objective); // the tree was searched to its end
    answer.iterations = model.getNodeCount();
    return answer;
}

} // namespace greenbank::solver
