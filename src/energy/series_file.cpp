// series_file.cpp — rows in, each with its moment in seconds.
#include "energy/series_file.h"

#include <cmath>
#include <limits>

#include "kernel/time.h"
#include "sheets/named_rows.h"

namespace greenbank::energy {

std::optional<std::int64_t> seconds_of(std::string_view timestamp) {
    if (const auto seconds = sheets::parse_number<std::int64_t>(timestamp)) return seconds;
    std::string text(timestamp);
    if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
    auto time = parse_time(text);
    if (!time) time = parse_time(text + "Z");
    if (!time) return {};
    const std::int64_t second = 1'000'000, rest = time->microseconds % second;
    return (time->microseconds - rest) / second - (rest < 0);
}

Result<std::vector<SeriesRow>> read_series(const std::filesystem::path& path) {
    static constexpr std::string_view columns[] = {"timestamp", "value"};
    enum Column { timestamp, value };
    const std::string heading = "The series in {path} is not right; every fault is named.";
    auto rows = TRY(sheets::in_file(sheets::NamedRows::open(path, columns, 2), "energy.series_file", heading, path.string()));
    std::vector<SeriesRow> series;
    while (!rows.too_many() && TRY(rows.next())) {
        SeriesRow row{std::string(rows[timestamp]), 0, std::numeric_limits<double>::quiet_NaN()};
        if (const auto seconds = seconds_of(rows[timestamp])) row.seconds = *seconds;
        else rows.fault(timestamp, "energy.file_moment", "A moment is written as 2026-11-20 08:00:00, as 2026-11-20T08:00:00Z, or in seconds since 1970.");
        if (const auto number = sheets::parse_number<double>(rows[value])) row.value = *number;
        else if (!rows[value].empty()) rows.fault(value, "energy.file_value", "Write a number, or leave the cell empty where nothing was measured.");
        series.push_back(std::move(row));
    }
    if (!rows.problems().empty()) return Error{Failure::invalid, "energy.series_file", heading, {{"path", path.string()}}, std::move(rows.problems())};
    return series;
}

} // namespace greenbank::energy
