// csv.cpp — one pass over the text.
#include "kernel/csv.h"

#include <algorithm>

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank {

int Csv::column(std::string_view name) const {
    const auto found = std::find(header.begin(), header.end(), name);
    return found == header.end() ? -1 : static_cast<int>(found - header.begin());
}

namespace {

/// Reads one row from `at`; false where a quote is left open or followed by something else.
bool read_row(std::string_view text, std::size_t& at, std::size_t& line, std::vector<std::string>& cells) {
    cells.clear();
    std::string cell;
    while (true) {
        cell.clear();
        if (at < text.size() && text[at] == '"') {
            for (++at;; ++at) {
                if (at >= text.size()) return false;
                if (text[at] == '"') {
                    if (at + 1 < text.size() && text[at + 1] == '"') ++at;
                    else break;
                } else if (text[at] == '\n') ++line;
                cell += text[at];
            }
            ++at;
            if (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') return false;
        } else {
            while (at < text.size() && text[at] != ',' && text[at] != '\n' && text[at] != '\r') cell += text[at++];
        }
        cells.push_back(cell);
        if (at < text.size() && text[at] == ',') {
            ++at;
            continue;
        }
        if (at < text.size() && text[at] == '\r') ++at;
        if (at < text.size() && text[at] == '\n') {
            ++at;
            ++line;
        }
        return true;
    }
}

bool is_number(std::string_view cell) {
    return !cell.empty() &&
           std::all_of(cell.begin() + (cell[0] == '-' || cell[0] == '+'), cell.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; });
}

} // namespace

Result<Csv> parse_csv(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (!is_utf8(text) || text.find('\0') != std::string_view::npos)
        return Error{Failure::invalid, "csv.not_text", "This is not a CSV file in UTF-8; save it as “CSV UTF-8”."};
    if (trim(text).empty()) return Error{Failure::invalid, "csv.empty", "The file is empty; its first line must name the columns."};
    Csv csv;
    Problems problems;
    std::size_t at = 0, line = 1;
    std::vector<std::string> cells;
    if (!read_row(text, at, line, csv.header))
        return Error{Failure::invalid, "csv.quotes", "The first line has a quote that is never closed; this may not be a CSV file."};
    for (std::string& name : csv.header) name = std::string(trim(name));
    while (at < text.size()) {
        const std::size_t first_line = line;
        const bool whole = read_row(text, at, line, cells);
        const std::string where = fmt::format("line {}", first_line);
        if (!whole) {
            problems.push_back({where, "csv.quotes", "A quote is not closed or is followed by other text."});
            break; // what follows cannot be told apart
        }
        if (cells.size() == 1 && cells[0].empty()) continue; // an empty line
        if (cells.size() != csv.header.size()) {
            problems.push_back({where, "csv.cells", "The row has {found} cells, the first line names {expected} columns.",
                {{"found", std::to_string(cells.size())}, {"expected", std::to_string(csv.header.size())}}});
            continue;
        }
        csv.rows.push_back(std::move(cells));
        csv.lines.push_back(first_line);
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return csv;
}

void append_csv_cell(std::string& out, std::string_view cell) {
    const bool formula = !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos && !is_number(cell);
    const bool quoted = formula || cell.find_first_of(",\"\r\n") != std::string_view::npos || (!cell.empty() && (cell.front() == ' ' || cell.back() == ' '));
    if (!quoted) {
        out += cell;
        return;
    }
    out += '"';
    if (formula) out += '\'';
    for (const char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

} // namespace greenbank
