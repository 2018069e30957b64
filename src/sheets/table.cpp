// table.cpp — the first rows are kept until the header is known, the others only pass through.
#include "sheets/table.h"

#include <algorithm>
#include <optional>

#include "kernel/text.h"
#include "sheets/stored_number.h"

namespace greenbank::sheets {

namespace {

constexpr std::size_t header_search_rows = 100, header_search_cells = 100'000, header_search_bytes = 4 << 20;

bool is_word(const Cell& cell) {
    std::string ignored;
    const std::string_view text = trim(cell.text);
    return cell.kind == CellKind::text && !text.empty() && stored_number(text, ignored).kind == StoredNumber::none;
}

/// At least two different texts: a title above a table is one text, however many merged cells repeat it. Files of scientists begin with
/// remarks, "# units are SI, years are UTC".
bool looks_like_header(std::span<const Cell> cells) {
    if (!cells.empty() && cells[0].text.starts_with("# ")) return false;
    const Cell* first = nullptr;
    for (const Cell& cell : cells) {
        if (!is_word(cell)) continue;
        if (first && trim(cell.text) != trim(first->text)) return true;
        if (!first) first = &cell;
    }
    return false;
}

std::string joined(std::span<const Cell> cells) {
    std::string line;
    for (const Cell& cell : cells) {
        const std::string_view text = trim(cell.text);
        if (text.empty()) continue;
        if (!line.empty()) line += ' ';
        line += text;
    }
    return line;
}

} // namespace

void Table::keep(const SourceRow& row) {
    Kept kept{row, {row.cells.begin(), row.cells.end()}};
    for (Cell& cell : kept.cells) cell.text = texts_.keep(cell.text);
    kept_.push_back(std::move(kept));
    kept_.back().row.cells = kept_.back().cells;
}

Result<Done> Table::find_header() {
    const std::uint32_t wanted = opened_->options.header_row;
    std::size_t cells = 0;
    std::optional<std::size_t> at;
    SourceRow row;
    while (!at && TRY(opened_->rows->next(row))) {
        if (wanted != 0 && row.number > wanted) break;
        const bool enough = kept_.size() >= header_search_rows || cells > header_search_cells || texts_.size() > header_search_bytes;
        if (row.filled == 0 || (enough && row.number < wanted)) continue;
        keep(row);
        cells += row.cells.size();
        if (wanted != 0 ? row.number == wanted : looks_like_header(row.cells)) at = kept_.size() - 1;
        else if (wanted == 0 && enough) break;
    }
    if (!at && wanted != 0)
        return Error{Failure::invalid, "sheets.no_header", "Row {row} has no content; say in which row the names of the columns stand.",
            {{"row", std::to_string(wanted)}}};
    if (kept_.empty()) return Error{Failure::invalid, "sheets.empty", "The table has no content; its first row must name the columns."};
    take_header(at.value_or(0)); // a table of one column, or of nothing but numbers: the first row with content
    return Done{};
}

void Table::take_header(std::size_t at) {
    for (std::size_t i = 0; i < at; ++i) titles_.push_back(joined(kept_[i].cells));
    kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(at));
    const Kept& row = kept_.front();
    for (const Cell& cell : row.cells) header_.emplace_back(trim(cell.text));
    while (!header_.empty() && header_.back().empty()) header_.pop_back();
    if (header_.empty()) header_.emplace_back();
    header_row_ = row.row.number;
    for (const Problem& problem : row.row.problems) opened_->workbook.notes.push_back(problem);
    kept_.pop_front();
    opened_->rows->set_width(header_.size());
    for (Kept& kept : kept_) {
        for (std::size_t column = header_.size(); column < kept.cells.size(); ++column)
            if (kept.cells[column].kind != CellKind::empty) kept.row.beyond = std::min(kept.row.beyond, column);
        kept.cells.resize(header_.size());
        kept.row.cells = kept.cells;
    }
}

void Table::fit(SourceRow& row) const {
    if (opened_->format == Format::xlsx) {
        if (row.beyond != SourceRow::none)
            add_problem(row.problems, {cell_name(row.beyond, row.number), "sheets.beyond_header", "The cell stands under no column name."});
        return;
    }
    // One fault explains the other: after a broken quote cells cannot be counted.
    const bool told = std::any_of(
        row.problems.begin(), row.problems.end(), [](const Problem& one) { return one.code == "sheets.quote" || one.code == "sheets.line_length"; });
    if (!told && (row.count < header_.size() || row.beyond != SourceRow::none))
        add_problem(row.problems, {row_name(row.number), "sheets.cell_count", "The row has {found} cells, the header has {expected}.",
                                      {{"found", std::to_string(row.count)}, {"expected", std::to_string(header_.size())}}});
}

Result<const Row*> Table::next() {
    if (first_kept_given_) kept_.pop_front();
    first_kept_given_ = !kept_.empty();
    if (first_kept_given_) {
        fit(kept_.front().row);
        return &kept_.front().row;
    }
    while (TRY(opened_->rows->next(row_))) {
        if (row_.filled == 0 && row_.problems.empty() && row_.beyond == SourceRow::none) continue;
        fit(row_);
        return &row_;
    }
    return nullptr;
}

} // namespace greenbank::sheets
