// periods.cpp — the calendar of days and months.
#include "energy/reports/periods.h"

namespace greenbank::energy {

namespace {

struct Civil {
    int year = 0, month = 0, day = 0;
};
Civil civil_of(Date date) {
    const std::string text = to_text(date);
    return {std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)), std::stoi(text.substr(8, 2))};
}
Date first_of_month(Date date) {
    const Civil civil = civil_of(date);
    return make_date(civil.year, civil.month, 1);
}
Date next_month(Date first) {
    const Civil civil = civil_of(first);
    return civil.month == 12 ? make_date(civil.year + 1, 1, 1) : make_date(civil.year, civil.month + 1, 1);
}

} // namespace

Date year_before(Date date) {
    const Civil civil = civil_of(date);
    return make_date(civil.year - 1, civil.month, civil.month == 2 && civil.day == 29 ? 28 : civil.day);
}

PeriodSteps steps_of_period(const Site& site, ReportPeriod period, std::optional<Date> on, Time now) {
    const Duration offset = minutes(site.utc_offset_minutes);
    const Date today = date_of(now + offset);
    const bool of_day = period == ReportPeriod::daily;
    PeriodSteps steps;
    steps.on = of_day ? on.value_or(Date{today.days - 1}) : first_of_month(on.value_or(Date{first_of_month(today).days - 1}));
    steps.step = of_day ? hours(1) : days(1);
    const Date end = of_day ? Date{steps.on.days + 1} : next_month(steps.on);
    const auto midnight = [&](Date date) { return Time{date.days * days(1).microseconds} - offset; };
    steps.from = midnight(steps.on);
    steps.to = midnight(end);
    steps.count = static_cast<std::size_t>((steps.to - steps.from).microseconds / steps.step.microseconds);
    return steps;
}

} // namespace greenbank::energy
