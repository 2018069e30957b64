// reference.h — the room's rows of data/reference, as they lie in the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace greenbank::finance {

/// All rows of a CSV file, in the order of its columns.
std::vector<std::vector<std::string>> reference_rows(std::string_view file);

} // namespace greenbank::finance
