// values.cpp — texts to values and back.
#include "pact/values.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank::pact {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

} // namespace

bool is_decimal(std::string_view text) {
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point), part = point == std::string_view::npos ? "0" : text.substr(point + 1);
    return !whole.empty() && !part.empty() && text.size() <= 100 && std::ranges::all_of(whole, is_digit) && std::ranges::all_of(part, is_digit);
}

int sign_of(std::string_view decimal) {
    if (std::ranges::none_of(decimal, [](char c) { return c >= '1' && c <= '9'; })) return 0;
    return decimal[0] == '-' ? -1 : 1;
}

std::string decimal_of(double value) {
    if (value == 0 || !std::isfinite(value)) return "0";
    const int before = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
    std::string text = fmt::format("{:.{}f}", value, std::clamp(12 - before, 0, 30));
    if (text.find('.') != std::string::npos) {
        while (text.back() == '0') text.pop_back();
        if (text.back() == '.') text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

bool is_urn(std::string_view text) { return text.size() > 4 && text.size() <= 500 && small_letters(text.substr(0, 4)) == "urn:"; }

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return true;
}

std::string make_uuid(Random& random) {
    const std::uint64_t high = (random.next() & ~0xf000ull) | 0x4000ull, low = (random.next() & ~(0xc0ull << 56)) | (0x80ull << 56);
    return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xffff, high & 0xffff, low >> 48, low & 0xffff'ffff'ffffull);
}

std::optional<Time> read_time(std::string_view text) {
    if (text.size() > 40) return {};
    if (const auto time = parse_time(text)) return time;
    std::string again(text);
    if (const std::size_t space = again.rfind(' '); space != std::string::npos && space > 10) again[space] = '+';
    if (const auto time = parse_time(again)) return time;
    const std::size_t clock = again.find_first_of("Tt"); // 2025-04-01T00:00Z
    if (clock == std::string::npos || again.size() < clock + 7 || is_digit(again[clock + 6]) || again[clock + 6] == ':') return {};
    return parse_time(again.insert(clock + 6, ":00"));
}

Time years_later(Time time, int years) {
    const Date date = date_of(time);
    const std::string day = to_text(date);
    const Duration hour = time - Time{std::int64_t{date.days} * days(1).microseconds};
    const int year = std::min(std::stoi(day.substr(0, 4)) + years, 9999), month = std::stoi(day.substr(5, 2)), number = std::stoi(day.substr(8, 2));
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const Date later = month == 2 && number == 29 && !leap ? make_date(year, 3, 1) : make_date(year, month, number);
    return Time{std::int64_t{later.days} * days(1).microseconds} + hour;
}

std::string small_letters(std::string_view text) {
    std::string small(text);
    for (char& c : small)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return small;
}

std::optional<Credentials> read_basic(std::string_view authorization) {
    if (authorization.size() > 4000 || small_letters(authorization.substr(0, 6)) != "basic ") return {};
    std::string coded(trim(authorization.substr(6)));
    while (coded.ends_with('=')) coded.pop_back();
    for (char& c : coded) c = c == '+' ? '-' : c == '/' ? '_' : c;
    const auto plain = from_base64url(coded);
    const std::size_t colon = plain ? plain->find(':') : std::string::npos;
    if (colon == std::string::npos || !is_utf8(*plain)) return {};
    return Credentials{plain->substr(0, colon), plain->substr(colon + 1)};
}

std::string write_basic(const Credentials& credentials) {
    std::string coded = to_base64url(credentials.id + ":" + credentials.secret);
    for (char& c : coded) c = c == '-' ? '+' : c == '_' ? '/' : c;
    while (coded.size() % 4 != 0) coded += '=';
    return "Basic " + coded;
}

} // namespace greenbank::pact
