// number_format.h — what a number format of a workbook says about the number under it (ECMA-376 part 1, 18.8.30 and 18.8.31).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sheets/cells.h"

namespace greenbank::sheets {

struct FormatMeaning {
    CellKind kind = CellKind::number; // number, date, time, date_time or duration
    bool percent = false;
    std::string unit = {}; // the text that the format writes behind a number; none where it shows another number than the stored one
};

/// Of the first section of the code; positive, negative and zero are one kind of thing.
FormatMeaning meaning_of(std::string_view code);

/// The code of a built-in format, as a Chinese edition shows it; "" for General and for numbers that name none.
std::string_view built_in_format(std::uint32_t id);

} // namespace greenbank::sheets
