// sheet_cells.cpp — what a cell of a workbook means, by its type and its style (ECMA-376 part 1, 18.18.11, ST_CellType).
#include "sheets/row_source.h"
#include "sheets/sheet_rows.h"
#include "sheets/stored_number.h"
#include "sheets/utf8.h"

#include "kernel/text.h"

namespace greenbank::sheets {

Cell SheetRows::cell_of(SourceRow& row, std::size_t column, std::string_view type, std::size_t style) {
    if (type == "s") {
        const StoredNumber index = stored_number(value_, scratch_);
        if (index.kind == StoredNumber::natural && index.value < static_cast<double>(workbook_.strings.size())) {
            const auto at = static_cast<std::size_t>(index.value);
            return text_cell(row, column, workbook_.strings[at], workbook_.strings.flaw(at), true);
        }
        add_problem(row.problems,
            {cell_name(column, row_), "sheets.shared_string", "The text of the cell is missing from the file; open it in a spreadsheet and save it again."});
        return {CellKind::error, texts_.keep(value_)};
    }
    if (type == "inlineStr") return text_cell(row, column, value_, flaw_, false);
    if (type == "str") {
        if (sound_length(value_) != value_.size()) {
            value_ = replace_unsound(value_);
            flaw_ = TextFlaw::character;
        }
        return text_cell(row, column, value_, flaw_, false);
    }
    if (type.empty() || type == "n") return number_cell(row, column, style);
    const std::string_view value = trim(value_);
    if (type == "b" && (value == "1" || value == "true")) return {CellKind::boolean, "true"};
    if (type == "b" && (value == "0" || value == "false")) return {CellKind::boolean, "false"};
    if (type == "d")
        if (auto moment = from_iso(value)) return {moment->kind, texts_.keep(moment->text), workbook_.format_of(style).code};
    const std::string shown = sound_length(value) == value.size() ? std::string(value.substr(0, 40)) : replace_unsound(value.substr(0, 40));
    if (type == "e") add_problem(row.problems, {cell_name(column, row_), "sheets.error_value", "The cell shows the error {value}.", {{"value", shown}}});
    else
        add_problem(
            row.problems, {cell_name(column, row_), "sheets.cell_value", "The cell holds {value}, which is not what its type says.", {{"value", shown}}});
    return {CellKind::error, texts_.keep(shown)};
}

Cell SheetRows::number_cell(SourceRow& row, std::size_t column, std::size_t style) {
    const CellFormat& format = workbook_.format_of(style);
    const StoredNumber number = stored_number(trim(value_), scratch_);
    if (number.kind == StoredNumber::none) {
        const std::string shown = replace_unsound(std::string_view(value_).substr(0, 40));
        add_problem(
            row.problems, {cell_name(column, row_), "sheets.cell_value", "The cell holds {value}, which is not what its type says.", {{"value", shown}}});
        return {CellKind::error, texts_.keep(shown)};
    }
    if (format.meaning.kind == CellKind::number) {
        if (number.digits_lost)
            add_problem(row.notes, {cell_name(column, row_), "sheets.digits_lost",
                                       "A spreadsheet keeps 15 digits of a number; store longer ones, such as identity numbers, as text."});
        return {CellKind::number, texts_.keep(scratch_), format.code, format.meaning.unit};
    }
    if (const auto moment = from_serial(number.value, format.meaning.kind, workbook_.dates)) return {moment->kind, texts_.keep(moment->text), format.code};
    add_problem(
        row.problems, {cell_name(column, row_), "sheets.no_date", "The number {value} stands where a date is shown, but is no date.", {{"value", scratch_}}});
    return {CellKind::error, texts_.keep(scratch_), format.code};
}

Cell SheetRows::text_cell(SourceRow& row, std::size_t column, std::string_view text, TextFlaw flaw, bool shared) {
    if (text.empty()) return {};
    if (flaw != TextFlaw::none)
        add_problem(row.problems, {cell_name(column, row_), "sheets.character", "The cell holds a character that no text may have; � stands for it."});
    const std::size_t limit = options_.limits.xlsx_cell_length;
    if (text.size() > limit && utf16_length(text) > limit) {
        add_problem(
            row.problems, {cell_name(column, row_), "sheets.cell_length", "The cell holds more than {limit} characters.", {{"limit", std::to_string(limit)}}});
        text = text.substr(0, sound_length(text.substr(0, limit)));
    }
    return {CellKind::text, shared ? text : texts_.keep(text)};
}

} // namespace greenbank::sheets
