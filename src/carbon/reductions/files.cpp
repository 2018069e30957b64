// files.cpp — reductions without a server: a methodology, readings, and what the project states and measures with.
#include <fmt/format.h>

#include "api/files.h"
#include "api/words.h"
#include "carbon/reductions/readings.h"
#include "carbon/reductions/reductions.h"
#include "json/json.h"

namespace greenbank::carbon {

struct ReductionOptions {
    std::string methodology, in;
    std::optional<std::string> plan, out;
    std::optional<Date> from, until;
};
Record describe(const ReductionOptions*) {
    using Options = ReductionOptions;
    return {"reduction_options", "Which readings, by which methodology.",
        {field<&Options::methodology>(
             "methodology", "The methodology, JSON as /api/v1/methodologies/{code} has it; or the code of one of the bank's own.", {.min = 1}),
            field<&Options::in>("in", "Readings: a table time, then a column for each monitored parameter.", {.min = 1}),
            field<&Options::plan>("plan", "What the project states and its meters, JSON: stated, meters.", {.min = 1}),
            field<&Options::from>("from", "First day; left out: that of the first reading."), field<&Options::until>("until", "Last day."),
            field<&Options::out>("out", "The report to write, JSON; - writes standard output.", {.min = 1})}};
}

struct MonitoringPlan {
    std::vector<StatedValue> stated;
    std::vector<Meter> meters;
};
Record describe(const MonitoringPlan*) {
    return {"monitoring_plan", "What a project states and measures with.",
        {field<&MonitoringPlan::stated>("stated", "Stated values.", {.max = 60}),
            field<&MonitoringPlan::meters>("meters", "Meters with their calibrations.", {.max = 100})}};
}

namespace {

std::string summary(const ReductionResult& result, Language language) {
    std::string out;
    const auto line = [&](std::string_view field, std::int64_t kg) {
        out += fmt::format("{:>16}  {}\n", fmt::format("{}.{:03} t", kg / 1000, kg % 1000), word(fmt::format("field.reduction_report.{}", field), language));
    };
    line("estimate_kg", result.estimate_kg);
    line("measured_kg", result.measured_kg);
    line("calibrated_kg", result.calibrated_kg);
    line("claimed_kg", result.claimed_kg);
    out += fmt::format("{:>14.2f} %  {}\n", result.uncertainty_percent, word("field.reduction_report.uncertainty_percent", language));
    for (const ParameterResult& one : result.parameters)
        if (one.kind == ParameterKind::monitored)
            out += fmt::format("  {} {:.6g} {}  {}/{}\n", one.code, one.value, one.unit, one.readings.present, one.readings.expected);
    return out;
}

Result<int> compute_files(const ReductionOptions& options, Console& console) {
    Methodology methodology;
    if (auto known = methodology_of(options.methodology)) methodology = std::move(known).value();
    else methodology = TRY(from_json<Methodology>(TRY(read_file(options.methodology))));
    const MonitoringPlan plan = options.plan ? TRY(from_json<MonitoringPlan>(TRY(read_file(*options.plan)))) : MonitoringPlan{};
    const auto table = TRY(sheets::open_table(options.in));
    auto monitored = TRY(read_readings(methodology, *table, {options.from, options.until}));
    ReductionInput input{.stated = plan.stated, .monitored = std::move(monitored), .meters = plan.meters};
    const ReductionResult result = TRY(reductions(methodology, input));
    const std::string json = to_json(result) + "\n";
    if (options.out) TRY(write_file(*options.out, json));
    if (options.out != "-") console.out(console.json ? json : summary(result, console.language));
    return result.missing_too_many.empty() ? 0 : 3;
}

} // namespace

Command reduction_command() {
    return command("reduction", "compute",
        "Compute reductions by a methodology: readings in, baseline, deductions and claim out; exit status 3 where too many readings are missing.",
        compute_files);
}

} // namespace greenbank::carbon
