// clean.h — what a text may bring onto a page. Controls, bidirectional overrides and invisible characters vanish; white space is one space;
// line ends of every kind are '\n'; a mark with nothing to stand on gets a dotted circle; more than four marks on a letter are dropped.
#pragma once

#include <string>
#include <string_view>

namespace greenbank::paper {

/// `utf8` must be valid. Without white space at either end of any line. The result is what a reader of the PDF can copy out of it.
std::string clean(std::string_view utf8);
/// The same on one line.
std::string clean_line(std::string_view utf8);
/// A piece of a longer text: white space at its ends stays as one space.
std::string clean_piece(std::string_view utf8);

/// `text` with the last characters left out and an ellipsis, if it has more than `characters`.
std::string shortened(std::string_view text, std::size_t characters);

} // namespace greenbank::paper
