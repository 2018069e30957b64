// Comma-separated values after RFC 4180, UTF-8 with or without a byte-order mark, `\n` or `\r\n`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"

namespace greenbank {

struct Csv {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::size_t> lines; // where each row begins, from 1

    /// The column of that name, or -1.
    int column(std::string_view name) const;
};

/// Every row must have as many cells as the header; all faulty rows are named ("line 7"). A file that is not text, or
/// has no header, is one clear error.
Result<Csv> parse_csv(std::string_view text);

/// Quoted where needed. Cells that a spreadsheet would run as a formula (= + - @ tab) are led by an apostrophe
/// unless they are plain numbers.
void append_csv_cell(std::string& out, std::string_view cell);

} // namespace greenbank
