// table.h — JSON answers as text for people: lists as tables, single records as lines.
#pragma once

#include <string>
#include <string_view>

#include "kernel/text.h"

namespace greenbank::cli {

/// A page or a record; texts in the given language.
std::string answer_text(std::string_view json, Language language);
/// The sentence and the problems by field of a problem+json body.
std::string problem_text(std::string_view json);
/// Columns a terminal needs: Chinese characters are two wide.
std::size_t display_width(std::string_view utf8);

} // namespace greenbank::cli
