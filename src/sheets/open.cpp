// open.cpp — a workbook or CSV, and in a workbook the sheet.
#include "kernel/text.h"
#include "sheets/file_kind.h"
#include "sheets/sheet_rows.h"
#include "sheets/table.h"

namespace greenbank::sheets {

namespace {

constexpr std::size_t head_bytes = 4096;

Result<std::unique_ptr<Table>> open_sheet(std::unique_ptr<Opened> opened, std::size_t sheet) {
    opened->sheet = opened->workbook.sheets[sheet].name;
    auto rows = SheetRows::open(*opened->package, opened->workbook, sheet, opened->options);
    if (!rows) return rows.error();
    if (rows.value()->merged().size() > 0 && opened->options.repeat_merged)
        opened->workbook.notes.push_back({{}, "sheets.merged_repeated", "Merged cells give their value to each of the cells they cover."});
    opened->rows = std::move(rows).value();
    return std::make_unique<Table>(std::move(opened));
}

Result<std::unique_ptr<TableReader>> open_workbook(std::unique_ptr<Opened> opened) {
    opened->format = Format::xlsx;
    opened->package = TRY(Package::open(opened->source, opened->options.limits));
    opened->workbook = TRY(read_workbook(*opened->package, opened->options.limits));
    const std::vector<SheetName> sheets = opened->workbook.sheets;
    const std::string wanted = opened->options.sheet;
    const Problems notes = opened->workbook.notes;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        if (wanted.empty() ? !sheets[i].visible : sheets[i].name != wanted) continue;
        opened->workbook.notes = notes;
        auto table = TRY(open_sheet(std::move(opened), i));
        const Result<Done> found = table->find_header();
        if (found) return std::unique_ptr<TableReader>(std::move(table));
        if (!wanted.empty() || found.error().code != "sheets.empty") return found.error();
        opened = table->release(); // an empty sheet: on to the next
    }
    if (!wanted.empty()) {
        std::vector<std::string> names;
        for (const SheetName& sheet : sheets) names.push_back(sheet.name);
        return Error{
            Failure::not_found, "sheets.no_sheet", "The workbook has no sheet {name}; it has {names}.", {{"name", wanted}, {"names", join(names, ", ")}}};
    }
    return Error{Failure::invalid, "sheets.empty", "The table has no content; its first row must name the columns."};
}

Result<std::unique_ptr<TableReader>> open_csv(std::unique_ptr<Opened> opened) {
    const CsvShape shape = TRY(find_shape(opened->source, opened->options));
    opened->encoding = shape.encoding;
    opened->rows = std::make_unique<CsvRows>(opened->source, shape, opened->options);
    auto table = std::make_unique<Table>(std::move(opened));
    TRY(table->find_header());
    return std::unique_ptr<TableReader>(std::move(table));
}

Result<std::unique_ptr<TableReader>> open_source(ByteSource source, const ReadOptions& options) {
    auto opened = std::make_unique<Opened>(std::move(source));
    opened->options = options;
    if (opened->source.size() > options.limits.bytes)
        return Error{Failure::too_large, "sheets.file_size", "The file is larger than {limit} bytes; split the table.",
            {{"limit", std::to_string(options.limits.bytes)}}};
    std::string head(head_bytes, '\0');
    head.resize(TRY(opened->source.read(head.data(), head.size())));
    opened->source.rewind();
    if (is_zip(head)) return open_workbook(std::move(opened));
    TRY(refuse_other_files(head));
    return open_csv(std::move(opened));
}

} // namespace

Result<std::unique_ptr<TableReader>> open_table(const std::filesystem::path& path, const ReadOptions& options) {
    return open_source(TRY(ByteSource::open(path)), options);
}

Result<std::unique_ptr<TableReader>> open_table(Bytes bytes, const ReadOptions& options) {
    return open_source(ByteSource::of(std::move(bytes.content)), options);
}

} // namespace greenbank::sheets
