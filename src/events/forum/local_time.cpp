// local_time.cpp — adding and taking off an offset.
#include "events/forum/local_time.h"

#include <fmt/format.h>

namespace greenbank::events {

std::optional<Duration> parse_offset(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -100; };
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return {};
    const int hour = digit(1) * 10 + digit(2), minute = digit(4) * 10 + digit(5);
    if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 14 * 60) return {};
    return minutes((text[0] == '-' ? -1 : 1) * (hour * 60 + minute));
}

Date local_day(Time time, std::string_view offset) { return date_of(time + parse_offset(offset).value_or(Duration{})); }

std::string local_clock(Time time, std::string_view offset) {
    const std::string text = to_text(time + parse_offset(offset).value_or(Duration{})); // 2026-11-20T09:30:00Z
    return text.substr(11, 5);
}

Time day_begins(Date day, std::string_view offset) { return Time{std::int64_t{day.days} * days(1).microseconds} - parse_offset(offset).value_or(Duration{}); }

} // namespace greenbank::events
