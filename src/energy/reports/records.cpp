// records.cpp — descriptions of reports, their schedules and what was kept.
#include "energy/reports/site_report.h"

namespace greenbank::energy {

Record describe(const ReportLine*) {
    using R = ReportLine;
    return {"report_line", "One channel over the period.",
        {field<&R::channel>("channel", "The channel."), field<&R::key>("key", "Its key."), field<&R::name>("name", "Its name."),
            field<&R::unit>("unit", "Its unit."), field<&R::least>("least", "The least value."), field<&R::mean>("mean", "The mean."),
            field<&R::greatest>("greatest", "The greatest value."), field<&R::total>("total", "How much flowed."),
            field<&R::total_unit>("total_unit", "Of the total."), field<&R::planned>("planned", "What was planned."),
            field<&R::deviation_percent>("deviation_percent", "Away from the plan.", {.unit = "%"}), field<&R::readings>("readings", "So many readings."),
            field<&R::hours_missing>("hours_missing", "Hours without a reading.", {.unit = "h"}), field<&R::decimals>("decimals", "Shown.")}};
}
Record describe(const ReportStep*) {
    using R = ReportStep;
    return {"report_step", "Measured beside planned.",
        {field<&R::at>("at", "When the hour or day begins."), field<&R::key>("key", "Of which channel."), field<&R::measured>("measured", "What flowed."),
            field<&R::planned>("planned", "What was planned.")}};
}
Record describe(const WasteLine*) {
    using R = WasteLine;
    return {"waste_line", "What became of the waste.",
        {field<&R::collected>("collected", "Collected."), field<&R::recycled>("recycled", "Recycled."), field<&R::rejected>("rejected", "Rejected."),
            field<&R::missing>("missing", "Found nowhere."), field<&R::missing_percent>("missing_percent", "Of what was collected.", {.unit = "%"}),
            field<&R::recycled_percent>("recycled_percent", "Of what was collected.", {.unit = "%"}),
            field<&R::closed>("closed", "The balance closes within 5 %."), field<&R::unit>("unit", "Of the masses.")}};
}
Record describe(const SiteReport*) {
    using R = SiteReport;
    return {"site_report", "A day or month of a site.",
        {field<&R::site>("site", "The site."), field<&R::name>("name", "Its name."), field<&R::period>("period", "Day or month."),
            field<&R::on>("on", "Its first day."), field<&R::from>("from", "From when."), field<&R::to>("to", "Until when."),
            field<&R::lines>("lines", "The channels.", {.max = 1000}),
            field<&R::steps>("steps", "Measured beside planned, hour by hour or day by day.", {.max = 10'000}),
            field<&R::waste>("waste", "What became of the waste."), field<&R::alarms>("alarms", "Alarms of the period.", {.max = 200}),
            field<&R::alarms_in_all>("alarms_in_all", "So many alarms."),
            field<&R::calibrations_expired>("calibrations_expired", "Devices whose calibration has expired.", {.max = 1000}),
            field<&R::sample>("sample", "Part of the sample bank.")}};
}
Record describe(const ReportAsked*) {
    using R = ReportAsked;
    return {"report_asked", "Which report.",
        {field<&R::id>("id", "The site."), field<&R::period>("period", "Day or month.", {.defaulted = true}),
            field<&R::on>("on", "A day in it; left out: yesterday or last month.")}};
}
Record describe(const ReportSchedule*) {
    using R = ReportSchedule;
    return {"report_schedule", "A report that is made by itself.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true}),
            field<&R::site>("site", "Of which site.", {.filter = true}), field<&R::period>("period", "Every day or month.", {.defaulted = true}),
            field<&R::format>("format", "PDF or xlsx.", {.defaulted = true}),
            field<&R::language>("language", "zh, en or ru.", {.min = 2, .max = 2, .defaulted = true}),
            field<&R::enabled>("enabled", "It is made.", {.defaulted = true}), field<&R::next_at>("next_at", "When the next one is made.", {.read_only = true}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}), field<&R::created_at>("created_at", "When.", {.read_only = true}),
            field<&R::updated_at>("updated_at", "When changed.", {.read_only = true}),
            field<&R::version>("version", "Grows with each change.", {.read_only = true})},
        [](const void* value, Problems& problems) {
            if (!parse_language(static_cast<const ReportSchedule*>(value)->language))
                add_unsaid(problems, {{"language", "report.language", "Reports are written in zh, en or ru."}});
        }};
}
Record describe(const KeptReport*) {
    using R = KeptReport;
    return {"kept_report", "A report that was made by itself.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true}),
            field<&R::schedule>("schedule", "By which schedule.", {.read_only = true, .filter = true}),
            field<&R::site>("site", "Of which site.", {.read_only = true, .filter = true}), field<&R::period>("period", "Day or month.", {.read_only = true}),
            field<&R::on>("on", "Its first day.", {.read_only = true, .sort = true}), field<&R::format>("format", "PDF or xlsx.", {.read_only = true}),
            field<&R::language>("language", "Its language.", {.read_only = true}),
            field<&R::bytes_base64>("bytes_base64", "The file.", {.read_only = true, .secret = true}),
            field<&R::bytes>("bytes", "Its size.", {.unit = "B", .read_only = true}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&R::created_at>("created_at", "When it was made.", {.read_only = true})}};
}

} // namespace greenbank::energy
