// serial_dates.cpp — in whole thousandths of a second, so that 08:30 does not become 08:29:59.
#include "sheets/serial_dates.h"

#include <cmath>

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank::sheets {

namespace {

constexpr std::int64_t day_milliseconds = 86'400'000;
constexpr std::int64_t last_day_1900 = 2'958'465, last_day_1904 = 2'957'003; // 9999-12-31

std::string clock_text(std::int64_t milliseconds) {
    const std::int64_t seconds = milliseconds / 1000, fraction = milliseconds % 1000;
    std::string text = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (fraction) text += fmt::format(".{:03}", fraction);
    return text;
}

std::optional<Date> day_of(std::int64_t day, DateSystem system) {
    if (system == DateSystem::from_1904) {
        if (day > last_day_1904) return {};
        return Date{static_cast<std::int32_t>(make_date(1904, 1, 1).days + day)};
    }
    if (day == 0 || day == 60 || day > last_day_1900) return {};
    const Date before_first = day < 60 ? make_date(1899, 12, 31) : make_date(1899, 12, 30);
    return Date{static_cast<std::int32_t>(before_first.days + day)};
}

std::optional<std::int64_t> digits(std::string_view text) {
    if (text.empty() || text.size() > 9) return {};
    std::int64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
    }
    return value;
}

/// "08:30:00.250"; hours may pass 23 in a duration.
std::optional<std::int64_t> clock_milliseconds(std::string_view text, bool endless) {
    std::int64_t fraction = 0;
    if (const std::size_t point = text.find('.'); point != std::string_view::npos) {
        const std::string_view after = text.substr(point + 1);
        const auto value = digits(after);
        if (!value || after.size() > 9) return {};
        fraction = std::llround(static_cast<double>(*value) * std::pow(10.0, 3.0 - static_cast<double>(after.size())));
        text = text.substr(0, point);
    }
    const auto parts = split(text, ':');
    if (parts.size() != 3 || parts[0].size() < 2 || parts[1].size() != 2 || parts[2].size() != 2) return {};
    const auto hours = digits(parts[0]), minutes = digits(parts[1]), seconds = digits(parts[2]);
    if (!hours || !minutes || !seconds || *minutes > 59 || *seconds > 59 || *hours > (endless ? 9'999'999 : 23)) return {};
    return ((*hours * 60 + *minutes) * 60 + *seconds) * 1000 + fraction;
}

std::optional<double> day_serial(std::string_view text) {
    const auto date = parse_date(text);
    if (!date || *date < make_date(1900, 1, 1)) return {};
    return date->days - (*date < make_date(1900, 3, 1) ? make_date(1899, 12, 31) : make_date(1899, 12, 30)).days;
}

} // namespace

std::optional<Moment> from_serial(double serial, CellKind kind, DateSystem system) {
    if (!(std::abs(serial) < 1e7)) return {};
    const std::int64_t total = std::llround(serial * static_cast<double>(day_milliseconds));
    if (kind == CellKind::duration) return Moment{kind, (total < 0 ? "-" : "") + clock_text(std::abs(total))};
    if (total < 0) return {};
    const std::int64_t day = total / day_milliseconds, rest = total % day_milliseconds;
    if (kind == CellKind::time && day == 0) return Moment{kind, clock_text(rest)};
    const auto date = day_of(day, system);
    if (!date) return {};
    if (kind == CellKind::date) return Moment{kind, to_text(*date)};
    return Moment{CellKind::date_time, to_text(*date) + 'T' + clock_text(rest)};
}

std::optional<double> to_serial(std::string_view text, CellKind kind) {
    const auto part_of_day = [](std::int64_t milliseconds) { return static_cast<double>(milliseconds) / static_cast<double>(day_milliseconds); };
    if (kind == CellKind::date) return day_serial(text);
    if (kind == CellKind::time || kind == CellKind::duration) {
        const bool negative = kind == CellKind::duration && text.starts_with('-');
        const auto clock = clock_milliseconds(text.substr(negative), kind == CellKind::duration);
        if (!clock) return {};
        return negative ? -part_of_day(*clock) : part_of_day(*clock);
    }
    if (kind != CellKind::date_time || text.size() < 19 || (text[10] != 'T' && text[10] != ' ')) return {};
    const auto day = day_serial(text.substr(0, 10));
    const auto clock = clock_milliseconds(text.substr(11), false);
    if (!day || !clock) return {};
    return *day + part_of_day(*clock);
}

std::optional<Moment> from_iso(std::string_view text) {
    if (text.ends_with('Z')) text.remove_suffix(1);
    if (text.size() == 10 && parse_date(text)) return Moment{CellKind::date, std::string(text)};
    if (text.size() >= 19 && text[10] == 'T') {
        const auto clock = clock_milliseconds(text.substr(11), false);
        if (parse_date(text.substr(0, 10)) && clock && *clock < day_milliseconds)
            return Moment{CellKind::date_time, std::string(text.substr(0, 11)) + clock_text(*clock)};
        return {};
    }
    if (const auto clock = clock_milliseconds(text, false); clock && *clock < day_milliseconds) return Moment{CellKind::time, clock_text(*clock)};
    return {};
}

} // namespace greenbank::sheets
