// plain_dates.h — due days where no calendar moves them, without building a schedule of QuantLib's: the same days, many times sooner.
#pragma once

#include <cstdint>

#include "finance/engine/pricing.h"

namespace greenbank::finance {

/// A day of the (proleptic) Gregorian calendar.
struct CivilDay {
    std::int32_t year = 1970, month = 1, day = 1;
};
CivilDay civil_of(Date date);
Date date_of(const CivilDay& civil);
std::int32_t last_of_month(std::int32_t year, std::int32_t month);

/// No calendar, no odd periods, several payments a year, and days that are counted one by one.
bool is_plain(const PaymentDates& dates, DayCount count);
/// The ends of all periods of plain dates, the start first; each is so many months from the seed, or the last day of its month.
void plain_dates(const PaymentDates& dates, std::vector<Date>& days);

} // namespace greenbank::finance
