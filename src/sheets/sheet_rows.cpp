// sheet_rows.cpp — rows and cells by position; what a cell means is in sheet_cells.cpp.
#include "sheets/sheet_rows.h"

#include <algorithm>
#include <optional>

#include "kernel/text.h"

namespace greenbank::sheets {

namespace {

using Token = XmlPull::Token;

constexpr std::size_t merged_max = 100'000;

std::optional<std::uint32_t> parse_number(std::string_view digits) {
    if (digits.empty() || digits.size() > 9) return {};
    std::uint32_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return {};
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return value;
}

} // namespace

Result<std::unique_ptr<SheetRows>> SheetRows::open(const Package& package, const Workbook& workbook, std::size_t sheet, const ReadOptions& options) {
    std::unique_ptr<SheetRows> rows(new SheetRows(workbook, options));
    rows->part_ = workbook.sheet_parts[sheet];
    TRY(rows->restart(package, rows->part_));
    TRY(rows->look_ahead());
    TRY(rows->restart(package, rows->part_));
    return rows;
}

Result<Done> SheetRows::restart(const Package& package, const std::string& part) {
    stream_ = TRY(package.stream(part));
    size_ = stream_.size();
    done_ = 0;
    xml_ = std::make_unique<XmlPull>(part, [this](char* into, std::size_t length) -> Result<std::size_t> {
        const std::size_t got = TRY(stream_.read(into, length));
        done_ += got;
        return got;
    });
    return Done{};
}

Result<Done> SheetRows::look_ahead() {
    while (true) {
        Token token = xml_->next();
        if (token == Token::start && xml_->depth() == 1 && xml_->name() != "worksheet")
            return Error{
                Failure::malformed, "sheets.damaged", "The workbook is damaged or was not uploaded completely ({part}); save it again.", {{"part", part_}}};
        if (token == Token::start && xml_->name() == "sheetData") token = xml_->skip_unread();
        if (token == Token::start && xml_->name() == "mergeCell") merged_.add(xml_->attribute("ref"));
        if (token == Token::failed) return xml_->error();
        if (token == Token::finished) break;
        if (merged_.size() > merged_max)
            return Error{Failure::too_large, "sheets.merged", "The sheet has more merged cells than are allowed; undo the merging."};
    }
    merged_.sort();
    return Done{};
}

void SheetRows::set_width(std::size_t columns) {
    width_ = columns;
    cells_.resize(columns); // only now and then a row is wider while the header is looked for
    std::erase_if(touched_, [&](std::uint32_t column) { return column >= columns; });
}

Error SheetRows::too_many_columns(std::uint32_t row) const {
    return {Failure::too_large, "sheets.columns", "Row {row} has more than {limit} columns.",
        {{"row", std::to_string(row)}, {"limit", std::to_string(options_.limits.columns)}}};
}

Result<bool> SheetRows::next(SourceRow& row) {
    while (true) {
        const Token token = xml_->next();
        if (token == Token::failed) return xml_->error();
        if (token == Token::finished) return false;
        if (token == Token::end && xml_->name() == "sheetData") in_rows_ = false;
        if (token != Token::start) continue;
        if (!in_rows_ && xml_->depth() <= 2) {
            in_rows_ = xml_->name() == "sheetData";
            if (in_rows_ || xml_->depth() == 1) continue;
        } else if (in_rows_ && xml_->name() == "row") {
            TRY(read_row(row));
            return true;
        }
        if (xml_->skip() == Token::failed) return xml_->error();
    }
}

Result<Done> SheetRows::read_row(SourceRow& row) {
    for (const std::uint32_t column : touched_) cells_[column] = {};
    touched_.clear();
    texts_.clear();
    row = {};
    const std::string_view name = xml_->attribute("r");
    const auto number = name.empty() ? std::optional(row_ + 1) : parse_number(name);
    if (!number || *number <= row_)
        return Error{Failure::malformed, "sheets.row_order",
            "The rows of the sheet are not in order at row {row}; open the file in a spreadsheet and save it again.", {{"row", std::to_string(row_)}}};
    if (*number > options_.limits.rows)
        return Error{Failure::too_large, "sheets.rows", "The table has more than {limit} rows; split it.", {{"limit", std::to_string(options_.limits.rows)}}};
    row.number = row_ = *number;
    merged_.enter(row_);
    column_ = 0;
    while (true) {
        Token token = xml_->next();
        if (token == Token::start && xml_->name() == "c") {
            TRY(read_cell(row));
            continue;
        }
        if (token == Token::start) token = xml_->skip();
        else if (token == Token::end) break;
        if (token == Token::failed) return xml_->error();
    }
    if (options_.repeat_merged) {
        repeat_merged(row);
        if (repeated_ > options_.limits.repeated_cells)
            return Error{Failure::too_large, "sheets.merged", "The sheet has more merged cells than are allowed; undo the merging."};
    }
    row.cells = std::span(cells_).first(width_ == SourceRow::none ? row.count : width_);
    return Done{};
}

Result<Done> SheetRows::read_cell(SourceRow& row) {
    if (const std::string_view name = xml_->attribute("r"); !name.empty()) {
        const auto position = parse_cell_name(name);
        if (!position || (position->row != 0 && position->row != row_))
            return Error{Failure::malformed, "sheets.cell_name",
                "Row {row} has a cell that says it stands elsewhere; open the file in a spreadsheet and save it again.", {{"row", std::to_string(row_)}}};
        column_ = position->column;
    }
    const std::size_t column = column_++;
    if (column >= options_.limits.columns) return too_many_columns(row_);
    // Both are views into the buffer, which the children overwrite.
    char type[16];
    const std::size_t type_length = xml_->attribute("t").copy(type, sizeof type);
    const std::size_t style = parse_number(xml_->attribute("s")).value_or(0);
    const std::string_view type_name(type, type_length);

    value_.clear();
    has_value_ = false;
    flaw_ = TextFlaw::none;
    bool formula = false;
    while (true) {
        Token token = xml_->next();
        if (token == Token::end) break;
        if (token == Token::start) {
            if (xml_->name() == "v" || xml_->name() == "is") {
                TRY(read_value(type_name));
                continue;
            }
            formula = formula || xml_->name() == "f";
            token = xml_->skip();
        }
        if (token == Token::failed) return xml_->error();
    }
    take(row, column, type_name, style, formula);
    if (texts_.size() > options_.limits.row_bytes)
        return Error{Failure::too_large, "sheets.row_size", "Row {row} holds more text than is allowed.", {{"row", std::to_string(row_)}}};
    return Done{};
}

Result<Done> SheetRows::read_value(std::string_view type) {
    const std::size_t most = options_.limits.xlsx_cell_length * std::size_t{4} + 1;
    has_value_ = true;
    if (xml_->name() == "is") {
        if (!read_string_item(*xml_, most, value_, flaw_)) return xml_->error();
        return Done{};
    }
    for (Token token = xml_->next(); token != Token::end; token = xml_->next()) {
        if (token == Token::text && value_.size() < most && !xml_->append_text(value_)) flaw_ = TextFlaw::character;
        if (token == Token::start) token = xml_->skip();
        if (token == Token::failed) return xml_->error();
    }
    if (type == "str") decode_escapes(value_, flaw_);
    return Done{};
}

void SheetRows::take(SourceRow& row, std::size_t column, std::string_view type, std::size_t style, bool formula) {
    MergedCells::Range* const merged = merged_.covering(static_cast<std::uint32_t>(column));
    const bool top_left = merged && merged->is_top_left(row_, static_cast<std::uint32_t>(column));
    if (merged && !top_left) return; // whatever is stored there, nobody sees it
    if (!has_value_ || (value_.empty() && type != "inlineStr")) {
        // A formula whose text is empty is saved as t="str" with an empty value, or none at all.
        if (formula && type != "str")
            add_problem(row.notes,
                {cell_name(column, row_), "sheets.no_saved_value", "The formula has no saved value; open the file in a spreadsheet, calculate and save it."});
        return;
    }
    const Cell cell = cell_of(row, column, type, style);
    if (cell.kind == CellKind::empty) return;
    if (top_left && options_.repeat_merged) {
        merged->text = cell.text;
        merged->cell = cell;
        merged->cell.text = merged->text;
    }
    place(row, column, cell);
}

void SheetRows::place(SourceRow& row, std::size_t column, const Cell& cell) {
    if (width_ != SourceRow::none && column >= width_) {
        row.beyond = std::min(row.beyond, column);
        return;
    }
    if (column >= cells_.size()) cells_.resize(column + 1);
    if (cells_[column].kind == CellKind::empty) {
        touched_.push_back(static_cast<std::uint32_t>(column));
        ++row.filled;
    } else {
        add_problem(row.problems, {cell_name(column, row_), "sheets.cell_twice", "The file holds this cell twice; only the last value is shown."});
    }
    cells_[column] = cell;
    row.count = std::max(row.count, column + 1);
}

void SheetRows::repeat_merged(SourceRow& row) {
    const std::size_t width = std::min<std::size_t>(width_, options_.limits.columns);
    for (const auto& [first, range] : merged_.active()) {
        if (range.cell.kind == CellKind::empty) continue;
        for (std::size_t column = first; column <= range.column_last && column < width; ++column) {
            if (range.is_top_left(row_, static_cast<std::uint32_t>(column))) continue;
            if (++repeated_ > options_.limits.repeated_cells) return;
            place(row, column, range.cell);
        }
    }
}

} // namespace greenbank::sheets
