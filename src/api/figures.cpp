// figures.cpp — how numbers, units and money are written.
#include "api/figures.h"

#include <cmath>

#include <fmt/format.h>

#include "api/words.h"

namespace greenbank {

namespace {

constexpr std::string_view narrow_space = "\u00A0"; // keeps a number and its unit on one line

/// "1234567.8" → "1,234,567.8", and in Russian "1 234 567,8".
std::string localised(const std::string& digits, Language language) {
    const std::size_t sign = digits.starts_with('-') ? 1 : 0;
    const std::size_t point = std::min(digits.find('.'), digits.size());
    std::string out = digits.substr(0, sign);
    for (std::size_t i = sign; i < point; ++i) {
        if (i > sign && (point - i) % 3 == 0) out += language == Language::ru ? narrow_space : ",";
        out += digits[i];
    }
    if (point < digits.size()) (out += language == Language::ru ? ',' : '.') += digits.substr(point + 1);
    return out;
}

std::string rounded(double value, int digits, Language language) {
    if (!std::isfinite(value)) return "—";
    if (value == 0) return "0";
    const double size = std::fabs(value);
    if (size >= 1e15 || size < 1e-6) return fmt::format("{:.3g}", value);
    const int before_point = static_cast<int>(std::floor(std::log10(size))) + 1;
    const int decimals = std::max(0, digits - before_point);
    if (before_point > digits) {
        const double step = std::pow(10.0, before_point - digits);
        value = std::round(value / step) * step;
    }
    std::string text = fmt::format("{:.{}f}", value, decimals);
    if (text.find('.') != std::string::npos) {
        while (text.ends_with('0')) text.pop_back();
        if (text.ends_with('.')) text.pop_back();
    }
    return localised(text, language);
}

} // namespace

std::string Figures::number(double value) const { return rounded(value, 6, language); }

std::string Figures::unit(std::string_view unit) const {
    if (unit == "1") return {};
    std::string out;
    for (std::size_t i = 0; i < unit.size();) {
        const std::size_t end = std::min(unit.find_first_of("./*()", i), unit.size());
        if (end > i) {
            const std::string symbol(unit.substr(i, end - i));
            const Text* known = find_word("unit." + symbol);
            out += known ? known->best(language) : symbol;
        }
        if (end < unit.size()) out += unit[end] == '.' || unit[end] == '*' ? "·" : std::string(1, unit[end]);
        i = end + 1;
    }
    return out;
}

namespace {

/// "one|few|many" in Russian, "one|other" in English: the form that goes with the number.
std::string form_of(const std::string& forms, double count, Language language) {
    const auto all = split(forms, '|');
    const bool whole = count == std::floor(count) && std::fabs(count) < 1e9;
    const auto last_two = whole ? static_cast<int>(std::fabs(count)) % 100 : 0, last = last_two % 10;
    std::size_t form = 0;
    if (language == Language::ru) form = !whole || (last >= 2 && last <= 4 && last_two / 10 != 1) ? 1 : last == 1 && last_two != 11 ? 0 : 2;
    else if (count != 1) form = 1;
    return std::string(all[std::min(form, all.size() - 1)]);
}

} // namespace

std::string Figures::with_unit(std::string number, double count, std::string_view unit_) const {
    if (const Text* word = find_word(fmt::format("unit_word.{}", unit_))) // a year is a word, not a symbol
        return fmt::format("{}{}{}", number, language == Language::zh ? "" : narrow_space, form_of(word->best(language), count, language));
    const std::string symbol = unit(unit_);
    if (symbol.empty()) return number;
    if (symbol == "%" && language == Language::zh) return number + symbol;
    return number + std::string(narrow_space) + symbol;
}

std::string Figures::quantity(double value, std::string_view unit_) const { return with_unit(number(value), value, unit_); }

std::string Figures::range(double low, double high, std::string_view unit_) const {
    return low == high ? quantity(low, unit_) : with_unit(fmt::format("{}{}{}", number(low), language == Language::zh ? "～" : "–", number(high)), high, unit_);
}

std::string Figures::money(const Money& money) const {
    std::string digits = amount_text(money);
    if (digits.ends_with(".00")) digits.resize(digits.size() - 3);
    return fmt::format("{}{}{}", localised(digits, language), narrow_space, money.currency);
}

std::string Figures::estimate(double amount, const std::string& currency) const {
    return fmt::format("{}{}{}", rounded(amount, 3, language), narrow_space, currency);
}

std::string Figures::share(double share) const { return with_unit(rounded(share * 100, share < 0.1 ? 2 : 3, language), share * 100, "%"); }

std::string Figures::moment(Time time) {
    std::string text = to_text(time).substr(0, 16); // 2026-11-30T11:40
    text[10] = ' ';
    return text + " UTC";
}

} // namespace greenbank
