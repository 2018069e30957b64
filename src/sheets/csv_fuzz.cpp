// csv_fuzz.cpp — any bytes as a CSV file: it agrees with its grammar, and what was read can be written and read again.
#include <algorithm>

#include "sheets/csv_naive.h"
#include "sheets/sheets_under_test.h"
#include "sheets/utf8.h"

using namespace greenbank;
using namespace greenbank::sheets;

namespace {

struct Read {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
};

Read read_all(TableReader& table) {
    Read read{table.header(), {}};
    std::uint32_t last = 0;
    while (true) {
        const auto next = table.next();
        if (!next || !next.value()) return read;
        const Row& row = *next.value();
        require(row.number > last && row.line >= row.number, "rows are numbered in order");
        require(row.cells.size() == read.header.size(), "rows are as wide as the header");
        last = row.number;
        std::vector<std::string> cells;
        for (const Cell& cell : row.cells) {
            require(sound_length(cell.text) == cell.text.size() && cell.text.find('\0') == std::string_view::npos, "cells are text");
            cells.emplace_back(cell.text);
        }
        read.rows.push_back(std::move(cells));
    }
}

void write_and_read_again(const Read& read, char separator) {
    std::string bytes;
    const auto writer = make_table([&](std::string_view chunk) -> Result<Done> { return bytes += chunk, Done{}; }, Format::csv, {.separator = separator});
    require(bool(writer), "a writer");
    std::vector<Column> columns;
    for (const std::string& title : read.header) columns.push_back({title});
    require(bool(writer.value()->sheet("x", columns)), "titles that were read can be written");
    for (const auto& row : read.rows) {
        std::vector<Cell> cells;
        for (const std::string& text : row) cells.push_back({CellKind::text, text});
        require(bool(writer.value()->row(cells)), "rows that were read can be written");
    }
    require(bool(writer.value()->finish()), "a finished table");
    const auto again = open_table(Bytes{bytes}, {.header_row = 1, .strip_apostrophe = true, .separator = separator});
    if (!again) return require(again.error().code == "sheets.no_header", "only a header of nothing is none");
    const Read second = read_all(*again.value());
    std::size_t at = 0;
    for (const auto& row : read.rows) {
        if (std::all_of(row.begin(), row.end(), [](const std::string& text) { return text.empty(); })) continue; // an empty line
        while (at < second.rows.size() && std::all_of(second.rows[at].begin(), second.rows[at].end(), [](const std::string& text) { return text.empty(); }))
            ++at;
        require(at < second.rows.size(), "a row was lost");
        for (std::size_t i = 0; i < second.rows[at].size(); ++i) require(second.rows[at][i] == row[i], "a cell changed");
        ++at;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    if (sound_length(text) == size && text.find('\0') == std::string::npos)
        require(rows_by_engine(text, ',', 1 << 20) == NaiveCsv(text, ',', 1 << 20).rows(), "the reader and the grammar disagree");
    const auto table = open_table(Bytes{text}, {.limits = {.rows = 100'000, .columns = 200}});
    if (table) write_and_read_again(read_all(*table.value()), size % 2 ? ',' : ';');
    return 0;
}
