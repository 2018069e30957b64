// csv_naive.h — CSV by its grammar, slowly: the twin that CsvRows must agree with. For tests and fuzzers only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sheets/csv_rows.h"

namespace greenbank::sheets {

struct NaiveRow {
    std::vector<std::string> cells;
    bool broken = false; // a quote is not closed, or has text behind it
    std::uint64_t line = 0;

    bool operator==(const NaiveRow&) const = default;
};

/// record = cell *(separator cell) line-end; cell = quoted / plain; quoted = '"' *(any but '"' / '""') '"'; plain = *(any but separator and line end).
/// Where no record begins, one line alone is a broken row, in which cells that are quoted well still lose their quotes.
class NaiveCsv {
public:
    NaiveCsv(std::string_view text, char separator, std::size_t cell_max) : text_(text), separator_(separator), cell_max_(cell_max) {}

    std::vector<NaiveRow> rows() {
        std::vector<NaiveRow> rows;
        while (at_ < text_.size()) {
            const std::size_t begin = at_;
            const std::uint64_t line = line_;
            NaiveRow row{{}, !record(row_of_record_), line};
            if (row.broken) {
                at_ = begin;
                row_of_record_.clear();
                broken_line(row_of_record_);
                line_ = line;
                line_end();
            }
            row.cells = row_of_record_;
            rows.push_back(std::move(row));
        }
        return rows;
    }

private:
    bool at_line_end() const { return at_ == text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }
    bool at_cell_end() const { return at_line_end() || text_[at_] == separator_; }
    std::string line_end() {
        std::string end;
        if (at_ < text_.size() && text_[at_] == '\r') end += text_[at_++];
        if (at_ < text_.size() && text_[at_] == '\n') end += text_[at_++];
        ++line_;
        return end;
    }

    bool record(std::vector<std::string>& cells) {
        cells.clear();
        const std::uint64_t first = line_;
        while (true) {
            std::string cell;
            if (at_ < text_.size() && text_[at_] == '"') {
                ++at_;
                if (!quoted(cell, first, true)) return false;
            } else {
                while (!at_cell_end()) cell += text_[at_++];
            }
            cells.push_back(cell);
            if (at_line_end()) return line_end(), true;
            ++at_;
        }
    }

    bool quoted(std::string& cell, std::uint64_t first, bool over_lines) {
        while (cell.size() <= cell_max_ || !over_lines) {
            if (at_ == text_.size()) return false;
            if (text_[at_] == '"' && at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell += '"';
                at_ += 2;
            } else if (text_[at_] == '"') {
                ++at_;
                return at_cell_end();
            } else if (at_line_end()) {
                if (!over_lines) return false;
                cell += line_end();
                if (line_ - first >= record_lines_max) return false;
            } else {
                cell += text_[at_++];
            }
        }
        return false;
    }

    void broken_line(std::vector<std::string>& cells) {
        while (true) {
            const std::size_t begin = at_;
            std::string cell;
            bool well_quoted = false;
            if (at_ < text_.size() && text_[at_] == '"') {
                ++at_;
                well_quoted = quoted(cell, 0, false);
            }
            if (!well_quoted) {
                at_ = begin;
                cell.clear();
                while (!at_cell_end()) cell += text_[at_++];
            }
            cells.push_back(cell);
            if (at_line_end()) return;
            ++at_;
        }
    }

    std::string_view text_;
    char separator_;
    std::size_t cell_max_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;
    std::vector<std::string> row_of_record_;
};

/// The same by CsvRows.
inline std::vector<NaiveRow> rows_by_engine(const std::string& text, char separator, std::size_t cell_max) {
    ByteSource source = ByteSource::of(text);
    ReadOptions options;
    options.limits.csv_cell_bytes = static_cast<std::uint32_t>(cell_max);
    CsvRows engine(source, {.separator = separator}, options);
    std::vector<NaiveRow> rows;
    SourceRow row;
    while (true) {
        const auto more = engine.next(row);
        if (!more || !more.value()) return rows;
        NaiveRow one;
        for (const Cell& cell : row.cells) one.cells.emplace_back(cell.text);
        one.line = row.line;
        for (const Problem& problem : row.problems) one.broken = one.broken || problem.code == "sheets.quote";
        rows.push_back(std::move(one));
    }
}

} // namespace greenbank::sheets
