// readings.h — tables of readings, as people have them: a column `time`, then one column for each parameter of the methodology. A cell that is empty is a
// reading that is missing; a time that is not there is missing for all. Limits: rows, columns, and a period's length.
#pragma once

#include <filesystem>

#include "carbon/engine/methodology.h"
#include "sheets/sheets.h"

namespace greenbank::carbon {

/// Both days belong to it; absent: from the first time in the table to the last.
struct ReadingsSpan {
    std::optional<Date> from, until;
};
constexpr std::size_t reading_rows_max = 600'000; // a year of minutes

/// Every faulty row is a problem at its cell ("B12"): no time, a time off the grid or out of the period, a number that is none, a moment twice.
Result<std::vector<MonitoredSeries>> read_readings(const Methodology& methodology, sheets::TableReader& table, const ReadingsSpan& span);

} // namespace greenbank::carbon
