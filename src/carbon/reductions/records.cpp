// records.cpp — descriptions of reduction projects, monitoring periods and their readings.
#include "carbon/reductions/records.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace greenbank::carbon {

namespace {

void check_project(const void* value, Problems& problems) {
    const auto& project = *static_cast<const ReductionProject*>(value);
    if (project.ends_on < project.starts_on) problems.push_back({"ends_on", "reduction.dates", "The last day lies before the first."});
}
void check_period(const void* value, Problems& problems) {
    const auto& period = *static_cast<const MonitoringPeriod*>(value);
    if (period.until < period.from) problems.push_back({"until_day", "reduction.dates", "The last day lies before the first."});
    else if (to_text(period.from).substr(0, 4) != to_text(period.until).substr(0, 4))
        problems.push_back(
            {"until_day", "monitoring.two_years", "A period lies within one calendar year, which becomes its vintage; make one period for each year."});
}

} // namespace

Record describe(const ParameterChannel*) {
    return {"parameter_channel", "What measures a parameter, by the monitoring plan.",
        {field<&ParameterChannel::parameter>("parameter", "Its code.", {.min = 1, .max = 60}),
            field<&ParameterChannel::channel>("channel", "A channel of the energy room.", {.min = 1, .max = 80})}};
}
Record describe(const ReductionStep*) {
    return {"reduction_step", "Who did what when.",
        {field<&ReductionStep::action>("action", "What was done."), field<&ReductionStep::before>("before", "State before."),
            field<&ReductionStep::after>("after", "State after."), field<&ReductionStep::organisation>("organisation", "For which organisation."),
            field<&ReductionStep::person_name>("person_name", "By whom."), field<&ReductionStep::reason>("reason", "Why."),
            field<&ReductionStep::at>("at", "When.")}};
}
Record describe(const ReadingsSource*) {
    return {"readings_source", "Where readings came from.",
        {field<&ReadingsSource::parameter>("parameter", "Of which parameter."), field<&ReadingsSource::source>("source", "A file, or a channel."),
            field<&ReadingsSource::readings>("readings", "How many there should be."), field<&ReadingsSource::missing>("missing", "How many are missing.")}};
}

Record describe(const ReductionProject*) {
    using One = ReductionProject;
    return {"reduction_project", "A project whose reductions are measured and verified.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::project>("project", "The project of the bank that it belongs to.", {.filter = true}),
            field<&One::owner>("owner", "Whose it is.", {.max = 60, .read_only = true, .filter = true}),
            field<&One::title>("title", "Its name.", {.min = 1, .max = 300, .sort = true}),
            field<&One::summary>("summary", "What is reduced, and by what.", {.max = 3000}),
            field<&One::methodology>("methodology", "By which methodology.", {.min = 1, .max = 60, .filter = true}),
            field<&One::methodology_edition>("methodology_edition", "In which edition; set when it is chosen.", {.max = 60, .read_only = true}),
            field<&One::assessor>("assessor", "The independent assessor.", {.filter = true}),
            field<&One::starts_on>("starts_on", "Reductions count from that day on.", {.sort = true}),
            field<&One::ends_on>("ends_on", "Until that day."),
            field<&One::stated>("stated", "What the project states for the methodology's parameters.", {.max = 60}),
            field<&One::meters>("meters", "The meters and their calibrations.", {.max = 100}),
            field<&One::channels>("channels", "Which channel measures what, as the monitoring plan says; readings are brought as tables.", {.max = 60}),
            field<&One::state>("state", "Draft, submitted, judged, accepted (validated) or refused.", {.read_only = true, .filter = true, .sort = true}),
            field<&One::submitted_by>("submitted_by", "Who submitted it.", {.max = 60, .read_only = true}),
            field<&One::judged_by>("judged_by", "Who judged it.", {.max = 60, .read_only = true}),
            field<&One::confirmed_by>("confirmed_by", "Who confirmed that.", {.max = 60, .read_only = true}),
            field<&One::opinion>("opinion", "What the assessor says.", {.max = 5000, .read_only = true}),
            field<&One::steps>("steps", "Who did what when.", {.max = 500, .read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_project, true};
}

Record describe(const MonitoringPeriod*) {
    using One = MonitoringPeriod;
    return {"monitoring_period", "Days whose readings are reported and verified together.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::reduction>("reduction", "Of which reduction project.", {.filter = true}),
            field<&One::owner>("owner", "Whose it is.", {.max = 60, .read_only = true, .filter = true}),
            field<&One::assessor>("assessor", "Who verifies.", {.read_only = true, .filter = true}),
            field<&One::from>("from_day", "First day.", {.sort = true}),
            field<&One::until>("until_day", "Last day.", {.sort = true}),
            field<&One::sources>("sources", "Where the readings came from.", {.max = 60, .read_only = true}),
            field<&One::report>("report", "What was submitted.", {.read_only = true}),
            field<&One::state>("state", "Draft, submitted, judged, accepted (verified) or refused.", {.read_only = true, .filter = true, .sort = true}),
            field<&One::submitted_by>("submitted_by", "Who submitted it.", {.max = 60, .read_only = true}),
            field<&One::judged_by>("judged_by", "Who judged it.", {.max = 60, .read_only = true}),
            field<&One::confirmed_by>("confirmed_by", "Who confirmed that.", {.max = 60, .read_only = true}),
            field<&One::opinion>("opinion", "What the assessor says.", {.max = 5000, .read_only = true}),
            field<&One::correction_kg>("correction_kg", "Taken off by the assessor.", {.unit = "kgCO2e", .min = 0, .read_only = true}),
            field<&One::correction_reason>("correction_reason", "Why.", {.max = 2000, .read_only = true}),
            field<&One::verified_kg>("verified_kg", "What the assessor stands for.", {.unit = "kgCO2e", .read_only = true}),
            field<&One::verified>("verified", "Ready for issuance as.", {.read_only = true}),
            field<&One::steps>("steps", "Who did what when.", {.max = 500, .read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_period, true};
}

Record describe(const MonitoringSeries*) {
    using One = MonitoringSeries;
    return {"monitoring_series", "Readings of one parameter in one period.",
        {field<&One::id>("id", "Id.", {.read_only = true}), field<&One::period>("period", "Of which period.", {.filter = true}),
            field<&One::parameter>("parameter", "Of which parameter.", {.min = 1, .max = 60}),
            field<&One::begins_at>("begins_at", "When the first one begins."),
            field<&One::interval_minutes>("interval_minutes", "How far they are apart.", {.unit = "min", .min = 1}),
            field<&One::readings>("readings", "The readings, with commas between them; a missing one is empty.", {.max = 4'000'000}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true})}};
}

std::string to_readings(const std::vector<double>& readings) {
    std::string text;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        if (i > 0) text += ',';
        if (!std::isnan(readings[i])) fmt::format_to(std::back_inserter(text), "{}", readings[i]);
    }
    return text;
}

std::vector<double> from_readings(std::string_view text) {
    std::vector<double> readings;
    for (const std::string_view one : split(text, ',')) {
        double reading = 0;
        const auto read = std::from_chars(one.data(), one.data() + one.size(), reading);
        readings.push_back(!one.empty() && read.ec == std::errc{} ? reading : std::nan(""));
    }
    return readings;
}

} // namespace greenbank::carbon
