// xlsx_writer.cpp — cells by kind; what libxlsxwriter leaves unchecked (escapes, a full disk) is checked here.
#include "sheets/xlsx_writer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <xlsxwriter.h>

#include "sheets/number_format.h"
#include "sheets/package.h"
#include "sheets/serial_dates.h"
#include "sheets/stored_number.h"
#include "sheets/utf8.h"
#include "sheets/written_text.h"

namespace greenbank::sheets {

namespace {

constexpr std::size_t comments_max = 10'000; // of a sheet; they are kept in memory, and nobody reads more
constexpr std::size_t comment_characters_max = 1'000;
constexpr std::size_t text_units_max = 32'767;
constexpr std::size_t measured_rows = 200;
constexpr std::size_t width_min = 8, width_max = 60;
constexpr std::size_t link_bytes_max = 2'000; // Excel: 2,079 characters, after escaping

bool is_hexadecimal(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

/// What a text holds that readers would take for an escape, and the two characters that XML lacks and libxlsxwriter passes on.
void escape_text(std::string_view text, std::string& out) {
    out.clear();
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view ahead = text.substr(at);
        const bool escape =
            ahead.size() >= 7 && ahead[0] == '_' && ahead[1] == 'x' && ahead[6] == '_' && std::all_of(ahead.begin() + 2, ahead.begin() + 6, is_hexadecimal);
        if (escape) out += "_x005F";
        if (ahead.starts_with("\xEF\xBF\xBE") || ahead.starts_with("\xEF\xBF\xBF")) {
            out += ahead[2] == '\xBE' ? "_xFFFE_" : "_xFFFF_";
            at += 2;
        } else {
            out += text[at];
        }
    }
}

bool needs_escape(std::string_view text) { return text.find("_x") != std::string_view::npos || text.find("\xEF\xBF") != std::string_view::npos; }

bool is_safe_link(std::string_view address) {
    if (address.size() > link_bytes_max || sound_length(address) != address.size()) return false;
    if (std::any_of(address.begin(), address.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == '"'; })) return false;
    return address.starts_with("https://") || address.starts_with("http://") || address.starts_with("mailto:");
}

} // namespace

Result<std::unique_ptr<TableWriter>> XlsxWriter::make(const std::filesystem::path& path, Sink sink, const WriteOptions& options) {
    std::filesystem::path scratch = options.scratch;
    if (scratch.empty()) scratch = path.empty() ? "/tmp" : path.parent_path();
    if (scratch.empty()) scratch = ".";
    WrittenFile written = path.empty() ? TRY(WrittenFile::in(scratch)) : TRY(WrittenFile::beside(path));
    std::unique_ptr<XlsxWriter> writer(new XlsxWriter(std::move(written), std::move(sink), options));
    writer->scratch_ = scratch.string();
    writer->path_ = writer->written_.temporary().string();
    lxw_workbook_options settings{};
    settings.constant_memory = LXW_TRUE;
    settings.tmpdir = writer->scratch_.data();
    writer->workbook_ = workbook_new_opt(writer->path_.c_str(), &settings);
    if (!writer->workbook_) return unwritable(path);
    lxw_doc_properties properties{};
    // Without a time the library would ask the clock.
    properties.created = std::max<std::time_t>(1, static_cast<std::time_t>(options.created.microseconds / 1'000'000));
    workbook_set_properties(writer->workbook_, &properties);
    writer->formats_.emplace(writer->workbook_);
    return std::unique_ptr<TableWriter>(std::move(writer));
}

XlsxWriter::~XlsxWriter() { forget_workbook(); }

void XlsxWriter::forget_workbook() {
    if (!workbook_) return;
    lxw_sheet* sheet;
    STAILQ_FOREACH(sheet, workbook_->sheets, list_pointers) // the library closes its spool files only when it writes the workbook
    if (!sheet->is_chartsheet && sheet->u.worksheet->optimize_tmpfile) {
        std::fclose(sheet->u.worksheet->optimize_tmpfile);
        sheet->u.worksheet->optimize_tmpfile = nullptr;
    }
    lxw_workbook_free(workbook_);
    workbook_ = nullptr;
}

