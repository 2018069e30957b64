// cell_texts.cpp — numbers, dates, money and quantities as people write them in three languages.
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "api/table_rows.h"

namespace greenbank {

namespace {

using Alias = std::pair<std::string_view, std::string_view>;

std::string replaced(std::string text, std::span<const Alias> aliases) {
    for (const auto& [from, to] : aliases)
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
    return text;
}

/// Full-width digits and signs, hard blanks and the like as their plain twins.
std::string plain(std::string_view text) {
    static constexpr Alias aliases[] = {{"０", "0"}, {"１", "1"}, {"２", "2"}, {"３", "3"}, {"４", "4"}, {"５", "5"}, {"６", "6"}, {"７", "7"}, {"８", "8"},
        {"９", "9"}, {"．", "."}, {"，", ","}, {"－", "-"}, {"−", "-"}, {"＋", "+"}, {"％", "%"}, {"\u00a0", " "}, {"\u202f", " "}, {"\u2009", " "},
        {"　", " "}};
    return std::string(trim(replaced(std::string(text), aliases)));
}

/// A decimal without any sign but '-' and one '.', or nothing: which of '.' and ',' parts thousands is told by their places.
std::optional<std::string> plain_decimal(std::string_view written) {
    std::string text;
    for (const char c : written)
        if (c != ' ' && c != '\'') text += c;
    if (text.starts_with('+')) text.erase(0, 1);
    const std::size_t comma = text.rfind(','), point = text.rfind('.');
    const bool one_comma = comma != std::string::npos && text.find(',') == comma;
    const bool comma_is_decimal = one_comma && ((point != std::string::npos && comma > point) || (point == std::string::npos && text.size() - comma - 1 != 3));
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ',' || c == '.') {
            if (comma_is_decimal ? c == ',' : c == '.' && i == point) out += '.';
            else if (i + 3 >= text.size()) return {}; // thousands have three digits behind them
        } else if ((c >= '0' && c <= '9') || (c == '-' && i == 0)) {
            out += c;
        } else {
            return {};
        }
    }
    if (out.empty() || out == "-" || out.starts_with('.') || out.ends_with('.')) return {};
    return out;
}

struct Split {
    std::string number, rest; // what stands before the number comes last in `rest`
};

/// The number in a text and what is around it.
std::optional<Split> split_number(const std::string& text) {
    const std::size_t begin = text.find_first_of("-0123456789");
    if (begin == std::string::npos) return {};
    std::size_t end = begin + 1;
    while (end < text.size() && (std::string_view("0123456789.,' ").find(text[end]) != std::string_view::npos)) ++end;
    while (end > begin && std::string_view("., '").find(text[end - 1]) != std::string_view::npos) --end;
    const auto number = plain_decimal(std::string_view(text).substr(begin, end - begin));
    if (!number) return {};
    return Split{*number, std::string(trim(std::string(trim(text.substr(end))) + std::string(trim(text.substr(0, begin)))))};
}

/// 10 to the `power`, by moving the point.
std::string shifted(std::string decimal, int power) {
    std::size_t point = decimal.find('.');
    if (point == std::string::npos) point = decimal.size();
    else decimal.erase(point, 1);
    while (decimal.size() < point + static_cast<std::size_t>(power)) decimal += '0';
    point += static_cast<std::size_t>(power);
    if (point < decimal.size()) decimal.insert(point, ".");
    if (decimal.find('.') != std::string::npos) {
        while (decimal.ends_with('0')) decimal.pop_back();
        if (decimal.ends_with('.')) decimal.pop_back();
    }
    return decimal;
}

/// Takes a word for a power of ten off the front of `rest`: 万, 亿, million, млн.
int take_power(std::string& rest) {
    static constexpr std::pair<std::string_view, int> words[] = {{"万亿", 12}, {"亿", 8}, {"千万", 7}, {"百万", 6}, {"万", 4}, {"billion", 9}, {"million", 6},
        {"thousand", 3}, {"bn", 9}, {"mln", 6}, {"млрд", 9}, {"млн", 6}, {"тыс", 3}};
    for (const auto& [word, power] : words)
        if (rest.starts_with(word)) {
            rest.erase(0, word.size());
            while (rest.starts_with('.') || rest.starts_with(' ')) rest.erase(0, 1);
            return power;
        }
    return 0;
}

} // namespace

