// named_rows.cpp — the header decides where each column lies; the cells of a row are looked up once.
#include "sheets/named_rows.h"

#include <algorithm>

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank::sheets {

namespace {

constexpr std::size_t problems_max = 50;

// Such a file is longer than what people keep in workbooks, and its rows are shorter.
constexpr Limits limits{.bytes = std::uint64_t{1} << 40, .rows = 0xFFFF'FFF0, .columns = 256, .csv_cell_bytes = 4096, .row_bytes = 64 << 10};

} // namespace

Result<NamedRows> NamedRows::open(const std::filesystem::path& path, std::span<const std::string_view> columns, std::size_t needed) {
    NamedRows rows;
    rows.table_ = TRY(open_table(path, {.header_row = 1, .separator = ',', .limits = limits}));
    rows.columns_ = columns;
    rows.cells_.resize(columns.size());
    const std::vector<std::string>& header = rows.table_->header();
    std::vector<std::string_view> titles;
    for (const std::string& title : header) titles.push_back(trim(title));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto found = std::find(titles.begin(), titles.end(), columns[i]);
        if (found == titles.end() && i < needed)
            rows.problems_.push_back({std::string(columns[i]), "sheets.column_missing", "This column is missing; the first line must name it."});
        rows.places_.push_back(static_cast<std::size_t>(found - titles.begin()));
    }
    for (const std::string_view title : titles)
        if (!title.empty() && (std::find(columns.begin(), columns.end(), title) == columns.end() || std::count(titles.begin(), titles.end(), title) > 1))
            rows.problems_.push_back({std::string(title), "sheets.column_unexpected", "This column is not expected here, or stands here twice; take it out."});
    if (!rows.problems_.empty()) return invalid(std::move(rows.problems_));
    return rows;
}

Result<bool> NamedRows::next() {
    const Row* row = TRY(table_->next());
    if (!row) return false;
    where_ = row->line ? fmt::format("line {}", row->line) : fmt::format("row {}", row->number);
    for (std::size_t i = 0; i < columns_.size(); ++i) cells_[i] = places_[i] < row->cells.size() ? trim(row->cells[places_[i]].text) : std::string_view();
    for (const Problem& problem : row->problems) {
        problems_.push_back(problem);
        problems_.back().field = where_ + ": " + problem.field;
    }
    return true;
}

void NamedRows::fault(std::size_t column, std::string code, std::string sentence, std::vector<Parameter> parameters) {
    problems_.push_back({where_ + ": " + std::string(columns_[column]), std::move(code), std::move(sentence), std::move(parameters)});
}

bool NamedRows::too_many() const { return problems_.size() >= problems_max; }

} // namespace greenbank::sheets
