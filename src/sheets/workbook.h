// workbook.h — the small parts of a workbook: which sheets there are, and what the styles of cells mean (ECMA-376 part 1, 18.2 and 18.8).
#pragma once

#include <string>
#include <vector>

#include "sheets/number_format.h"
#include "sheets/package.h"
#include "sheets/serial_dates.h"
#include "sheets/shared_strings.h"
#include "sheets/sheets.h"

namespace greenbank::sheets {

struct CellFormat {
    std::string code;
    FormatMeaning meaning;
};

struct Workbook {
    std::vector<SheetName> sheets;
    std::vector<std::string> sheet_parts; // of each, in the package
    std::vector<CellFormat> formats;      // the first is General
    std::vector<std::uint32_t> styles;    // a cell's style number to its format
    DateSystem dates = DateSystem::from_1900;
    SharedStrings strings;
    Problems notes;

    const CellFormat& format_of(std::size_t style) const { return formats[style < styles.size() ? styles[style] : 0]; }
};

/// Follows the package's relationships inwards only: what lies outside is noted and left alone.
Result<Workbook> read_workbook(const Package& package, const Limits& limits);

} // namespace greenbank::sheets
