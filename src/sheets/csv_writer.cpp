// csv_writer.cpp — rows are gathered to chunks, chunks handed out.
#include "sheets/csv_writer.h"

#include "sheets/file_kind.h"
#include "sheets/formula_guard.h"
#include "sheets/written_text.h"

namespace greenbank::sheets {

namespace {

constexpr std::size_t chunk = 64 << 10;

} // namespace

CsvWriter::CsvWriter(Sink sink, const WriteOptions& options) : sink_(std::move(sink)), options_(options) {
    if (options.encoding == Encoding::gb_18030) encoder_.emplace();
}

Result<std::unique_ptr<TableWriter>> CsvWriter::to_file(const std::filesystem::path& path, const WriteOptions& options) {
    auto writer = std::make_unique<CsvWriter>(Sink{}, options);
    writer->written_.emplace(TRY(WrittenFile::beside(path)));
    writer->file_.reset(std::fopen(writer->written_->temporary().c_str(), "wb"));
    if (!writer->file_) return unwritable(path);
    std::setvbuf(writer->file_.get(), nullptr, _IONBF, 0);
    writer->sink_ = [file = writer->file_.get()](std::string_view bytes) -> Result<Done> {
        if (std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size()) return disk_full();
        return Done{};
    };
    return std::unique_ptr<TableWriter>(std::move(writer));
}

Result<Done> CsvWriter::sheet(std::string_view, std::span<const Column> columns) {
    if (row_ > 0) return Error{Failure::invalid, "sheets.one_sheet", "A CSV file holds one table; choose xlsx for several."};
    if (options_.byte_order_mark && !encoder_) out_ += "\xEF\xBB\xBF";
    row_ = 1;
    for (const Column& column : columns) {
        TRY(check_text(column.title, units_.size(), row_));
        add_cell(column.title, true);
        units_.push_back(column.unit);
    }
    if (!options_.problems_title.empty()) add_cell(options_.problems_title, true);
    return end_row();
}

Result<Done> CsvWriter::row(std::span<const Cell> cells, std::span<const CellProblem> problems) {
    require(row_ > 0, "a table needs its columns before its rows");
    TRY(check_width(cells.size(), units_.size(), row_ + 1));
    ++row_;
    for (std::size_t column = 0; column < units_.size(); ++column) {
        const Cell cell = column < cells.size() ? cells[column] : Cell{};
        TRY(check_text(cell.text, column, row_));
        const bool own_unit = !cell.unit.empty() && cell.unit != units_[column];
        if (own_unit) {
            TRY(check_text(cell.unit, column, row_));
            add_cell(std::string(cell.text) + ' ' + std::string(cell.unit), true);
        } else {
            add_cell(cell.text, cell.kind == CellKind::text || cell.kind == CellKind::error);
        }
    }
    if (!options_.problems_title.empty()) {
        std::string sentences;
        for (const CellProblem& problem : problems) {
            TRY(check_text(problem.sentence, units_.size(), row_));
            if (!sentences.empty()) sentences += '\n';
            sentences += problem.sentence;
        }
        add_cell(sentences, true);
    }
    return end_row();
}

void CsvWriter::add_cell(std::string_view text, bool formula_possible) {
    if (!first_cell_) line_ += options_.separator;
    const bool led = formula_possible && needs_apostrophe(text);
    const bool misleading = first_cell_ && row_ == 1 && misleads(text);
    bool quoted = led || misleading || (!text.empty() && (text.front() == ' ' || text.back() == ' '));
    for (const char c : text) quoted = quoted || c == options_.separator || c == '"' || c == '\r' || c == '\n';
    first_cell_ = false;
    if (!quoted) {
        line_ += text;
        return;
    }
    line_ += '"';
    if (led) line_ += '\'';
    for (const char c : text) {
        if (c == '"') line_ += '"';
        line_ += c;
    }
    line_ += '"';
}

Result<Done> CsvWriter::end_row() {
    line_ += "\r\n";
    if (encoder_) encoder_->append(line_, out_);
    else out_ += line_;
    line_.clear();
    first_cell_ = true;
    if (out_.size() < chunk) return Done{};
    return flush();
}

Result<Done> CsvWriter::flush() {
    TRY(sink_(out_));
    out_.clear();
    return Done{};
}

Result<Done> CsvWriter::finish() {
    TRY(flush());
    if (!written_) return Done{};
    if (std::fclose(file_.release()) != 0) return disk_full();
    return written_->place();
}

} // namespace greenbank::sheets
