// local_time.h — the clock of the place where an event is: a fixed distance from UTC, since an event is shorter than a season.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/time.h"

namespace greenbank::events {

/// "+08:00", "-03:30"; at most 14 hours.
std::optional<Duration> parse_offset(std::string_view text);
/// The day there.
Date local_day(Time time, std::string_view offset);
/// "09:30"
std::string local_clock(Time time, std::string_view offset);
/// The moment at which a day begins there.
Time day_begins(Date day, std::string_view offset);

} // namespace greenbank::events
