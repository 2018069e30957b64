// staged_simplex.h — a staged program for CLP's dual simplex and, as MPS, for any other solver.
#pragma once

#include <string>
#include <string_view>

#include "solver/staged.h"

namespace greenbank::solver {

/// The fallback of solve_staged, and its twin. Stopped: what is there, with its violation and bound.
StagedAnswer solve_staged_by_simplex(const StagedProgram& program, const Stop& stop = {});

/// The same where the columns `whole` are whole numbers: CBC. Its bound is that of the tree; prices are those with the whole numbers as they came out.
StagedAnswer solve_staged_whole(const StagedProgram& program, std::span<const int> whole, const Stop& stop = {});

/// Shares of sizes written as rows, behind the others.
StagedProgram with_tie_rows(const StagedProgram& program);

/// Free MPS; columns c0, c1 … and rows r0, r1 … in the program's order.
std::string to_mps(const StagedProgram& program, std::string_view name);

} // namespace greenbank::solver
