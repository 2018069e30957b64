// plain_dates.cpp — months counted from the seed, never from the day before, so that a 31st comes back after February.
#include "finance/engine/plain_dates.h"

#include <algorithm>

namespace greenbank::finance {

// Days and years by eras of 400 years, as in the well-known arithmetic of civil days.
CivilDay civil_of(Date date) {
    const std::int32_t shifted = date.days + 719'468, era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const std::int32_t of_era = shifted - era * 146'097;
    const std::int32_t year_of_era = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int32_t march = (5 * of_year + 2) / 153, month = march < 10 ? march + 3 : march - 9;
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, of_year - (153 * march + 2) / 5 + 1};
}

Date date_of(const CivilDay& civil) {
    const std::int32_t year = civil.year - (civil.month <= 2 ? 1 : 0), era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    const std::int32_t of_year = (153 * (civil.month > 2 ? civil.month - 3 : civil.month + 9) + 2) / 5 + civil.day - 1;
    return {era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468};
}

std::int32_t last_of_month(std::int32_t year, std::int32_t month) {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool is_plain(const PaymentDates& dates, DayCount count) {
    return dates.calendar == BusinessCalendar::none && dates.frequency > 0 && !dates.first && !dates.next_to_last &&
           (count == DayCount::actual_365 || count == DayCount::actual_360);
}

void plain_dates(const PaymentDates& dates, std::vector<Date>& days) {
    const bool backward = dates.rule == DateRule::backward;
    const CivilDay seed = civil_of(backward ? dates.end : dates.start);
    const bool at_end = dates.end_of_month && seed.day == last_of_month(seed.year, seed.month);
    const std::int32_t step = (backward ? -12 : 12) / dates.frequency;
    const std::int32_t months = seed.year * 12 + seed.month - 1;
    const auto after = [&](std::int32_t periods) {
        const std::int32_t all = months + periods * step, year = all / 12, month = all % 12 + 1, last = last_of_month(year, month);
        return date_of(CivilDay{year, month, at_end ? last : std::min(seed.day, last)});
    };
    days.clear();
    if (backward) {
        days.push_back(dates.end);
        for (std::int32_t periods = 1;; ++periods) {
            const Date day = after(periods);
            if (day < dates.start) break;
            days.push_back(day);
        }
        if (days.back() != dates.start) days.push_back(dates.start);
        std::reverse(days.begin(), days.end());
    } else {
        days.push_back(dates.start);
        for (std::int32_t periods = 1;; ++periods) {
            const Date day = after(periods);
            if (day > dates.end) break;
            days.push_back(day);
        }
        if (days.back() != dates.end) days.push_back(dates.end);
    }
}

} // namespace greenbank::finance
