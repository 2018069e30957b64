// formula_guard.h — texts in CSV that a spreadsheet would run as a formula get an apostrophe in front (OWASP, CSV injection).
#pragma once

#include <string_view>

namespace greenbank::sheets {

/// Does a text, apostrophes in front not counted, begin with = + - @, their full-width forms, a tab or a line end? Not so plain negative numbers.
/// Such a text is written with one apostrophe more, and read with one less: what had some of its own comes back with them.
bool needs_apostrophe(std::string_view text);
std::string_view without_apostrophe(std::string_view text);

} // namespace greenbank::sheets
