// series_table.cpp — a table of numbers, and a site as JSON; every fault by its line and column.
#include <cmath>

#include <fmt/format.h>

#include "api/files.h"
#include "kernel/text.h"
#include "planning/plan_files.h"
#include "sheets/named_rows.h"
#include "json/json.h"

namespace greenbank::planning {

namespace {

constexpr const char* series_heading = "The series in {path} is not right; every fault is named.";

} // namespace

sheets::ReadOptions series_options(std::size_t steps) {
    return {.header_row = 1, .limits = {.bytes = std::uint64_t{64} << 20, .rows = static_cast<std::uint32_t>(steps + 2), .columns = 1'000}};
}

Result<Series> read_series_table(const std::string& path, const std::vector<std::string>& wanted) {
    sheets::ReadOptions options = series_options(steps_max);
    options.limits.bytes = sheets::Limits{}.bytes;
    auto table = TRY(sheets::in_file(sheets::open_table(std::filesystem::path(path), options), "planning.series_file", series_heading, path));
    return read_series(*table, wanted, path, steps_max);
}

Result<Series> read_series(sheets::TableReader& table, const std::vector<std::string>& wanted, const std::string& path, std::size_t steps) {
    const auto wrong = [&](Problems problems) {
        if (path.empty()) return invalid(std::move(problems));
        return Error{Failure::invalid, "planning.series_file", series_heading, {{"path", path}}, std::move(problems)};
    };
    Series series;
    std::vector<std::size_t> places;
    Problems problems;
    for (const std::string& name : wanted) {
        std::size_t place = 0, found = 0;
        for (std::size_t i = 0; i < table.header().size(); ++i)
            if (trim(table.header()[i]) == name) place = i, ++found;
        if (found == 0) problems.push_back({name, "planning.no_column", "The series has no column {column}.", {{"column", name}}});
        if (found > 1) problems.push_back({name, "planning.column_twice", "The column {column} stands twice.", {{"column", name}}});
        series.names.push_back(name);
        places.push_back(place);
    }
    if (!problems.empty()) return wrong(std::move(problems));
    series.columns.resize(wanted.size());
    const auto gap = [&](std::string field) {
        problems.push_back({std::move(field), "planning.series_gap", "Nothing is written here; a plan needs a number at every step, so fill the gap."});
    };
    std::uint32_t before = 1; // the row of the names
    while (const sheets::Row* row = TRY(table.next())) {
        const std::string line = fmt::format("line {}", row->line ? row->line : row->number);
        // The reader passes over rows without content; here each would be a step lost.
        for (std::uint32_t empty = before + 1; empty < row->number && problems.size() <= 50; ++empty) gap(fmt::format("row {}", empty));
        before = row->number;
        problems.insert(problems.end(), row->problems.begin(), row->problems.end());
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const std::string_view cell = places[i] < row->cells.size() ? trim(row->cells[places[i]].text) : std::string_view();
            const auto number = sheets::parse_number<double>(cell);
            if (cell.empty()) gap(line + ": " + wanted[i]);
            else if (!number || !std::isfinite(*number))
                problems.push_back({line + ": " + wanted[i], "planning.series_number", "{cell} is not a number.", {{"cell", std::string(cell.substr(0, 40))}}});
            series.columns[i].push_back(number.value_or(0));
        }
        if (problems.size() > 50) return wrong(std::move(problems));
        if (!series.columns.empty() && series.steps() > steps)
            return Error{Failure::invalid, "planning.series_long", "The series has more than {steps} steps; use longer steps or fewer years.",
                {{"steps", std::to_string(steps)}}};
    }
    if (!problems.empty()) return wrong(std::move(problems));
    if (series.steps() == 0 && path.empty()) return Error{Failure::invalid, "planning.series_no_rows", "The series has no rows."};
    if (series.steps() == 0) return Error{Failure::invalid, "planning.series_empty", "The series in {path} has no rows.", {{"path", path}}};
    return series;
}

Result<Site> read_site(const std::string& path) {
    const std::string text = TRY(read_file(path));
    if (text.size() > (std::size_t{4} << 20))
        return Error{Failure::too_large, "planning.site_large", "The site in {path} is larger than 4 MB.", {{"path", path}}};
    return sheets::in_file(from_json<Site>(text), "planning.site_file", "The site in {path} is not right; every fault is named.", path);
}

} // namespace greenbank::planning
