// csv_writer.h — a table as CSV (RFC 4180: quotes where needed, \r\n), safe to open in a spreadsheet.
#pragma once

#include <cstdio>
#include <optional>

#include "sheets/encodings.h"
#include "sheets/written_file.h"

namespace greenbank::sheets {

class CsvWriter final : public TableWriter {
public:
    CsvWriter(Sink sink, const WriteOptions& options);
    static Result<std::unique_ptr<TableWriter>> to_file(const std::filesystem::path& path, const WriteOptions& options);

    Result<Done> sheet(std::string_view name, std::span<const Column> columns) override;
    Result<Done> row(std::span<const Cell> cells, std::span<const CellProblem> problems) override;
    Result<Done> finish() override;

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    void add_cell(std::string_view text, bool formula_possible);
    Result<Done> end_row();
    Result<Done> flush();

    Sink sink_;
    WriteOptions options_;
    std::optional<WrittenFile> written_;
    std::unique_ptr<std::FILE, Close> file_;
    std::optional<Gb18030Encoder> encoder_;
    std::vector<std::string> units_; // of the columns
    std::string line_, out_;
    std::uint32_t row_ = 0;
    bool first_cell_ = true;
};

} // namespace greenbank::sheets
