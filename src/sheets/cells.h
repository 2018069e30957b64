// cells.h — a cell is a text and what kind of thing the text is; the same for reading and for writing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/time.h"
#include "sheets/text_arena.h"

namespace greenbank::sheets {

// The text of each kind: number "-1250.5" (at most 15 digits that count, no exponent below 1e21) · boolean "true" "false" · date "2026-11-20"
// time "08:30:00" · date_time "2026-11-20T08:30:00" · duration "36:30:00" · error "#N/A". Fractions of seconds are thousandths, left out
// where zero. Times have no zone. A text that is not of its kind is written as a text, so that nothing is lost.
enum class CellKind : std::uint8_t { empty, text, number, boolean, date, time, date_time, duration, error };

struct Cell {
    CellKind kind = CellKind::empty;
    std::string_view text = {};
    std::string_view format = {}; // the number format of a workbook: "0.0%", "yyyy-mm-dd"; empty: the general one
    std::string_view unit = {};   // of a number: what its format writes behind it
    std::string_view link = {};   // written only: http, https and mailto

    bool operator==(const Cell&) const = default;
};

/// Does the number format show hundredths? The value is as it is: 0.125 shown as 12.5%.
bool is_percent(std::string_view format);

/// The shortest decimal that a person would type for it, at most 15 digits that count as in a spreadsheet: 0.1, 1250, 1e-20.
/// "" for what is no number.
std::string number_text(double value);

/// "A", "Z", "AA": columns from 0.
std::string column_letters(std::size_t column);
/// "C12": columns from 0, rows from 1.
std::string cell_name(std::size_t column, std::uint32_t row);

struct NumberLook {
    std::string_view format = {}, unit = {};
};

/// A row being made: it owns the texts, so that the writer may be given plain cells.
class CellRow {
public:
    CellRow& empty();
    CellRow& text(std::string_view text);
    CellRow& number(double value, NumberLook look = {});
    CellRow& integer(std::int64_t value, NumberLook look = {});
    CellRow& decimal(std::string_view digits, NumberLook look = {}); // money, and numbers of any length
    CellRow& boolean(bool value);
    CellRow& date(Date value);
    CellRow& date_time(Time value); // in UTC
    CellRow& link(std::string_view text, std::string_view address);
    void clear();

    operator std::span<const Cell>() const { return cells_; }

private:
    CellRow& add(CellKind kind, std::string_view text, NumberLook look = {});

    std::vector<Cell> cells_;
    TextArena texts_;
};

} // namespace greenbank::sheets
