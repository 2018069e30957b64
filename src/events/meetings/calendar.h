// calendar.h — meetings as an iCalendar file (RFC 5545). Pure.
#pragma once

#include <string>
#include <vector>

#include "kernel/time.h"

namespace greenbank::events {

struct CalendarEntry {
    std::string uid; // the same for every edition of one meeting
    Time starts_at, ends_at;
    std::string summary, location, description;
};

/// One VEVENT each, times in UTC; `sequence` goes up with every edition.
std::string to_calendar(const std::vector<CalendarEntry>& entries, Time now, std::int64_t sequence);

} // namespace greenbank::events
