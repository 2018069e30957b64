// readings.cpp — one pass over the rows; places are found by time, so that order does not matter.
#include "carbon/reductions/readings.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "api/table_rows.h"

namespace greenbank::carbon {

namespace {

constexpr std::size_t problems_max = 200;

struct ReadingRow {
    Time at;
    std::uint32_t number;
    std::vector<double> values; // by column of the table; NaN: empty
};

/// "2026-11-01T05:00:00Z", and as spreadsheets write it: "2026-11-01 05:00", "2026/11/1 5:00", without a zone: UTC.
std::optional<Time> parse_moment(std::string_view text) {
    text = trim(text);
    if (const auto time = parse_time(text)) return time;
    std::size_t cut = text.find_first_of("T ");
    const auto date = parse_any_date(trim(text.substr(0, cut)));
    if (!date) return {};
    Time time{std::int64_t{date->days} * days(1).microseconds};
    if (cut == std::string_view::npos) return time;
    const std::string_view clock = trim(text.substr(cut + 1));
    int parts[3] = {0, 0, 0}, part = 0, digits = 0;
    for (const char c : clock) {
        if (c == ':' && part < 2 && digits > 0) ++part, digits = 0;
        else if (c >= '0' && c <= '9' && ++digits <= 2) parts[part] = parts[part] * 10 + (c - '0');
        else return {};
    }
    if (digits == 0 || part == 0 || parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return {};
    return time + hours(parts[0]) + minutes(parts[1]) + seconds(parts[2]);
}

std::string cell_at(std::size_t column, std::uint32_t row) { return sheets::cell_name(column, row); }

} // namespace

Result<std::vector<MonitoredSeries>> read_readings(const Methodology& methodology, sheets::TableReader& table, const ReadingsSpan& span) {
    Problems problems;
    const std::vector<std::string>& header = table.header();
    std::optional<std::size_t> time_column;
    std::vector<std::pair<std::size_t, const MethodologyParameter*>> columns;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string_view name = trim(header[i]);
        if (name == "time" || name == "时间" || name == "время") time_column = i;
        else if (const MethodologyParameter* parameter = methodology.find(name); parameter && parameter->kind == ParameterKind::monitored)
            columns.emplace_back(i, parameter);
        else if (!name.empty())
            problems.push_back({cell_at(i, table.header_row()), "monitoring.column", "{name} is not monitored by this methodology.",
                {{"name", std::string(name.substr(0, 60))}}});
    }
    if (!time_column) problems.push_back({"time", "monitoring.no_time", "The table needs a column time."});
    if (columns.empty()) problems.push_back({"columns", "monitoring.no_columns", "The table needs a column for each monitored parameter, named by its code."});
    if (!problems.empty()) return invalid(std::move(problems));

    std::vector<ReadingRow> rows;
    while (const sheets::Row* row = TRY(table.next())) {
        problems.insert(problems.end(), row->problems.begin(), row->problems.end());
        if (problems.size() > problems_max) break;
        if (rows.size() >= reading_rows_max)
            return Error{
                Failure::too_large, "monitoring.too_many_rows", "A table of readings has at most {limit} rows.", {{"limit", std::to_string(reading_rows_max)}}};
        const auto text = [&](std::size_t column) { return column < row->cells.size() ? trim(row->cells[column].text) : std::string_view{}; };
        ReadingRow read{.at = {}, .number = row->number, .values = std::vector<double>(columns.size(), std::nan(""))};
        if (const auto at = parse_moment(text(*time_column))) read.at = *at;
        else {
            problems.push_back({cell_at(*time_column, row->number), "monitoring.time", "This is no time; write it like 2026-11-01T05:00:00Z."});
            continue;
        }
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string_view cell = text(columns[i].first);
            if (cell.empty()) continue;
            const auto number = parse_number(cell);
            if (!number || !std::isfinite(*number))
                problems.push_back(
                    {cell_at(columns[i].first, row->number), "monitoring.number", "This is no number; leave the cell empty where a reading is missing."});
            else read.values[i] = *number;
        }
        rows.push_back(std::move(read));
    }
    if (problems.empty() && rows.empty()) problems.push_back({"rows", "monitoring.no_rows", "The table has no rows."});
    if (!problems.empty()) return invalid(std::move(problems));

    const auto [first, last] = std::minmax_element(rows.begin(), rows.end(), [](const ReadingRow& a, const ReadingRow& b) { return a.at < b.at; });
    const Time begin = span.from ? Time{std::int64_t{span.from->days} * days(1).microseconds} : first->at;
    std::vector<MonitoredSeries> all;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const MethodologyParameter& parameter = *columns[i].second;
        const bool once = parameter.interval_minutes == 0;
        Duration step = minutes(parameter.interval_minutes);
        const Time end = span.until ? Time{(std::int64_t{span.until->days} + 1) * days(1).microseconds} : last->at + (once ? seconds(1) : step);
        if (once) step = end - begin;
        const std::int64_t count = once ? 1 : (end.microseconds - begin.microseconds + step.microseconds - 1) / step.microseconds;
        if (count <= 0 || static_cast<std::uint64_t>(count) > reading_rows_max)
            return Error{
                Failure::too_large, "monitoring.too_many_rows", "A table of readings has at most {limit} rows.", {{"limit", std::to_string(reading_rows_max)}}};
        MonitoredSeries one{parameter.code, {begin, step, std::vector<double>(static_cast<std::size_t>(count), std::nan(""))}};
        for (const ReadingRow& row : rows) {
            if (std::isnan(row.values[i])) continue;
            const std::int64_t since = row.at.microseconds - begin.microseconds;
            const std::string cell = cell_at(columns[i].first, row.number);
            if (since < 0 || row.at >= end) {
                problems.push_back({cell, "monitoring.outside", "This time lies outside of the period."});
            } else if (!once && since % step.microseconds != 0) {
                problems.push_back(
                    {cell, "monitoring.grid", "{name} is read every {minutes} minutes from the beginning of the period on; this time lies between.",
                        {{"name", parameter.code}, {"minutes", std::to_string(parameter.interval_minutes)}}});
            } else if (double& place = one.series.readings[once ? 0 : static_cast<std::size_t>(since / step.microseconds)]; std::isnan(place))
                place = row.values[i];
            else problems.push_back({cell, "monitoring.twice", "There is another reading of this parameter for the same time."});
            if (problems.size() > problems_max) return invalid(std::move(problems));
        }
        all.push_back(std::move(one));
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return all;
}

} // namespace greenbank::carbon
