// xlsx_writer.h — a table as a workbook, by libxlsxwriter in its mode of constant memory: a row is gone when the next begins.
#pragma once

#include <optional>

#include "sheets/written_file.h"
#include "sheets/xlsx_formats.h"

struct lxw_worksheet;

namespace greenbank::sheets {

class XlsxWriter final : public TableWriter {
public:
    /// Without a path the file is handed to the sink when it is complete.
    static Result<std::unique_ptr<TableWriter>> make(const std::filesystem::path& path, Sink sink, const WriteOptions& options);
    ~XlsxWriter() override;

    Result<Done> sheet(std::string_view name, std::span<const Column> columns) override;
    Result<Done> row(std::span<const Cell> cells, std::span<const CellProblem> problems) override;
    Result<Done> finish() override;

private:
    XlsxWriter(WrittenFile written, Sink sink, const WriteOptions& options) : written_(std::move(written)), sink_(std::move(sink)), options_(options) {}
    Result<Done> write_cell(const Cell& cell, std::size_t column, bool faulty);
    Result<Done> write_text(std::string_view text, std::size_t column, lxw_format* format);
    bool write_link(const Cell& cell, std::size_t column);
    Result<Done> write_problems(std::span<const CellProblem> problems);
    void measure(std::size_t column, std::string_view text);
    void end_sheet();
    Result<Done> check_complete() const;
    void forget_workbook();

    WrittenFile written_;
    Sink sink_;
    WriteOptions options_;
    std::string scratch_, path_;
    lxw_workbook* workbook_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    std::optional<XlsxFormats> formats_;
    std::vector<Column> columns_;
    std::vector<std::size_t> widths_;
    std::uint32_t row_ = 0; // of the sheet, from 0
    std::size_t links_ = 0, comments_ = 0;
    std::vector<std::uint64_t> row_bytes_; // of each sheet, as they were spooled
    std::string text_, number_;
    std::vector<bool> faulty_;
};

} // namespace greenbank::sheets
