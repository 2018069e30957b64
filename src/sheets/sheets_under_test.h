// sheets_under_test.h — workbooks put together from their XML, and what is read shown as text. For tests and fuzzers only.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <zip.h>

#include "kernel/text.h"
#include "sheets/sheets.h"

namespace greenbank::sheets {

using Parts = std::map<std::string, std::string>;

/// A zip of these parts, packed or only stored.
inline std::string zip_of(const Parts& parts, bool packed = true) {
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t* const memory = zip_source_buffer_create(nullptr, 0, 0, &problem);
    zip_source_keep(memory);
    zip_t* const archive = zip_open_from_source(memory, ZIP_TRUNCATE, &problem);
    for (const auto& [name, text] : parts) {
        const zip_int64_t index = zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
        require(index >= 0, "a part could not be added");
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 6);
        zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), 315532800, 0);
    }
    require(zip_close(archive) == 0, "a zip could not be written");
    zip_source_open(memory);
    zip_source_seek(memory, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(memory)), '\0');
    zip_source_seek(memory, 0, SEEK_SET);
    zip_source_read(memory, bytes.data(), bytes.size());
    zip_source_close(memory);
    zip_source_free(memory);
    zip_error_fini(&problem);
    return bytes;
}

inline std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '"') out += "&quot;";
        else out += c;
    return out;
}

constexpr std::string_view main_namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

inline std::string relationships_part(const std::vector<std::pair<std::string, std::string>>& types_and_targets) {
    std::string xml = R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
    int id = 0;
    for (const auto& [type, target] : types_and_targets)
        xml += fmt::format(R"(<Relationship Id="rId{}" Type="{}/{}" Target="{}"/>)", ++id, relations, type, target);
    return xml + "</Relationships>";
}

inline std::string sheet_part(std::string_view rows, std::string_view behind = "") {
    return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{}"><sheetData>{}</sheetData>{}</worksheet>)", main_namespace, rows, behind);
}

/// The parts of a workbook with one sheet, "数据", of these rows (`<row>…</row>`); `behind` follows them. A test changes what it is about.
inline Parts workbook_parts(std::string_view rows, std::string_view behind = "") {
    return {
        {"_rels/.rels", relationships_part({{"officeDocument", "xl/workbook.xml"}})},
        {"xl/workbook.xml", fmt::format(R"(<workbook xmlns="{}" xmlns:r="{}"><sheets><sheet name="数据" sheetId="1" r:id="rId1"/></sheets></workbook>)",
                                main_namespace, relations)},
        {"xl/_rels/workbook.xml.rels",
            relationships_part({{"worksheet", "worksheets/sheet1.xml"}, {"styles", "styles.xml"}, {"sharedStrings", "sharedStrings.xml"}})},
        {"xl/worksheets/sheet1.xml", sheet_part(rows, behind)},
    };
}

/// `<sst>` of plain texts.
inline std::string shared_strings_part(const std::vector<std::string>& texts) {
    std::string xml = fmt::format(R"(<sst xmlns="{}">)", main_namespace);
    for (const std::string& text : texts) xml += fmt::format(R"(<si><t xml:space="preserve">{}</t></si>)", escaped(text));
    return xml + "</sst>";
}

/// Styles whose cell styles 0, 1, 2… have these number formats: codes, or the numbers of built-in ones.
inline std::string styles_part(const std::vector<std::string>& formats) {
    std::string codes, styles;
    for (std::size_t i = 0; i < formats.size(); ++i) {
        const bool built_in = formats[i].find_first_not_of("0123456789") == std::string::npos && formats[i].size() < 4 && formats[i] != "0";
        if (!built_in) codes += fmt::format(R"(<numFmt numFmtId="{}" formatCode="{}"/>)", 164 + i, escaped(formats[i]));
        styles += fmt::format(R"(<xf numFmtId="{}"/>)", built_in ? formats[i] : std::to_string(164 + i));
    }
    return fmt::format(R"(<styleSheet xmlns="{}"><numFmts>{}</numFmts><cellXfs>{}</cellXfs></styleSheet>)", main_namespace, codes, styles);
}

inline std::string shown_cell(const Cell& cell, bool formats) {
    constexpr std::string_view marks[] = {"", "", "#", "?", "@", "@", "@", "@", "!"};
    std::string text = std::string(marks[static_cast<std::size_t>(cell.kind)]) + std::string(cell.text);
    if (formats && !cell.format.empty()) text += fmt::format(" {{{}}}", cell.format);
    if (formats && !cell.unit.empty()) text += fmt::format(" [{}]", cell.unit);
    return text;
}

/// Line by line: titles, "header 1: a | b", "2: x | #12.5 {0.0%} [kWh] | @2026-11-20 | ?true | !#N/A", then "2! C2 sheets.error_value" for problems,
/// "2~ …" for notes; "~ …" for those of the table. An error that ends the table: "!! sheets.damaged".
inline std::string shown(const Result<std::unique_ptr<TableReader>>& opened, bool formats = false) {
    if (!opened) return "!! " + opened.error().code + "\n";
    TableReader& table = *opened.value();
    std::string out;
    for (const Problem& note : table.notes()) out += fmt::format("~{}{} {}\n", note.field.empty() ? "" : " ", note.field, note.code);
    for (const std::string& title : table.titles()) out += "title: " + title + "\n";
    out += fmt::format("header {}: {}\n", table.header_row(), join(table.header(), " | "));
    while (true) {
        const auto next = table.next();
        if (!next) return out + "!! " + next.error().code + "\n";
        const Row* const row = next.value();
        if (!row) return out;
        std::vector<std::string> cells;
        for (const Cell& cell : row->cells) cells.push_back(shown_cell(cell, formats));
        out += fmt::format("{}: {}\n", row->number, join(cells, " | "));
        for (const Problem& problem : row->problems) out += fmt::format("{}! {} {}\n", row->number, problem.field, problem.code);
        for (const Problem& note : row->notes) out += fmt::format("{}~ {} {}\n", row->number, note.field, note.code);
    }
}

inline std::string shown(std::string content, const ReadOptions& options = {}, bool formats = false) {
    return shown(open_table(Bytes{std::move(content)}, options), formats);
}

/// The lines without the indentation of the first, so that expectations stand where they are read.
inline std::string unindented(std::string_view text) {
    std::string out;
    text.remove_prefix(text.find('\n') + 1);
    const std::size_t indent = text.find_first_not_of(' ');
    for (std::string_view line : split(text, '\n')) {
        if (line.find_first_not_of(' ') == std::string_view::npos) continue;
        line.remove_prefix(std::min(indent, line.find_first_not_of(' ')));
        (out += line) += '\n';
    }
    return out;
}

} // namespace greenbank::sheets
