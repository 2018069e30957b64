// file_kind.h — what a file is, by its first bytes.
#pragma once

#include <string_view>

#include "kernel/result.h"

namespace greenbank::sheets {

bool is_zip(std::string_view head);

/// Says what to do where the bytes are plainly something else than a workbook or text.
Result<Done> refuse_other_files(std::string_view head);

/// Would a CSV file that begins with this text, unquoted, be taken for something else?
bool misleads(std::string_view first_cell);

} // namespace greenbank::sheets