std::optional<double> parse_number(std::string_view text) {
    std::string written = plain(text);
    double factor = 1;
    if (written.ends_with('%')) {
        written.pop_back();
        factor = 0.01;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
    if (error == std::errc{} && end == written.data() + written.size() && std::isfinite(value) && written.find(',') == std::string::npos) return value * factor;
    const auto decimal = plain_decimal(written);
    if (!decimal) return {};
    std::from_chars(decimal->data(), decimal->data() + decimal->size(), value);
    return std::isfinite(value) ? std::optional(value * factor) : std::nullopt;
}

std::optional<Date> parse_any_date(std::string_view text) {
    static constexpr Alias signs[] = {{"年", "-"}, {"月", "-"}, {"日", ""}, {"/", "-"}};
    const std::string written = replaced(plain(text), signs);
    if (const auto date = parse_date(written)) return date;
    if (written.size() > 10 && (written[10] == 'T' || written[10] == ' ')) return parse_date(written.substr(0, 10));
    const bool points = written.find('.') != std::string::npos;
    const std::vector<std::string_view> parts = split(written, points ? '.' : '-');
    if (parts.size() != 3) return {};
    int numbers[3];
    for (std::size_t i = 0; i < 3; ++i) {
        const auto [end, error] = std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), numbers[i]);
        if (error != std::errc{} || end != parts[i].data() + parts[i].size() || numbers[i] < 1) return {};
    }
    const bool year_first = parts[0].size() == 4;
    if (!year_first && !points) return {}; // 11-12-2026: nobody knows which is the month
    return parse_date(fmt::format("{:04}-{:02}-{:02}", year_first ? numbers[0] : numbers[2], numbers[1], year_first ? numbers[2] : numbers[0]));
}

std::optional<Money> parse_any_money(std::string_view text) {
    auto parts = split_number(plain(text));
    if (!parts) return {};
    std::string amount = parts->number, rest = parts->rest;
    if (const int power = take_power(rest)) amount = shifted(amount, power);
    static constexpr Alias names[] = {{"人民币", "CNY"}, {"元", "CNY"}, {"RMB", "CNY"}, {"¥", "CNY"}, {"￥", "CNY"}, {"美CNY", "USD"}, {"$", "USD"},
        {"€", "EUR"}, {"₽", "RUB"}, {"руб.", "RUB"}, {"руб", "RUB"}, {"юаней", "CNY"}, {"юань", "CNY"}, {"долларов", "USD"}, {"тенге", "KZT"}, {"₸", "KZT"},
        {" ", ""}};
    std::string currency = replaced(rest, names);
    if (currency.size() == 6 && currency.substr(0, 3) == currency.substr(3)) currency.resize(3); // 人民币 125 元
    return parse_money(amount, currency);
}

std::optional<std::string> parse_any_unit(std::string_view text) {
    static constexpr Alias signs[] = {{"³", "3"}, {"²", "2"}, {"·", "."}, {"°C", "degC"}, {"℃", "degC"}};
    static constexpr Alias names[] = {{"立方米", "m3"}, {"平方米", "m2"}, {"公顷", "ha"}, {"公里", "km"}, {"千米", "km"}, {"千瓦时", "kWh"}, {"兆瓦时", "MWh"},
        {"千瓦", "kW"}, {"兆瓦", "MW"}, {"毫克", "mg"}, {"千克", "kg"}, {"公斤", "kg"}, {"吨", "t"}, {"升", "L"}, {"小时", "h"}, {"每天", "/d"}, {"每日", "/d"},
        {"天", "d"}, {"日", "d"}, {"年", "a"}, {"кВт.ч", "kWh"}, {"кВтч", "kWh"}, {"МВт", "MW"}, {"кВт", "kW"}, {"м3", "m3"}, {"м2", "m2"}, {"сут", "d"},
        {"год", "a"}, {"ч", "h"}, {"т", "t"}, {" ", ""}};
    std::string unit = replaced(plain(text), signs);
    if (unit.empty()) return "1";
    if (parse_unit(unit)) return unit;
    unit = replaced(std::move(unit), names);
    return parse_unit(unit) ? std::optional(unit) : std::nullopt;
}

std::optional<Quantity> parse_any_quantity(std::string_view text) {
    auto parts = split_number(plain(text));
    if (!parts) return {};
    std::string number = parts->number, rest = parts->rest;
    if (const int power = take_power(rest)) number = shifted(number, power);
    const auto unit = parse_any_unit(rest);
    if (!unit) return {};
    double value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    return Quantity{value, *unit};
}

} // namespace greenbank
