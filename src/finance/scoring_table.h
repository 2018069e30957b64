// scoring_table.h — a table of borrowers out of a file.
#pragma once

#include <optional>

#include "finance/engine/scoring/model.h"
#include "kernel/result.h"

namespace greenbank::finance {

struct TableQuestion {
    std::string path;
    std::optional<std::string> target, bad; // the column of who went bad, and which of its values says so; without: 1 of 0 and 1
    std::vector<std::string> ignored;
    const ScoringModel* model = nullptr; // its columns, in its order; without: all
};
struct BorrowerTable {
    ScoringTable table;
    std::vector<std::string> ids; // of the first ignored column
};
Result<BorrowerTable> read_borrowers(const TableQuestion& question);

} // namespace greenbank::finance
