// staged_simplex.cpp — the same programs for everybody: CLP's dual simplex as the fallback and the twin, and MPS for other solvers.
#include <ClpEventHandler.hpp>
#include <ClpSimplex.hpp>

#include <fmt/format.h>

#include "solver/coin_load.h"
#include "solver/staged_simplex.h"

namespace greenbank::solver {

namespace {

class Asked final : public ClpEventHandler {
public:
    explicit Asked(const Stop& stop) : stop_(&stop) {}
    int event(Event) override { return *stop_ && (*stop_)() ? 5 : -1; }
    ClpEventHandler* clone() const override { return new Asked(*this); }

private:
    const Stop* stop_;
};

} // namespace

StagedProgram with_tie_rows(const StagedProgram& program) {
    StagedProgram plain = program;
    for (std::size_t j = 0; j < program.columns.size(); ++j) {
        const auto& column = program.columns[j];
        if (column.size < 0) continue;
        const auto tie = [&](double share, bool most) {
            if (!std::isfinite(share)) return;
            if (share == 0) {
                double& own = most ? plain.columns[j].upper : plain.columns[j].lower;
                own = most ? std::min(own, 0.0) : std::max(own, 0.0);
                return;
            }
            const int row = plain.add(StagedProgram::Row{column.stage, most ? -no_limit : 0, most ? 0 : no_limit});
            plain.enter(row, static_cast<int>(j), 1);
            plain.enter(row, column.size, -share);
        };
        tie(column.share_max, true), tie(column.share_min, false);
        plain.columns[j].size = -1;
    }
    return plain;
}

StagedAnswer solve_staged_by_simplex(const StagedProgram& program, const Stop& stop) {
    const StagedProgram plain = with_tie_rows(program);
    ClpSimplex simplex;
    simplex.setLogLevel(0);
    load_plain(simplex, plain);
    const Asked asked(stop);
    simplex.passInEventHandler(&asked);
    ClpSolve how;
    how.setSolveType(ClpSolve::useDual);
    how.setPresolveType(ClpSolve::presolveOn);
    how.setDoImpliedFree(false); // loses memory in CoinUtils 2.11
    simplex.initialSolve(how);
    StagedAnswer answer;
    answer.columns.assign(simplex.primalColumnSolution(), simplex.primalColumnSolution() + program.columns.size());
    answer.iterations = simplex.numberIterations();
    answer.objective = staged_cost(program, answer.columns);
    answer.violation = staged_violation(program, answer.columns);
    const std::vector<double> prices(simplex.dualRowSolution(), simplex.dualRowSolution() + plain.rows.size());
    answer.prices.assign(prices.begin(), prices.begin() + static_cast<std::ptrdiff_t>(program.rows.size()));
    answer.bound = staged_bound(program, answer.prices);
    return answer;
}

std::string to_mps(const StagedProgram& program, std::string_view name) {
    const StagedProgram plain = with_tie_rows(program);
    std::string out = // FREE: clp takes a first limit of one character for a fixed column otherwise
        fmt::format("NAME {} FREE\nROWS\n N cost\n", name);
    const auto range = [](const StagedProgram::Row& row) { return std::isfinite(row.lower) && std::isfinite(row.upper) && row.lower != row.upper; };
    for (std::size_t i = 0; i < plain.rows.size(); ++i) {
        const auto& row = plain.rows[i];
        fmt::format_to(std::back_inserter(out), " {} r{}\n",
            row.lower == row.upper     ? 'E'
            : std::isfinite(row.upper) ? 'L'
            : std::isfinite(row.lower) ? 'G'
                                       : 'N',
            i);
    }
    std::vector<std::vector<std::pair<int, double>>> by_column(plain.columns.size());
    for (const auto& entry : plain.entries)
        if (entry.value != 0) by_column[entry.column].emplace_back(entry.row, entry.value);
    const auto matters = [&](std::size_t j) { return plain.columns[j].cost != 0 || !by_column[j].empty(); }; // clp knows no column without an entry
    out += "COLUMNS\n";
    for (std::size_t j = 0; j < plain.columns.size(); ++j) {
        if (plain.columns[j].cost != 0) fmt::format_to(std::back_inserter(out), " c{} cost {}\n", j, plain.columns[j].cost);
        for (const auto& [row, value] : by_column[j]) fmt::format_to(std::back_inserter(out), " c{} r{} {}\n", j, row, value);
    }
    out += "RHS\n";
    for (std::size_t i = 0; i < plain.rows.size(); ++i) {
        const double right = std::isfinite(plain.rows[i].upper) ? plain.rows[i].upper : plain.rows[i].lower;
        if (std::isfinite(right) && right != 0) fmt::format_to(std::back_inserter(out), " RHS r{} {}\n", i, right);
    }
    out += "RANGES\n";
    for (std::size_t i = 0; i < plain.rows.size(); ++i)
        if (range(plain.rows[i])) fmt::format_to(std::back_inserter(out), " RNG r{} {}\n", i, plain.rows[i].upper - plain.rows[i].lower);
    out += "BOUNDS\n";
    for (std::size_t j = 0; j < plain.columns.size(); ++j) {
        const auto& column = plain.columns[j];
        if (!matters(j)) continue;
        if (column.lower == column.upper) fmt::format_to(std::back_inserter(out), " FX BND c{} {}\n", j, column.lower);
        else {
            if (column.lower == -no_limit) fmt::format_to(std::back_inserter(out), " {} BND c{}\n", column.upper == no_limit ? "FR" : "MI", j);
            else if (column.lower != 0) fmt::format_to(std::back_inserter(out), " LO BND c{} {}\n", j, column.lower);
            if (column.upper != no_limit) fmt::format_to(std::back_inserter(out), " UP BND c{} {}\n", j, column.upper);
        }
    }
    return out + "ENDATA\n";
}

} // namespace greenbank::solver
