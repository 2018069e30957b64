// line.h — a revolving line: drawn, paid back and drawn again up to its limit; interest on what is drawn, a fee on what is not. Whole minor units.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "finance/engine/rate_from.h"

namespace greenbank::finance {

struct RunningLine {
    std::int64_t limit = 0, drawn = 0;
    std::vector<RateFrom> rates; // in order of their days
    std::int64_t fee_ppm = 0;    // a year, on what is not drawn, until the line ends
    std::int64_t year_days = 365;
    std::int64_t frequency = 4;                                     // bills a year
    std::int64_t accrued_interest_micro = 0, accrued_fee_micro = 0; // since the last bill, millionths of a minor unit
    std::int64_t billed_interest = 0, billed_fee = 0;               // due and unpaid
    Date starts_on = {}, ends_on = {}, closed_until = {};
    std::int64_t bills = 0; // so many have been made
    std::optional<Date> late_since = {};
};

/// When the next bill is made; the last one, of everything, when the line ends.
Date next_bill(const RunningLine& line);
/// Every day after closed_until up to `until`. In pieces it is the same as at once.
void close_days(RunningLine& line, Date until);
/// The twin: one day after another.
void close_days_naive(RunningLine& line, Date until);

/// Interest and fee up to the day that is closed become due now; all that is owed then.
std::int64_t call_in(RunningLine& line);

struct LineParts {
    std::int64_t fee = 0, interest = 0, principal = 0, over = 0;
};
/// Fees that are due first, then interest that is due, then what is drawn.
LineParts pay(RunningLine& line, std::int64_t amount);

} // namespace greenbank::finance
