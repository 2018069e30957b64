// columns.h — the widths of a table's columns from what their cells need. Pure; any unit of length.
#pragma once

#include <span>
#include <vector>

namespace greenbank::paper {

struct ColumnNeed {
    double least = 0;   // its longest piece that no line end may cut
    double natural = 0; // its longest cell on one line
    double share = 0;   // of the whole width as the author wishes; 0 leaves it to the contents
};

/// Widths that fill `width` exactly. Wished shares are kept, scaled down if they leave others nothing; the rest goes by contents, and nobody wraps
/// while all fit. Everybody gets `least`; where that is too much for all, those who need most get less, and alike.
std::vector<double> column_widths(std::span<const ColumnNeed> needs, double width);

} // namespace greenbank::paper