Result<Done> XlsxWriter::sheet(std::string_view name, std::span<const Column> columns) {
    require(workbook_, "the workbook is finished");
    end_sheet();
    const std::string sheet_name(name);
    const std::size_t all = columns.size() + !options_.problems_title.empty();
    if (all > options_.limits.columns || all > LXW_COL_MAX)
        return Error{Failure::too_large, "sheets.columns", "Row {row} has more than {limit} columns.",
            {{"row", "1"}, {"limit", std::to_string(options_.limits.columns)}}};
    TRY(check_text(name, 0, 1));
    if (name.empty() || name.find_first_of("\r\n\t") != std::string_view::npos || utf16_length(name) > LXW_SHEETNAME_MAX ||
        workbook_validate_sheet_name(workbook_, sheet_name.c_str()) != LXW_NO_ERROR)
        return Error{Failure::invalid, "sheets.sheet_name", "A sheet cannot be called {name}: at most 31 characters, none of []:*?/\\, and each name once.",
            {{"name", sheet_name}}};
    sheet_ = workbook_add_worksheet(workbook_, sheet_name.c_str());
    if (!sheet_) return disk_full(); // its spool file could not be made
    columns_.assign(columns.begin(), columns.end());
    widths_.assign(all, 0);
    row_ = 0;
    links_ = comments_ = 0;
    for (std::size_t column = 0; column < all; ++column) {
        const std::string& title = column < columns_.size() ? columns_[column].title : options_.problems_title;
        TRY(check_text(title, column, 1));
        measure(column, title);
        TRY(write_text(title, column, formats_->header()));
        if (column == columns_.size() || columns_[column].note.empty()) continue;
        TRY(check_text(columns_[column].note, column, 1));
        worksheet_write_comment(sheet_, 0, static_cast<lxw_col_t>(column), columns_[column].note.c_str());
    }
    return Done{};
}

Result<Done> XlsxWriter::row(std::span<const Cell> cells, std::span<const CellProblem> problems) {
    require(sheet_, "a table needs its columns before its rows");
    TRY(check_width(cells.size(), columns_.size(), row_ + 2));
    if (row_ + 1 >= std::min<std::uint32_t>(options_.limits.rows, LXW_ROW_MAX))
        return Error{Failure::too_large, "sheets.rows", "The table has more than {limit} rows; split it.", {{"limit", std::to_string(options_.limits.rows)}}};
    ++row_;
    faulty_.assign(columns_.size(), false);
    for (const CellProblem& problem : problems)
        if (problem.column < columns_.size()) faulty_[problem.column] = true;
    for (std::size_t column = 0; column < columns_.size(); ++column) TRY(write_cell(column < cells.size() ? cells[column] : Cell{}, column, faulty_[column]));
    return write_problems(problems);
}

Result<Done> XlsxWriter::write_cell(const Cell& cell, std::size_t column, bool faulty) {
    const auto place = static_cast<lxw_col_t>(column);
    if (cell.text.empty()) {
        if (faulty) worksheet_write_blank(sheet_, row_, place, formats_->of(CellKind::text, {}, {}, false, true, false));
        return Done{};
    }
    TRY(check_text(cell.text, column, row_ + 1));
    measure(column, cell.text);
    const std::string_view unit = !cell.unit.empty() ? cell.unit : std::string_view(columns_[column].unit);
    const std::string_view format = !cell.format.empty() ? cell.format : std::string_view(columns_[column].format);
    if (cell.kind == CellKind::boolean && (cell.text == "true" || cell.text == "false")) {
        worksheet_write_boolean(sheet_, row_, place, cell.text == "true", formats_->of(cell.kind, {}, {}, false, faulty, false));
        return Done{};
    }
    std::optional<double> value;
    if (cell.kind == CellKind::number) {
        const StoredNumber number = stored_number(cell.text, number_);
        if (number.kind != StoredNumber::none && !number.digits_lost) value = number.value; // a longer one is kept as text, with all its digits
    } else if (cell.kind != CellKind::text) {
        value = to_serial(cell.text, cell.kind);
    }
    if (value) {
        const bool has_fraction = cell.kind != CellKind::number && cell.text.find('.') != std::string_view::npos;
        worksheet_write_number(sheet_, row_, place, *value,
            formats_->of(cell.kind, format, cell.kind == CellKind::number ? unit : std::string_view{}, has_fraction, faulty, false));
        return Done{};
    }
    const bool linked = !cell.link.empty() && write_link(cell, column);
    return write_text(cell.text, column, formats_->of(CellKind::text, {}, {}, false, faulty, linked));
}

