// written_text.h — what every writer checks of the texts it is given.
#pragma once

#include <string>
#include <string_view>

#include "kernel/result.h"
#include "sheets/cells.h"

namespace greenbank::sheets {

/// Only sound UTF-8 without NUL goes into a file.
Result<Done> check_text(std::string_view text, std::size_t column, std::uint32_t row);

/// Columns that a text takes on a screen: ideographs take two.
std::size_t shown_width(std::string_view text);

Result<Done> check_width(std::size_t cells, std::size_t columns, std::uint32_t row);

} // namespace greenbank::sheets
