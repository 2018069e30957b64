// records.cpp — descriptions of hazard models.
#include "finance/hazard/records.h"

#include <cmath>

namespace greenbank::finance {

namespace {

void check_file(const void* value, Problems& problems) {
    const auto& file = *static_cast<const HazardFile*>(value);
    for (const HazardColumn& column : file.columns)
        if (!(column.deviation > 0)) problems.push_back({"columns", "hazard.deviation", "The deviation of a column is more than zero."});
    if (file.events > file.rows) problems.push_back({"events", "hazard.events", "There are no more defaults than rows."});
}

} // namespace

Record describe(const HazardColumn*) {
    using One = HazardColumn;
    return {"hazard_column", "A feature of a hazard model.",
        {field<&One::name>("name", "What it is called.", {.min = 1, .max = 60}), field<&One::mean>("mean", "Its mean; missing counts as that."),
            field<&One::deviation>("deviation", "Its deviation."), field<&One::effect>("effect", "What one deviation adds to the logarithm of the odds.")}};
}

Record describe(const HazardFile*) {
    using One = HazardFile;
    return {"hazard_file", "A trained hazard model.",
        {
            field<&One::title>("title", "What it was trained on.", {.min = 1, .max = 200}),
            field<&One::horizon>("horizon", "Over so many months the chance of a default is told.", {.unit = "month", .min = 1, .max = 120}),
            field<&One::threshold>("threshold", "From this chance on a borrower counts as warned of.", {.unit = "%", .min = 0.01, .max = 100}),
            field<&One::rows>("rows", "Borrower-months.", {.min = 1}),
            field<&One::events>("events", "Defaults among them.", {.min = 1}),
            field<&One::borrowers>("borrowers", "Borrowers.", {.min = 1}),
            field<&One::area>("area", "Chance that a month of default has the higher hazard than another.", {.min = 0, .max = 1}),
            field<&One::brier>("brier", "Mean square of what the hazard was off.", {.min = 0, .max = 1}),
            field<&One::defaults>("defaults", "Borrowers that defaulted.", {.min = 0}),
            field<&One::warned>("warned", "Of these warned of in an earlier month.", {.min = 0}),
            field<&One::good>("good", "Borrowers that did not.", {.min = 0}),
            field<&One::false_alarms>("false_alarms", "Of these warned of.", {.min = 0}),
            field<&One::lead_mean>("lead_mean", "Mean time from the warning to the default.", {.unit = "month", .min = 0}),
            field<&One::lead_median>("lead_median", "Median of it.", {.unit = "month", .min = 0}),
            field<&One::intercept>("intercept", "Logarithm of the odds at the means, in the first month."),
            field<&One::duration>("duration", "What the logarithm of the month adds."),
            field<&One::columns>("columns", "Its features.", {.min = 1, .max = 200}),
        },
        check_file};
}

HazardFile file_of(const HazardTraining& training, const LeadTimes& times, std::string title, std::int64_t horizon, double threshold) {
    return {.title = std::move(title),
        .horizon = horizon,
        .threshold = threshold,
        .rows = static_cast<std::int64_t>(training.rows),
        .events = static_cast<std::int64_t>(training.events),
        .borrowers = static_cast<std::int64_t>(training.borrowers),
        .area = training.area,
        .brier = training.brier,
        .defaults = static_cast<std::int64_t>(times.defaults),
        .warned = static_cast<std::int64_t>(times.warned),
        .good = static_cast<std::int64_t>(times.good),
        .false_alarms = static_cast<std::int64_t>(times.false_alarms),
        .lead_mean = times.mean,
        .lead_median = times.median,
        .intercept = training.model.intercept,
        .duration = training.model.duration,
        .columns = training.model.columns};
}

HazardModel model_of(const HazardFile& file) { return {file.intercept, file.duration, file.columns}; }

Record describe(const StoredHazard*) {
    using One = StoredHazard;
    return {"hazard_model", "A hazard model that warns of borrowers.",
        {
            field<&One::id>("id", "Id."),
            field<&One::source>("source", "Learnt from the bank's own records, or from a file.", {.filter = true}),
            field<&One::model>("model", "What it learnt."),
            field<&One::in_use>("in_use", "It may warn; the newest one in use does.", {.filter = true}),
            field<&One::made_by_name>("made_by_name", "Who took it in."),
            field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::created_at>("created_at", "When.", {.sort = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.sort = true}),
            field<&One::version>("version", "Version."),
        }};
}

} // namespace greenbank::finance