bool XlsxWriter::write_link(const Cell& cell, std::size_t column) {
    if (!is_safe_link(cell.link) || links_ >= LXW_MAX_NUMBER_URLS) return false;
    text_ = cell.link;
    const bool written = worksheet_write_url(sheet_, row_, static_cast<lxw_col_t>(column), text_.c_str(), nullptr) == LXW_NO_ERROR;
    links_ += written;
    return written;
}

Result<Done> XlsxWriter::write_text(std::string_view text, std::size_t column, lxw_format* format) {
    const bool too_long = text.size() > text_units_max && utf16_length(text) > text_units_max;
    if (needs_escape(text)) escape_text(text, text_);
    else text_ = text;
    if (too_long || worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column), text_.c_str(), format) != LXW_NO_ERROR)
        return Error{Failure::invalid, "sheets.text_length", "The text of the cell {cell} is longer than a workbook allows, 32,767 characters.",
            {{"cell", cell_name(column, row_ + 1)}}};
    return Done{};
}

Result<Done> XlsxWriter::write_problems(std::span<const CellProblem> problems) {
    if (problems.empty()) return Done{};
    std::string sentences;
    std::map<std::size_t, std::string> comments;
    for (const CellProblem& problem : problems) {
        TRY(check_text(problem.sentence, columns_.size(), row_ + 1));
        if (!sentences.empty()) sentences += '\n';
        sentences += problem.sentence;
        if (problem.column >= columns_.size()) continue;
        std::string& comment = comments[problem.column];
        if (!comment.empty()) comment += '\n';
        comment += problem.sentence;
    }
    for (auto& [column, comment] : comments) {
        if (++comments_ > comments_max) break;
        if (comment.size() > comment_characters_max) comment.resize(sound_length(std::string_view(comment).substr(0, comment_characters_max)));
        worksheet_write_comment(sheet_, row_, static_cast<lxw_col_t>(column), comment.c_str());
    }
    if (options_.problems_title.empty()) return Done{};
    measure(columns_.size(), sentences);
    return write_text(sentences, columns_.size(), formats_->problem_text());
}

void XlsxWriter::measure(std::size_t column, std::string_view text) {
    if (row_ < measured_rows) widths_[column] = std::max(widths_[column], shown_width(text.substr(0, 4 * width_max)));
}

void XlsxWriter::end_sheet() {
    if (!sheet_) return;
    for (std::size_t column = 0; column < widths_.size(); ++column) {
        const double given = column < columns_.size() ? columns_[column].width : 0;
        const double guessed = static_cast<double>(std::clamp(widths_[column] + 2, width_min, width_max));
        worksheet_set_column(sheet_, static_cast<lxw_col_t>(column), static_cast<lxw_col_t>(column), given > 0 ? std::min(given, 255.0) : guessed, nullptr);
    }
    if (options_.freeze_header) worksheet_freeze_panes(sheet_, 1, 0);
    if (options_.autofilter && !widths_.empty()) worksheet_autofilter(sheet_, 0, 0, row_, static_cast<lxw_col_t>(widths_.size() - 1));
    std::FILE* const spool = sheet_->optimize_tmpfile;
    const bool whole = spool && std::fflush(spool) == 0 && !std::ferror(spool);
    row_bytes_.push_back(whole ? static_cast<std::uint64_t>(std::max(0L, std::ftell(spool))) : UINT64_MAX);
    sheet_ = nullptr;
}

/// The library does not look whether what it spooled and copied arrived on the disk.
Result<Done> XlsxWriter::check_complete() const {
    const ByteSource file = TRY(ByteSource::open(path_));
    Limits any;
    any.bytes = any.part_bytes = any.compression_ratio = UINT64_MAX;
    const auto package = Package::open(file, any);
    if (!package) return disk_full();
    for (std::size_t i = 0; i < row_bytes_.size(); ++i)
        if (package.value()->size_of(fmt::format("xl/worksheets/sheet{}.xml", i + 1)) < row_bytes_[i]) return disk_full();
    return Done{};
}

Result<Done> XlsxWriter::finish() {
    require(workbook_ && sheet_, "a workbook needs a sheet");
    end_sheet();
    const bool spooled = std::find(row_bytes_.begin(), row_bytes_.end(), UINT64_MAX) == row_bytes_.end();
    if (!spooled) {
        forget_workbook();
        return disk_full();
    }
    const lxw_error closed = workbook_close(std::exchange(workbook_, nullptr));
    if (closed != LXW_NO_ERROR) return disk_full();
    TRY(check_complete());
    return sink_ ? written_.hand_out(sink_) : written_.place();
}

} // namespace greenbank::sheets
