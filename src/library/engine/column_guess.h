// column_guess.h — which column of somebody's table belongs to which field: by its heading. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace greenbank::library {

/// A place a column may go to ("title.zh", "readiness.level"), and what people call it, folded; the first name is the usual one.
struct ColumnTarget {
    std::string path;
    std::vector<std::string> names;
};

struct ColumnGuess {
    std::size_t column;
    std::string path;
    double confidence; // 1: the heading is one of the names; from 0.5: much of it is
};

/// Headings must be folded like the names. Each column and each target is used once, surest first; guesses below 0.5 are left out.
/// In order of the columns.
std::vector<ColumnGuess> guess_columns(std::span<const std::string> headings, std::span<const ColumnTarget> targets);

/// How much of two folded texts is the same: shared pairs of characters by all of both (Dice's coefficient, 0 to 1).
double pair_similarity(std::string_view a, std::string_view b);

} // namespace greenbank::library
