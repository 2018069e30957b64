// make.cpp — the writer for a format and a place.
#include "sheets/csv_writer.h"
#include "sheets/xlsx_writer.h"

namespace greenbank::sheets {

namespace {

Result<Done> check_options(Format format, const WriteOptions& options) {
    const bool written = options.encoding == Encoding::utf_8 || options.encoding == Encoding::gb_18030;
    if (format == Format::csv && !written)
        return Error{Failure::invalid, "sheets.write_encoding", "CSV is written in UTF-8 or GB 18030, not in {encoding}.",
            {{"encoding", std::string(to_text(options.encoding))}}};
    return Done{};
}

} // namespace

Result<std::unique_ptr<TableWriter>> make_table(const std::filesystem::path& path, Format format, const WriteOptions& options) {
    TRY(check_options(format, options));
    return format == Format::xlsx ? XlsxWriter::make(path, {}, options) : CsvWriter::to_file(path, options);
}

Result<std::unique_ptr<TableWriter>> make_table(Sink sink, Format format, const WriteOptions& options) {
    TRY(check_options(format, options));
    if (format == Format::xlsx) return XlsxWriter::make({}, std::move(sink), options);
    return std::unique_ptr<TableWriter>(std::make_unique<CsvWriter>(std::move(sink), options));
}

} // namespace greenbank::sheets
