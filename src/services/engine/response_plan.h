// response_plan.h — days and money of a response plan: steps one after the other over working days, from a template. Pure.
#pragma once

#include <span>
#include <vector>

#include "kernel/money.h"
#include "kernel/time.h"

namespace greenbank::services {

/// What one step takes: hours of work, and at least so many working days.
struct StepEffort {
    std::int64_t hours = 0, working_days_min = 1;
};

bool is_working_day(Date day);
/// The day on which `working_days` of work that begin on `start` are done; none: the first working day from `start` on.
Date working_day_after(Date start, std::int64_t working_days);

/// The last day of each step. With `hours_a_day` a step of many hours takes longer than its template says.
std::vector<Date> due_days(std::span<const StepEffort> steps, Date start, std::int64_t hours_a_day);

/// All hours at the rate of one hour.
Money cost_of(std::span<const StepEffort> steps, const Money& rate);

/// Of `hours_a_month`, what is left of the days from `from` to `to` (both included) when `planned` hours are taken; may be negative.
std::int64_t hours_left(std::int64_t hours_a_month, Date from, Date to, std::int64_t planned);

} // namespace greenbank::services
