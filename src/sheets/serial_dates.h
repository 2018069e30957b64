// serial_dates.h — days counted from 1900 or 1904, as workbooks store them, to ISO 8601 and back (ECMA-376 part 1, 18.17.4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sheets/cells.h"

namespace greenbank::sheets {

enum class DateSystem { from_1900, from_1904 };

struct Moment {
    CellKind kind;
    std::string text;
};

/// The text of a serial number under a format of that kind. A `time` of a day or more has its date too (date_time). Nothing for what is no
/// day: below zero, after 9999, and in the 1900 system the days 0 and 60, "1900-02-29", which never was.
std::optional<Moment> from_serial(double serial, CellKind kind, DateSystem system);

/// The serial number in the 1900 system, or nothing where the text is not of the kind or lies outside.
std::optional<double> to_serial(std::string_view text, CellKind kind);

/// "2026-11-20T08:30:00.5Z", as strict workbooks store dates: what kind it is, and its text without zone.
std::optional<Moment> from_iso(std::string_view text);

} // namespace greenbank::sheets
