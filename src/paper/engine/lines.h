// lines.h — where the lines of a paragraph end. Pure: widths in, first boxes of lines out; any unit of length.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace greenbank::paper {

enum class Break { never, allowed, forced };

/// A piece of text that no line end may cut.
struct Box {
    double width = 0;
    double space = 0; // white space after it; it vanishes at the end of a line
    double hang = 0;  // the blank right part of a closing mark, which may stand outside the line it ends
    Break after = Break::never;
};

/// What a line may hold.
struct Measure {
    double first = 0; // the first line, which may be indented
    double rest = 0;
};

enum class Fit {
    first, // each line takes what it can
    even,  // the sum of squared white space at line ends is least, the last line and forced ones free (Knuth, Plass 1981, in its simplest form)
};

/// Index of the first box of each line; empty for no boxes. A line is longer than its measure only where no break is allowed.
std::vector<std::size_t> break_lines(std::span<const Box> boxes, Measure measure, Fit fit);

} // namespace greenbank::paper
