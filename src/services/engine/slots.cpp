// slots.cpp — a day's grid, and walking over it.
#include "services/engine/slots.h"

#include "services/engine/response_plan.h"

namespace greenbank::services {

Date day_at(const SlotRule& rule, Time time) { return date_of(time + minutes(rule.utc_offset_minutes)); }

std::vector<Time> slots_of_day(const SlotRule& rule, Date day) {
    std::vector<Time> slots;
    if (!rule.weekends && !is_working_day(day)) return slots;
    const Time midnight = Time{days(day.days).microseconds} - minutes(rule.utc_offset_minutes);
    for (std::int64_t hour = rule.opens_hour; hour + rule.slot_hours <= rule.closes_hour; hour += rule.slot_hours) slots.push_back(midnight + hours(hour));
    return slots;
}

std::optional<std::vector<Time>> slots_of(const SlotRule& rule, Time begins, Time ends) {
    std::vector<Time> taken;
    for (const Time slot : slots_of_day(rule, day_at(rule, begins)))
        if (slot >= begins && slot < ends) taken.push_back(slot);
    if (taken.empty() || taken.front() != begins || taken.back() + hours(rule.slot_hours) != ends) return {};
    return taken;
}

std::optional<Time> next_free(const SlotRule& rule, const std::set<Time>& busy, Time from, std::size_t slots) {
    const Date first = day_at(rule, from);
    for (std::int32_t day = 0; day < 60; ++day) {
        std::size_t free = 0;
        const std::vector<Time> all = slots_of_day(rule, {first.days + day});
        for (std::size_t i = 0; i < all.size(); ++i) {
            free = all[i] < from || busy.contains(all[i]) ? 0 : free + 1;
            if (free == slots) return all[i + 1 - slots];
        }
    }
    return {};
}

} // namespace greenbank::services
