// table_rows.h — described records and rows of people's tables: which places a record has for cells, and cells as people write
// them ("125万元", "500 m³/d", "да", "2026年11月20日", a choice in any language) into its fields.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/record.h"

namespace greenbank {

/// A place of a record that one cell can fill: "title.zh", "readiness.level", "budget" ("1250.00 CNY") or "budget.amount".
struct TablePlace {
    std::string path;
    const Field* field;      // the field at the end of the path
    std::string_view part;   // of a localized text, money or quantity; empty: the whole
    std::vector<Text> names; // what people call it, from the words of the program: the field's, behind those it lies in
    bool needed = false;     // some place of this field must be filled
    int item = 0;            // of a list of records: which of them, from 1; 0: no part of one
};

/// So many records of a list have places of their own; more stand as JSON in one cell.
constexpr int list_items_max = 5;

/// All places that a body may set, in the order of the fields. A list of records has one place for all of it as JSON ("figures") and
/// places for the parts of its first items ("figures.1.indicator").
std::vector<TablePlace> table_places(const Record& record);

/// A code for what somebody wrote at a place, if it is not a code already: "China" or "中国" for CN. Nothing: leave it.
using CodeOf = std::function<std::optional<std::string>(std::string_view path, std::string_view text)>;

/// Fills `value` from the cells of one row by path; empty cells are absent. Every cell that cannot be understood is a problem at
/// its path; validation is the caller's.
void read_table_row(const Record& record, void* value, const std::map<std::string, std::string, std::less<>>& cells, const CodeOf& code_of, Problems& problems);

/// Where a problem of the record came from: "figures[1].unit" is "figures.3.unit" where that was the second item filled by these cells.
std::string place_of_problem(std::string_view field, const std::map<std::string, std::string, std::less<>>& cells);

/// The text of one place, as read_table_row() takes it back; empty where there is nothing. Choices by their code.
std::string table_cell(const TablePlace& place, const Record& record, const void* value);

// The pieces, for those who read single cells.
std::optional<double> parse_number(std::string_view text);         // 1,250.5 · 1 250,5 · １２ · 12.5%
std::optional<Date> parse_any_date(std::string_view text);         // 2026-11-20 · 2026/11/20 · 20.11.2026 · 2026年11月20日
std::optional<Money> parse_any_money(std::string_view text);       // 1250.00 CNY · ¥1,250 · 125万元 · 1.2亿元 · 300 000 ₽
std::optional<std::string> parse_any_unit(std::string_view text);  // m³/d · 吨/日; "1" for nothing
std::optional<Quantity> parse_any_quantity(std::string_view text); // 500 m3/d · 500m³/d · 20 吨/日

} // namespace greenbank
