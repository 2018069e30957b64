// sheet_rows.h — the rows of one sheet of a workbook (ECMA-376 part 1, 18.3.1), pulled from its part while it is unpacked.
#pragma once

#include "sheets/merged_cells.h"
#include "sheets/row_source.h"
#include "sheets/text_arena.h"
#include "sheets/workbook.h"
#include "sheets/xml_pull.h"

namespace greenbank::sheets {

class SheetRows final : public RowSource {
public:
    /// Reads the part once to its end, without a look at the cells: merged ranges stand behind the rows they cover, and a damaged file is
    /// refused before its first row is believed. Package and workbook must outlive the rows.
    static Result<std::unique_ptr<SheetRows>> open(const Package& package, const Workbook& workbook, std::size_t sheet, const ReadOptions& options);

    Result<bool> next(SourceRow& row) override;
    void set_width(std::size_t columns) override;
    Progress progress() const override { return {done_, size_}; }
    const MergedCells& merged() const { return merged_; }

private:
    SheetRows(const Workbook& workbook, const ReadOptions& options) : workbook_(workbook), options_(options) {}
    Result<Done> restart(const Package& package, const std::string& part);
    Result<Done> look_ahead();

    Result<Done> read_row(SourceRow& row);
    Result<Done> read_cell(SourceRow& row);
    Result<Done> read_value(std::string_view type);
    void take(SourceRow& row, std::size_t column, std::string_view type, std::size_t style, bool formula);
    Cell cell_of(SourceRow& row, std::size_t column, std::string_view type, std::size_t style);
    Cell number_cell(SourceRow& row, std::size_t column, std::size_t style);
    Cell text_cell(SourceRow& row, std::size_t column, std::string_view text, TextFlaw flaw, bool shared);
    void place(SourceRow& row, std::size_t column, const Cell& cell);
    void repeat_merged(SourceRow& row);
    Error too_many_columns(std::uint32_t row) const;

    const Workbook& workbook_;
    const ReadOptions& options_;
    std::string part_;
    PartStream stream_;
    std::unique_ptr<XmlPull> xml_;
    std::uint64_t done_ = 0, size_ = 0;
    MergedCells merged_;
    std::uint32_t row_ = 0;      // the last one read
    std::size_t column_ = 0;     // where a cell without a name stands
    std::uint64_t repeated_ = 0; // cells filled from merged ones
    bool in_rows_ = false;

    std::size_t width_ = SourceRow::none; // unknown while the header is looked for
    std::vector<Cell> cells_;
    std::vector<std::uint32_t> touched_; // columns to clear for the next row: a wide and nearly empty row costs only what it holds
    TextArena texts_;
    std::string value_, scratch_;
    bool has_value_ = false;
    TextFlaw flaw_ = TextFlaw::none;
};

} // namespace greenbank::sheets
