// xlsx_formats.cpp — number formats, red for problems, blue for links.
#include "sheets/xlsx_formats.h"

#include <xlsxwriter.h>

#include "kernel/text.h"
#include "sheets/number_format.h"
#include "sheets/utf8.h"

namespace greenbank::sheets {

namespace {

constexpr std::size_t formats_max = 20'000;                                             // Excel refuses more than 64,000
constexpr std::size_t code_max = LXW_FORMAT_FIELD_LEN - 1;                              // libxlsxwriter would cut it
constexpr lxw_color_t red_fill = 0xFFC7CE, red_text = 0x9C0006, header_fill = 0xE2EFDA; // the first two: Excel's own "bad"

std::string_view usual_format(CellKind kind, bool has_fraction) {
    switch (kind) {
    case CellKind::date: return "yyyy-mm-dd";
    case CellKind::time: return has_fraction ? "hh:mm:ss.000" : "hh:mm:ss";
    case CellKind::date_time: return has_fraction ? "yyyy-mm-dd hh:mm:ss.000" : "yyyy-mm-dd hh:mm:ss";
    case CellKind::duration: return has_fraction ? "[h]:mm:ss.000" : "[h]:mm:ss";
    default: return {};
    }
}

/// A unit as the literal text of a number format: ` "kWh"`.
std::string unit_literal(std::string_view unit) {
    std::string literal = "\" ";
    for (const char c : unit)
        if (c != '"' && static_cast<unsigned char>(c) >= 0x20) literal += c;
    return literal + '"';
}

} // namespace

std::string written_format(CellKind kind, std::string_view format, std::string_view unit, bool has_fraction) {
    if (format.size() > code_max || sound_length(format) != format.size() || format.find('\0') != std::string_view::npos) format = {};
    const FormatMeaning meaning = meaning_of(format);
    if (kind == CellKind::number) {
        if (meaning.kind != CellKind::number) format = {};
        if (unit.empty() || meaning.unit == unit || sound_length(unit) != unit.size()) return std::string(format);
        std::string with_unit = (format.empty() || format == "General" ? "General" : std::string(format)) + unit_literal(unit);
        return with_unit.size() > code_max || format.find(';') != std::string_view::npos ? std::string(format) : with_unit;
    }
    const bool fits = meaning.kind == kind || (kind == CellKind::date_time && meaning.kind == CellKind::time);
    return std::string(fits ? format : usual_format(kind, has_fraction));
}

lxw_format* XlsxFormats::header() {
    if (header_) return header_;
    header_ = workbook_add_format(workbook_);
    format_set_bold(header_);
    format_set_text_wrap(header_);
    format_set_align(header_, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(header_, header_fill);
    format_set_bottom(header_, LXW_BORDER_THIN);
    return header_;
}

lxw_format* XlsxFormats::problem_text() {
    if (problem_text_) return problem_text_;
    problem_text_ = workbook_add_format(workbook_);
    format_set_font_color(problem_text_, red_text);
    format_set_text_wrap(problem_text_);
    return problem_text_;
}

lxw_format* XlsxFormats::of(CellKind kind, std::string_view format, std::string_view unit, bool has_fraction, bool faulty, bool link) {
    const bool formatted = kind == CellKind::number ? !format.empty() || !unit.empty() : !usual_format(kind, false).empty();
    if (!formatted && !faulty) return link ? workbook_get_default_url_format(workbook_) : nullptr;
    key_.clear();
    key_ += static_cast<char>(kind);
    key_ += static_cast<char>(has_fraction * 2 + faulty);
    if (formatted) ((key_ += format) += '\0') += unit;
    const auto known = made_.find(key_);
    if (known != made_.end()) return known->second;
    if (made_.size() >= formats_max) return nullptr;
    lxw_format* const made = workbook_add_format(workbook_);
    if (formatted)
        if (const std::string code = written_format(kind, format, unit, has_fraction); !code.empty()) format_set_num_format(made, code.c_str());
    if (faulty) {
        format_set_bg_color(made, red_fill);
        format_set_font_color(made, red_text);
    }
    made_.emplace(key_, made);
    return made;
}

} // namespace greenbank::sheets
