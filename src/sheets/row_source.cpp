// row_source.cpp — what all rows share.
#include "sheets/row_source.h"

namespace greenbank::sheets {

void add_problem(Problems& problems, Problem problem) {
    if (problems.size() >= row_problems_max) return;
    if (problems.size() + 1 == row_problems_max) problem = {problem.field, "sheets.more_problems", "The row has more problems than are listed."};
    problems.push_back(std::move(problem));
}

std::string row_name(std::uint32_t row) { return "row " + std::to_string(row); }

} // namespace greenbank::sheets
