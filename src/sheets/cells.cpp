// cells.cpp — numbers as people type them, and the names of cells.
#include "sheets/cells.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "sheets/number_format.h"

namespace greenbank::sheets {

bool is_percent(std::string_view format) { return meaning_of(format).percent; }

std::string number_text(double value) {
    if (!std::isfinite(value)) return {};
    if (value == 0) return "0";
    constexpr int digits_kept = 15; // what a spreadsheet shows of a double; the rest is noise of binary fractions
    char buffer[40];
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific, digits_kept - 1);
    const std::string_view text(buffer, static_cast<std::size_t>(written.ptr - buffer)); // d.dddde±xx
    const std::size_t e = text.find('e');
    std::string digits{text[0]};
    digits += text.substr(2, e - 2);
    digits.erase(digits.find_last_not_of('0') + 1);
    int exponent = 0;
    std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), text.data() + text.size(), exponent);

    std::string out = value < 0 ? "-" : "";
    const auto point = static_cast<std::size_t>(std::abs(exponent));
    if (exponent >= 21 || exponent < -10) {
        out += digits[0];
        if (digits.size() > 1) (out += '.') += digits.substr(1);
        out += 'e' + std::to_string(exponent);
    } else if (exponent < 0) {
        ((out += "0.") += std::string(point - 1, '0')) += digits;
    } else if (digits.size() <= point + 1) {
        (out += digits) += std::string(point + 1 - digits.size(), '0');
    } else {
        ((out += digits.substr(0, point + 1)) += '.') += digits.substr(point + 1);
    }
    return out;
}

std::string column_letters(std::size_t column) {
    std::string letters;
    for (std::size_t left = column + 1; left > 0; left = (left - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
    return letters;
}

std::string cell_name(std::size_t column, std::uint32_t row) { return column_letters(column) + std::to_string(row); }

CellRow& CellRow::add(CellKind kind, std::string_view text, NumberLook look) {
    cells_.push_back({kind, texts_.keep(text), texts_.keep(look.format), texts_.keep(look.unit)});
    return *this;
}

CellRow& CellRow::empty() { return add(CellKind::empty, {}); }
CellRow& CellRow::text(std::string_view text) { return add(text.empty() ? CellKind::empty : CellKind::text, text); }
CellRow& CellRow::number(double value, NumberLook look) {
    const std::string text = number_text(value);
    return text.empty() ? empty() : add(CellKind::number, text, look);
}
CellRow& CellRow::integer(std::int64_t value, NumberLook look) { return add(CellKind::number, std::to_string(value), look); }
CellRow& CellRow::decimal(std::string_view digits, NumberLook look) { return add(CellKind::number, digits, look); }
CellRow& CellRow::boolean(bool value) { return add(CellKind::boolean, value ? "true" : "false"); }
CellRow& CellRow::date(Date value) { return add(CellKind::date, to_text(value)); }
CellRow& CellRow::date_time(Time value) {
    constexpr std::int64_t second = 1'000'000;
    const std::string text = to_text(value); // 2026-11-20T22:21:23.123456Z
    const std::int64_t fraction = ((value.microseconds % second) + second) % second / 1000;
    return add(CellKind::date_time, text.substr(0, 19) + (fraction ? fmt::format(".{:03}", fraction) : std::string()));
}
CellRow& CellRow::link(std::string_view text, std::string_view address) {
    add(CellKind::text, text.empty() ? address : text);
    cells_.back().link = texts_.keep(address);
    return *this;
}
void CellRow::clear() {
    cells_.clear();
    texts_.clear();
}

} // namespace greenbank::sheets
