// open.cpp — what a file is, by its first bytes, and its table opened.
#include "kernel/text.h"
#include "sheets/sheet_rows.h"
#include "sheets/table.h"

namespace greenbank::sheets {

namespace {

constexpr std::size_t head_bytes = 4096;

std::string lower_head(std::string_view head) {
    std::string lower(trim(head.starts_with("\xEF\xBB\xBF") ? head.substr(3) : head).substr(0, 64));
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

/// Says what to do where the bytes are plainly something else than a table.
Result<Done> refuse_other_files(std::string_view head) {
    if (head.starts_with("\xD0\xCF\x11\xE0"))
        return Error{Failure::unsupported, "sheets.old_workbook",
            "This is an old .xls workbook, or one that is protected by a password; save it as .xlsx without a password."};
    const std::string lower = lower_head(head);
    for (const std::string_view begin : {"<html", "<!doctype", "<table", "<?xml", "<meta", "<head"})
        if (lower.starts_with(begin))
            return Error{Failure::unsupported, "sheets.web_page",
                "This is a web page or XML under another name, as some systems export it; open it in a spreadsheet and save it as .xlsx."};
    constexpr std::string_view others[] = {"%PDF", "\x89PNG", "\xFF\xD8\xFF", "GIF8", "\x1F\x8B", "Rar!", "7z\xBC\xAF",
        "\x7F"
        "ELF",
        "MZ\x90", "{\\rtf"};
    bool other = false;
    for (const std::string_view begin : others) other = other || head.starts_with(begin);
    const bool utf_16 = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
    const auto nuls = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\0'));
    if (other || (!utf_16 && nuls > 8 && nuls * 10 > head.size()))
        return Error{Failure::unsupported, "sheets.not_a_table", "This is neither a workbook nor text; save the table as .xlsx or as CSV in UTF-8."};
    return Done{};
}

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
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return open_workbook(std::move(opened));
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
