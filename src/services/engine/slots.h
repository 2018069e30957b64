// slots.h — when shared equipment can be booked: slots of equal length within the hours of a day. Pure.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "kernel/time.h"

namespace greenbank::services {

struct SlotRule {
    std::int64_t opens_hour = 8, closes_hour = 18; // on the clock of the place
    std::int64_t slot_hours = 2;
    bool weekends = false;
    std::int64_t utc_offset_minutes = 480;
};

/// Beginnings of the slots of one day, on the calendar of the place.
std::vector<Time> slots_of_day(const SlotRule& rule, Date day);
/// The slots that a booking from `begins` to `ends` takes; nothing where it does not begin and end with slots of one day.
std::optional<std::vector<Time>> slots_of(const SlotRule& rule, Time begins, Time ends);
/// The first beginning from `from` on with so many free slots in a row, within 60 days.
std::optional<Time> next_free(const SlotRule& rule, const std::set<Time>& busy, Time from, std::size_t slots);
Date day_at(const SlotRule& rule, Time time);

} // namespace greenbank::services
