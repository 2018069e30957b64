// stored_number.cpp — most numbers are stored as people would write them, and are only copied.
#include "sheets/stored_number.h"

#include <charconv>
#include <cmath>
#include <cstdint>

#include "sheets/cells.h"

namespace greenbank::sheets {

namespace {

/// -12.5: digits, and digits behind a point; nothing else.
struct PlainDecimal {
    bool plain = false, negative = false;
    std::string_view whole, fraction;
};

PlainDecimal plain_decimal(std::string_view raw) {
    PlainDecimal decimal;
    decimal.negative = raw.starts_with('-');
    raw.remove_prefix(decimal.negative);
    const auto digits = [&] {
        std::size_t count = 0;
        while (count < raw.size() && raw[count] >= '0' && raw[count] <= '9') ++count;
        const std::string_view taken = raw.substr(0, count);
        raw.remove_prefix(count);
        return taken;
    };
    decimal.whole = digits();
    if (raw.starts_with('.')) {
        raw.remove_prefix(1);
        decimal.fraction = digits();
        if (decimal.fraction.empty()) return decimal;
    }
    decimal.plain = raw.empty() && !decimal.whole.empty();
    return decimal;
}

constexpr std::size_t digits_kept = 15; // such a whole number, and such a power of ten, are exact in a double

double small_value(const PlainDecimal& decimal) {
    static constexpr double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    std::int64_t digits = 0;
    for (const char c : decimal.whole) digits = digits * 10 + (c - '0');
    for (const char c : decimal.fraction) digits = digits * 10 + (c - '0');
    const double value = static_cast<double>(digits) / powers[decimal.fraction.size()]; // so the quotient is rounded only once
    return decimal.negative ? -value : value;
}

} // namespace

StoredNumber stored_number(std::string_view raw, std::string& text) {
    StoredNumber number;
    text.clear();
    const PlainDecimal decimal = plain_decimal(raw);
    if (decimal.plain) number.kind = decimal.negative || !decimal.fraction.empty() ? StoredNumber::real : StoredNumber::natural;
    if (decimal.plain && decimal.whole.size() + decimal.fraction.size() <= digits_kept) {
        number.value = small_value(decimal);
        const bool as_typed =
            (decimal.whole.size() == 1 || decimal.whole[0] != '0') && !decimal.fraction.ends_with('0') && (number.value != 0 || !decimal.negative);
        text = as_typed ? std::string(raw) : number_text(number.value);
        return number;
    }
    if (raw.empty() || (raw[0] != '-' && raw[0] != '.' && (raw[0] < '0' || raw[0] > '9'))) return {}; // "inf", "nan"
    const auto read = std::from_chars(raw.data(), raw.data() + raw.size(), number.value);
    if (read.ptr != raw.data() + raw.size()) return {};
    if (read.ec == std::errc::result_out_of_range) { // too small is nothing, too large is no number
        if (raw.find("e-") == std::string_view::npos && raw.find("E-") == std::string_view::npos) return {};
        number.value = 0;
    } else if (read.ec != std::errc() || !std::isfinite(number.value)) {
        return {};
    }
    if (!decimal.plain) number.kind = StoredNumber::real;
    constexpr double exact_max = 9007199254740992.0; // 2^53
    if (decimal.plain && decimal.fraction.empty() && decimal.whole[0] != '0') {
        if (std::abs(number.value) <= exact_max) {
            text = raw;
            return number;
        }
        number.digits_lost = decimal.whole.find_last_not_of('0') >= digits_kept;
    }
    text = number_text(number.value);
    return number;
}

} // namespace greenbank::sheets
