// xlsx_fuzz.cpp — any bytes as a workbook, or as its parts: sheet, shared strings, styles, workbook, relationships, with lines of %% between.
#include "sheets/sheets_under_test.h"
#include "sheets/utf8.h"

using namespace greenbank;
using namespace greenbank::sheets;

namespace {

void walk(const std::string& content, const ReadOptions& options) {
    const auto table = open_table(Bytes{content}, options);
    if (!table) return;
    std::uint32_t last = 0;
    for (std::size_t cells = 0; cells < 1'000'000;) {
        const auto next = table.value()->next();
        if (!next || !next.value()) return;
        const Row& row = *next.value();
        require(row.number > last, "rows are numbered in order");
        require(row.cells.size() == table.value()->header().size(), "rows are as wide as the header");
        require(row.problems.size() <= 50, "problems are bounded");
        last = row.number;
        cells += row.cells.size();
        for (const Cell& cell : row.cells) {
            require((cell.kind == CellKind::empty) == cell.text.empty() || cell.kind == CellKind::error, "an empty cell has no text, every other has");
            require(sound_length(cell.text) == cell.text.size() && cell.text.find('\0') == std::string_view::npos, "cells are text");
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    const ReadOptions options{.repeat_merged = size % 2 == 0, .limits = {.bytes = 8 << 20, .part_bytes = 4 << 20, .repeated_cells = 100'000}};
    if (text.starts_with("PK")) {
        walk(text, options);
        return 0;
    }
    constexpr std::string_view names[] = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"};
    Parts parts = workbook_parts("");
    std::size_t begin = 0;
    for (const std::string_view name : names) {
        const std::size_t end = text.find("\n%%\n", begin);
        const std::string part = text.substr(begin, end == std::string::npos ? end : end - begin);
        if (!part.empty()) parts[std::string(name)] = part;
        if (end == std::string::npos) break;
        begin = end + 4;
    }
    walk(zip_of(parts, false), options);
    return 0;
}
