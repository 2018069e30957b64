// source_rows.cpp — headings to fields, cells to values, problems to cells.
#include "carbon/inventories/source_rows.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "api/table_rows.h"
#include "sheets/sheets.h"

namespace greenbank::carbon {

namespace {

constexpr std::uint64_t bytes_max = std::uint64_t{16} << 20;
constexpr std::size_t problems_max = 200;

bool is_called(const TablePlace& place, const std::string& title) {
    return place.path == title ||
           std::any_of(place.names.begin(), place.names.end(), [&](const Text& name) { return name.zh == title || name.en == title || name.ru == title; });
}

} // namespace

Result<Done> read_source_rows(const std::string& table_bytes, const Record& record, std::size_t rows_max, void* (*append)(void* rows), void* rows) {
    sheets::ReadOptions options{.strip_apostrophe = true};
    options.limits.bytes = bytes_max;
    const auto table = TRY(sheets::open_table(sheets::Bytes{table_bytes}, options));
    const std::vector<TablePlace> places = table_places(record);
    std::vector<const TablePlace*> columns(table->header().size(), nullptr);
    Problems problems;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string title(trim(table->header()[i]));
        if (title.empty()) continue;
        const auto known = std::find_if(places.begin(), places.end(), [&](const TablePlace& place) { return is_called(place, title); });
        if (known != places.end()) columns[i] = &*known;
        else
            problems.push_back({sheets::cell_name(i, table->header_row()), "inventory.source_column",
                "There is no field {name}; download the table of sources to see the columns.", {{"name", title.substr(0, 60)}}});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    std::size_t count = 0;
    while (const sheets::Row* row = TRY(table->next())) {
        problems.insert(problems.end(), row->problems.begin(), row->problems.end());
        std::map<std::string, std::string, std::less<>> cells;
        for (std::size_t i = 0; i < columns.size() && i < row->cells.size(); ++i)
            if (columns[i] && !row->cells[i].text.empty()) cells.emplace(columns[i]->path, row->cells[i].text);
        void* value = append(rows);
        Problems found;
        read_table_row(record, value, cells, {}, found);
        validate(record, value, found);
        for (Problem& one : found) {
            const auto column = std::find_if(columns.begin(), columns.end(), [&](const TablePlace* place) { return place && place->path == one.field; });
            one.field = column == columns.end() ? fmt::format("row {}: {}", row->number, one.field)
                                                : sheets::cell_name(static_cast<std::size_t>(column - columns.begin()), row->number);
            problems.push_back(std::move(one));
        }
        if (problems.size() > problems_max) break;
        if (++count > rows_max)
            return Error{Failure::too_large, "inventory.too_many", "An inventory has at most {limit} sources.", {{"limit", std::to_string(rows_max)}}};
    }
    if (problems.empty() && count == 0) problems.push_back({"rows", "monitoring.no_rows", "The table has no rows."});
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

} // namespace greenbank::carbon
