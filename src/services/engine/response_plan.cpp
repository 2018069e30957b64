// response_plan.cpp — counting working days by whole weeks.
#include "services/engine/response_plan.h"

#include <algorithm>

namespace greenbank::services {

namespace {

/// 0 is Monday: the first of January 1970 was a Thursday.
int weekday(Date day) { return static_cast<int>(((day.days + 3) % 7 + 7) % 7); }

} // namespace

bool is_working_day(Date day) { return weekday(day) < 5; }

Date working_day_after(Date start, std::int64_t working_days) {
    while (!is_working_day(start)) ++start.days;
    const std::int64_t further = std::max<std::int64_t>(0, working_days - 1), position = weekday(start) + further;
    return {static_cast<std::int32_t>(start.days + position / 5 * 7 + position % 5 - weekday(start))};
}

std::vector<Date> due_days(std::span<const StepEffort> steps, Date start, std::int64_t hours_a_day) {
    std::vector<Date> due;
    for (const StepEffort& step : steps) {
        const std::int64_t by_hours = (step.hours + hours_a_day - 1) / hours_a_day;
        due.push_back(working_day_after(start, std::max({std::int64_t{1}, step.working_days_min, by_hours})));
        start = {due.back().days + 1};
    }
    return due;
}

Money cost_of(std::span<const StepEffort> steps, const Money& rate) {
    Money cost{0, rate.currency};
    for (const StepEffort& step : steps) cost.minor += step.hours * rate.minor;
    return cost;
}

std::int64_t hours_left(std::int64_t hours_a_month, Date from, Date to, std::int64_t planned) {
    const std::int64_t days = std::max<std::int64_t>(1, to.days - from.days + 1);
    return hours_a_month * ((days + 29) / 30) - planned;
}

} // namespace greenbank::services
