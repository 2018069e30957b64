// sheets.h — tables of people, in and out: xlsx and CSV, one row at a time, in memory that does not grow with the table.
//   auto table = TRY(open_table(path)); while (const Row* row = TRY(table->next())) …
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"
#include "kernel/time.h"
#include "sheets/cells.h"

namespace greenbank::sheets {

enum class Format { xlsx, csv };
enum class Encoding { utf_8, utf_16_le, utf_16_be, gb_18030, windows_1251 };

/// "UTF-8", "GB 18030": names, not words, the same in every language.
std::string_view to_text(Encoding encoding);

/// What a file may cost us. Sizes are in bytes after unpacking unless they say otherwise.
struct Limits {
    std::uint64_t bytes = std::uint64_t{1} << 30;        // all parts of a workbook together, or a CSV file
    std::uint64_t part_bytes = std::uint64_t{768} << 20; // one part of a workbook
    std::uint64_t compression_ratio = 250;               // of parts above 8 MiB
    std::uint32_t parts = 10'000;
    std::uint32_t sheets = 1'000;
    std::uint32_t rows = 1'048'576;
    std::uint32_t columns = 16'384;
    std::uint32_t xlsx_cell_length = 32'767; // UTF-16 units, as Excel counts
    std::uint32_t csv_cell_bytes = 1 << 20;
    std::uint32_t row_bytes = 8 << 20; // text of one row
    std::uint32_t shared_strings = 4'000'000;
    std::uint32_t shared_string_bytes = 128 << 20;
    std::uint32_t repeated_cells = 20'000'000; // by `repeat_merged`, in the whole table
};

struct ReadOptions {
    std::string sheet = {};                // empty: the first visible one that has content
    std::uint32_t header_row = 0;          // as Excel numbers rows; 0: the first row with two different texts
    bool repeat_merged = false;            // the value of merged cells in each of them; else at their top left only
    bool strip_apostrophe = false;         // CSV: take away the ' that make_table puts before what a spreadsheet would run
    std::optional<Encoding> encoding = {}; // CSV: else found out
    std::optional<char> separator = {};    // CSV: else found out among , ; tab |
    Limits limits = {};
};

struct Row {
    std::uint32_t number = 0;    // as Excel shows it
    std::uint64_t line = 0;      // CSV: the line of the file it begins on, from 1
    std::span<const Cell> cells; // at least as many as the header has
    /// What is wrong with the row; `field` is the cell ("C12") or "row 12". Where it is not empty the cells are only what could be read.
    Problems problems;
    /// What somebody may want to know, though the row is sound.
    Problems notes;
};

struct SheetName {
    std::string name;
    bool visible = true;
};

struct Progress {
    std::uint64_t done = 0, total = 0; // bytes
};

class TableReader {
public:
    virtual ~TableReader() = default;

    virtual Format format() const = 0;
    virtual Encoding encoding() const = 0;                    // of a workbook always UTF-8
    virtual const std::vector<SheetName>& sheets() const = 0; // of CSV none
    virtual const std::string& sheet() const = 0;             // the one being read
    virtual const std::vector<std::string>& header() const = 0;
    virtual std::uint32_t header_row() const = 0;
    virtual const std::vector<std::string>& titles() const = 0; // the lines above the header, cells joined by a space
    virtual const Problems& notes() const = 0;                  // macros, external links and the like, which are left alone

    /// The next row that has content, valid until the next call; nullptr after the last. An error ends the table: the file is damaged or over a limit.
    virtual Result<const Row*> next() = 0;
    virtual Progress progress() const = 0;
};

/// Content of a file that came by HTTP.
struct Bytes {
    std::string content;
};

/// What the file is, is told by its content, never by its name. The file must stay as it is while it is read.
Result<std::unique_ptr<TableReader>> open_table(const std::filesystem::path& path, const ReadOptions& options = {});
Result<std::unique_ptr<TableReader>> open_table(Bytes bytes, const ReadOptions& options = {});

struct WriteOptions {
    bool byte_order_mark = true;         // CSV in UTF-8: without it Excel takes the file for the local encoding
    Encoding encoding = Encoding::utf_8; // CSV: UTF-8 or GB 18030
    char separator = ',';
    bool freeze_header = true;
    bool autofilter = true;
    std::string problems_title = {};    // of one more column with the problems of each row; empty: no such column
    Time created = {};                  // told in the file's properties
    std::filesystem::path scratch = {}; // folder for temporary files; empty: that of the file, or /tmp
    Limits limits = {};
};

struct Column {
    std::string title;
    std::string note = {};   // shown at the title, in xlsx
    std::string format = {}; // of numbers: "0.00"
    std::string unit = {};   // shown behind each number in xlsx; in CSV the title should name it
    double width = 0;        // in characters; 0: guessed from the title and the first rows
};

/// Marks a cell, or with `whole_row` nothing but the row.
struct CellProblem {
    static constexpr std::size_t whole_row = static_cast<std::size_t>(-1);
    std::size_t column = whole_row; // from 0
    std::string sentence;
};

class TableWriter {
public:
    virtual ~TableWriter() = default; // what was not finished leaves nothing behind

    /// Begins a table and writes its header; must come first. CSV has one.
    virtual Result<Done> sheet(std::string_view name, std::span<const Column> columns) = 0;
    /// Problems give red cells with a comment, and fill the problems column.
    virtual Result<Done> row(std::span<const Cell> cells, std::span<const CellProblem> problems = {}) = 0;
    /// Makes the file complete and puts it in its place, or hands its bytes out.
    virtual Result<Done> finish() = 0;
};

/// Takes the bytes of a file, piece by piece: a string that grows, or an answer sent in chunks.
using Sink = std::function<Result<Done>(std::string_view)>;

/// The file appears under its name when it is complete, not before.
Result<std::unique_ptr<TableWriter>> make_table(const std::filesystem::path& path, Format format, const WriteOptions& options = {});
/// CSV is handed out while it is written; xlsx at `finish`, by way of a temporary file.
Result<std::unique_ptr<TableWriter>> make_table(Sink sink, Format format, const WriteOptions& options = {});

} // namespace greenbank::sheets
