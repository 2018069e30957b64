// time.cpp — RFC 3339 and the Gregorian calendar (days by Hinnant's chrono algorithms, 2014).
#include "kernel/time.h"

#include <charconv>

namespace greenbank {

namespace {

constexpr std::int64_t day_microseconds = 86'400'000'000;

struct Civil {
    int year, month, day;
};

constexpr std::int32_t days_from_civil(int year, int month, int day) {
    year -= month <= 2;
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int year_of_era = year - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

constexpr Civil civil_from_days(std::int32_t days) {
    days += 719468;
    const int era = (days >= 0 ? days : days - 146096) / 146097;
    const int day_of_era = days - era * 146097;
    const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int shifted_month = (5 * day_of_year + 2) / 153;
    const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    return {year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

/// `count` digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/// At least `width` characters, zeros in front.
void append_digits(std::string& out, std::int64_t value, std::size_t width) {
    if (value < 0) {
        out += '-';
        value = -value;
        --width;
    }
    char digits[20];
    const auto count = static_cast<std::size_t>(std::to_chars(digits, digits + sizeof digits, value).ptr - digits);
    if (count < width) out.append(width - count, '0');
    out.append(digits, count);
}

} // namespace

Date make_date(int year, int month, int day) { return {days_from_civil(year, month, day)}; }

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1) return {};
    const Date date = make_date(year, month, day);
    const Civil back = civil_from_days(date.days);
    if (back.month != month || back.day != day) return {}; // 31 February
    return date;
}

std::string to_text(Date date) {
    const Civil civil = civil_from_days(date.days);
    std::string text;
    append_digits(text, civil.year, 4);
    append_digits(text += '-', civil.month, 2);
    append_digits(text += '-', civil.day, 2);
    return text;
}

Date date_of(Time time) {
    const std::int64_t day = time.microseconds / day_microseconds - (time.microseconds % day_microseconds < 0);
    return {static_cast<std::int32_t>(day)};
}

std::optional<Time> parse_time(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':') return {};
    const auto date = parse_date(text.substr(0, 10));
    const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    if (!date || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return {};
    std::size_t at = 19;
    std::int64_t fraction = 0;
    if (text[at] == '.') {
        std::int64_t scale = 100'000;
        const std::size_t first = ++at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) fraction += (text[at] - '0') * scale;
        if (at == first) return {};
    }
    std::int64_t offset_minutes = 0;
    const std::string_view zone = text.substr(at);
    if (zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':') {
        const int zone_hours = digits(zone, 1, 2), zone_minutes = digits(zone, 4, 2);
        if (zone_hours < 0 || zone_hours > 23 || zone_minutes < 0 || zone_minutes > 59) return {};
        offset_minutes = (zone[0] == '-' ? -1 : 1) * (zone_hours * 60 + zone_minutes);
    } else if (zone != "Z" && zone != "z") {
        return {};
    }
    const std::int64_t whole_seconds = hour * 3600 + (minute - offset_minutes) * 60 + second;
    return Time{date->days * day_microseconds + whole_seconds * 1'000'000 + fraction};
}

std::string to_text(Time time) {
    const Date date = date_of(time);
    std::int64_t rest = time.microseconds - date.days * day_microseconds;
    const std::int64_t fraction = rest % 1'000'000;
    rest /= 1'000'000;
    std::string text = to_text(date);
    append_digits(text += 'T', rest / 3600, 2);
    append_digits(text += ':', rest / 60 % 60, 2);
    append_digits(text += ':', rest % 60, 2);
    if (fraction) append_digits(text += '.', fraction, 6);
    return text += 'Z';
}

} // namespace greenbank
