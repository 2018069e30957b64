// csv_rows.cpp — a record is one line, or more where a quoted cell goes on; when it never ends, its first line alone is the faulty row.
#include "sheets/csv_rows.h"

#include <algorithm>

#include "sheets/formula_guard.h"

namespace greenbank::sheets {

CsvRows::CsvRows(ByteSource& source, const CsvShape& shape, const ReadOptions& options) :
    source_(source),
    options_(options),
    shape_(shape),
    reader_(source, shape.encoding, options.limits.row_bytes, shape.skipped),
    decoder_(shape.encoding),
    record_(shape.separator, options.limits.csv_cell_bytes, options.limits.columns) {}

void CsvRows::set_width(std::size_t columns) {
    width_ = columns;
    cells_.resize(columns);
    set_ = std::min(set_, columns);
}

Result<bool> CsvRows::take_line(Line& line) {
    if (!pending_.empty()) {
        line = std::move(pending_.front());
        pending_.pop_front();
        return true;
    }
    RawLine raw;
    if (!TRY(reader_.next(raw))) return false;
    if (raw.number == 1 && shape_.separator_line && !TRY(reader_.next(raw))) return false;
    const DecodedLine decoded = decoder_.decode(raw.bytes);
    line.text.assign(decoded.text);
    line.ending.assign(raw.ending);
    line.number = raw.number;
    line.offset = raw.offset;
    line.other = decoded.other;
    line.broken_at.reset();
    if (decoded.broken_at) line.broken_at = raw.offset + *decoded.broken_at;
    line.nul = decoded.nul;
    line.cut = raw.cut;
    return true;
}

Result<bool> CsvRows::next(SourceRow& row) {
    if (!TRY(take_line(line_))) return false;
    row = {};
    row.line = line_.number;
    if (row_ >= options_.limits.rows)
        return Error{Failure::too_large, "sheets.rows", "The table has more than {limit} rows; split it.", {{"limit", std::to_string(options_.limits.rows)}}};
    row.number = ++row_;
    record_.clear();
    tell_flaws(line_, row);
    CsvRecord::State state = record_.feed(line_.text);
    if (state == CsvRecord::State::open) {
        std::deque<Line> taken;
        while (state == CsvRecord::State::open) {
            record_.feed_line_end(taken.empty() ? line_.ending : taken.back().ending);
            Line further;
            if (taken.size() + 1 == record_lines_max || !TRY(take_line(further))) break;
            state = record_.feed(further.text);
            taken.push_back(std::move(further));
        }
        if (state == CsvRecord::State::complete)
            for (const Line& line : taken) tell_flaws(line, row);
        else pending_.insert(pending_.begin(), std::make_move_iterator(taken.begin()), std::make_move_iterator(taken.end()));
    }
    if (state != CsvRecord::State::complete) {
        record_.feed_leniently(line_.text);
        add_problem(
            row.problems, {row_name(row.number), "sheets.quote", "A quotation mark is not closed, or is followed by other text before the next column."});
    }
    if (record_.count() > options_.limits.columns && width_ == SourceRow::none)
        return Error{Failure::too_large, "sheets.columns", "Row {row} has more than {limit} columns.",
            {{"row", std::to_string(row.number)}, {"limit", std::to_string(options_.limits.columns)}}};
    set_cells(row);
    return true;
}

void CsvRows::tell_flaws(const Line& line, SourceRow& row) const {
    const std::string where = row_name(row.number);
    if (line.broken_at)
        add_problem(row.problems, {where, "sheets.bad_bytes", "Byte {byte} of the file is no text in {encoding}; � stands for it.",
                                      {{"byte", std::to_string(*line.broken_at + 1)}, {"encoding", std::string(to_text(shape_.encoding))}}});
    if (line.other)
        add_problem(row.problems,
            {where, "sheets.other_encoding", "The row is in {encoding}, the rest of the file in {file_encoding}; save the whole file in one encoding.",
                {{"encoding", std::string(to_text(*line.other))}, {"file_encoding", std::string(to_text(shape_.encoding))}}});
    if (line.nul) add_problem(row.problems, {where, "sheets.character", "The cell holds a character that no text may have; � stands for it."});
    if (line.cut) add_problem(row.problems, {where, "sheets.line_length", "The line is longer than is allowed; its end was not read."});
}

std::string_view CsvRows::plain_cell(std::string_view text, SourceRow& row, std::size_t column) {
    if (options_.strip_apostrophe) text = without_apostrophe(text);
    if (text.size() <= options_.limits.csv_cell_bytes) return text;
    add_problem(row.problems, {cell_name(column, row.number), "sheets.cell_length", "The cell holds more than {limit} characters.",
                                  {{"limit", std::to_string(options_.limits.csv_cell_bytes)}}});
    std::size_t length = options_.limits.csv_cell_bytes;
    while (length > 0 && (text[length] & 0xc0) == 0x80) --length;
    return text.substr(0, length);
}

void CsvRows::set_cells(SourceRow& row) {
    const std::size_t kept = std::min(record_.size(), width_);
    if (cells_.size() < kept) cells_.resize(kept);
    for (std::size_t column = 0; column < kept; ++column) {
        const std::string_view text = plain_cell(record_[column], row, column);
        cells_[column] = {text.empty() ? CellKind::empty : CellKind::text, text};
        row.filled += !text.empty();
    }
    for (std::size_t column = kept; column < set_; ++column) cells_[column] = {};
    set_ = kept;
    row.count = record_.count();
    for (std::size_t column = kept; column < record_.size() && row.beyond == SourceRow::none; ++column)
        if (!record_[column].empty()) row.beyond = column;
    if (record_.count() > record_.size() && row.beyond == SourceRow::none) row.beyond = record_.size();
    row.cells = std::span(cells_).first(width_ == SourceRow::none ? kept : width_);
}

} // namespace greenbank::sheets
