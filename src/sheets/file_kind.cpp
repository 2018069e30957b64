// file_kind.cpp — the marks of file formats.
#include "sheets/file_kind.h"

#include <algorithm>
#include <string>

#include "kernel/text.h"

namespace greenbank::sheets {

namespace {

std::string lower_head(std::string_view head) {
    std::string lower(trim(head.starts_with("\xEF\xBB\xBF") ? head.substr(3) : head).substr(0, 64));
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

} // namespace

bool is_zip(std::string_view head) { return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06"); }

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

bool misleads(std::string_view first_cell) { return first_cell.starts_with("sep=") || is_zip(first_cell) || !refuse_other_files(first_cell); }

} // namespace greenbank::sheets
