// periods.h — days and months by the clocks of a site, and their steps: hours of a day, days of a month.
#pragma once

#include "energy/reports/site_report.h"

namespace greenbank::energy {

struct PeriodSteps {
    Date on; // the first day
    Time from, to;
    Duration step;
    std::size_t count = 0;

    Time begin_of(std::size_t place) const { return from + Duration{step.microseconds * static_cast<std::int64_t>(place)}; }
    /// The step of a moment; what began before the period belongs to its first.
    std::size_t place_of(Time at) const { return at <= from ? 0 : static_cast<std::size_t>((at - from).microseconds / step.microseconds); }
};

/// The day or month that holds `on`; left out: yesterday, or last month.
PeriodSteps steps_of_period(const Site& site, ReportPeriod period, std::optional<Date> on, Time now);
/// The same day of the calendar a year before; of 29 February the 28th.
Date year_before(Date date);

} // namespace greenbank::energy
