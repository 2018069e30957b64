// table.h — a table out of rows: where its header is, and each row under it.
#pragma once

#include <deque>

#include "sheets/csv_rows.h"
#include "sheets/package.h"
#include "sheets/row_source.h"
#include "sheets/workbook.h"

namespace greenbank::sheets {

/// What a table is read from; the parts refer to each other and stay where they are.
struct Opened {
    explicit Opened(ByteSource from) : source(std::move(from)) {}
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    ByteSource source;
    ReadOptions options;
    Format format = Format::csv;
    Encoding encoding = Encoding::utf_8;
    std::unique_ptr<Package> package;
    Workbook workbook;
    std::string sheet;
    std::unique_ptr<RowSource> rows;
};

class Table final : public TableReader {
public:
    explicit Table(std::unique_ptr<Opened> opened) : opened_(std::move(opened)) {}
    /// Looks for the header among the first rows; an error where there is no content.
    Result<Done> find_header();

    Format format() const override { return opened_->format; }
    Encoding encoding() const override { return opened_->encoding; }
    const std::vector<SheetName>& sheets() const override { return opened_->workbook.sheets; }
    const std::string& sheet() const override { return opened_->sheet; }
    const std::vector<std::string>& header() const override { return header_; }
    std::uint32_t header_row() const override { return header_row_; }
    const std::vector<std::string>& titles() const override { return titles_; }
    const Problems& notes() const override { return opened_->workbook.notes; }
    Result<const Row*> next() override;
    Progress progress() const override { return opened_->rows->progress(); }
    std::unique_ptr<Opened> release() { return std::move(opened_); }

private:
    struct Kept {
        SourceRow row;
        std::vector<Cell> cells;
    };
    void keep(const SourceRow& row);
    void take_header(std::size_t at);
    void fit(SourceRow& row) const;

    std::unique_ptr<Opened> opened_;
    std::vector<std::string> header_, titles_;
    std::uint32_t header_row_ = 0;
    std::deque<Kept> kept_; // rows that were read to find the header
    TextArena texts_;       // theirs
    bool first_kept_given_ = false;
    SourceRow row_;
};

} // namespace greenbank::sheets
