// csv_rows.h — the rows of a CSV file: encoding and separator found out, faulty rows told apart from sound ones.
#pragma once

#include <deque>
#include <optional>

#include "sheets/csv_lines.h"
#include "sheets/csv_record.h"
#include "sheets/encodings.h"
#include "sheets/row_source.h"
#include "sheets/text_arena.h"

namespace greenbank::sheets {

struct CsvShape {
    Encoding encoding = Encoding::utf_8;
    char separator = ',';
    std::size_t skipped = 0;     // bytes of a byte-order mark
    bool separator_line = false; // the first line is "sep=;", as Excel writes it, and no row
};

/// A quoted cell over more lines than this is taken for a quote that nobody closed.
constexpr std::size_t record_lines_max = 10'000;

/// Reads the file once. Without evidence it is UTF-8 and separated by commas.
Result<CsvShape> find_shape(ByteSource& source, const ReadOptions& options);

class CsvRows final : public RowSource {
public:
    /// `source` and `options` must outlive the rows.
    CsvRows(ByteSource& source, const CsvShape& shape, const ReadOptions& options);

    Result<bool> next(SourceRow& row) override;
    void set_width(std::size_t columns) override;
    Progress progress() const override { return {reader_.done(), source_.size()}; }

private:
    struct Line {
        std::string text, ending;
        std::uint64_t number = 0, offset = 0;
        std::optional<Encoding> other;
        std::optional<std::uint64_t> broken_at; // in the file, from 0
        bool nul = false, cut = false;
    };
    Result<bool> take_line(Line& line);
    void tell_flaws(const Line& line, SourceRow& row) const;
    void set_cells(SourceRow& row);
    std::string_view plain_cell(std::string_view text, SourceRow& row, std::size_t column);

    ByteSource& source_;
    const ReadOptions& options_;
    CsvShape shape_;
    LineReader reader_;
    LineDecoder decoder_;
    CsvRecord record_;
    std::deque<Line> pending_; // lines that a quoted cell reached into without ending there; they are read again
    Line line_;
    std::uint32_t row_ = 0;
    std::size_t width_ = SourceRow::none;
    std::vector<Cell> cells_;
    std::size_t set_ = 0; // cells of the last row
};

} // namespace greenbank::sheets
