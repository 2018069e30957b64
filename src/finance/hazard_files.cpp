// hazard_files.cpp — borrower-months in, a hazard model with its lead times out; a model and borrower-months in, chances out.
#include "finance/hazard_files.h"

#include <map>

#include <fmt/format.h>

#include "api/files.h"
#include "finance/hazard/hazards.h"
#include "finance/scoring_table.h"
#include "sheets/named_rows.h"
#include "sheets/text_file.h"
#include "json/json.h"

namespace greenbank::finance {

struct HazardTrainOptions {
    std::string in, out;
    std::string target = "default", borrower = "borrower", month = "month";
    std::vector<std::string> ignore;
    std::int64_t horizon = 12;
    double threshold = 20;
};
Record describe(const HazardTrainOptions*) {
    using Options = HazardTrainOptions;
    return {"hazard_train_options", "What to learn from.",
        {field<&Options::in>("in", "A table with a heading: a row for each borrower and month, numbers; empty, ?, NA: missing.", {.min = 1}),
            field<&Options::out>("out", "The model to write, JSON.", {.min = 1}),
            field<&Options::target>("target", "The column that says 1 in the month of a default.", {.min = 1, .defaulted = true}),
            field<&Options::borrower>("borrower", "The column that names the borrower.", {.min = 1, .defaulted = true}),
            field<&Options::month>("month", "The column of months since the beginning, from 1.", {.min = 1, .defaulted = true}),
            field<&Options::ignore>("ignore", "Columns to leave out.", {.max = 1000, .defaulted = true}),
            field<&Options::horizon>("horizon", "Over so many months the chance is told.", {.min = 1, .max = 120, .defaulted = true}),
            field<&Options::threshold>(
                "threshold", "From this chance on a borrower counts as warned of, in percent.", {.min = 0.01, .max = 100, .defaulted = true})}};
}
struct HazardApplyOptions {
    std::string model, in, out;
    std::string borrower = "borrower", month = "month";
};
Record describe(const HazardApplyOptions*) {
    using Options = HazardApplyOptions;
    return {"hazard_apply_options", "Whom to tell the chance of.",
        {field<&Options::model>("model", "A model of `hazard train`.", {.min = 1}), field<&Options::in>("in", "A table with the model's columns.", {.min = 1}),
            field<&Options::out>("out", "A table to write: borrower, month, hazard, chance over the horizon, what moves it most.", {.min = 1}),
            field<&Options::borrower>("borrower", "The column that names the borrower.", {.min = 1, .defaulted = true}),
            field<&Options::month>("month", "The column of months since the beginning, from 1.", {.min = 1, .defaulted = true})}};
}

namespace {

struct NamedPanel {
    HazardPanel panel;
    std::vector<std::string> borrowers; // names
};

Result<NamedPanel> panel_of(const BorrowerTable& read, const std::string& borrower, const std::string& month, const std::string& path) {
    NamedPanel named;
    Problems problems;
    const ScoringColumn *who = nullptr, *when = nullptr;
    std::vector<const ScoringColumn*> features;
    for (const ScoringColumn& column : read.table.columns) {
        if (column.name == borrower) who = &column;
        else if (column.name == month) when = &column;
        else if (column.named) problems.push_back({column.name, "hazard.numbers", "A feature is a number in every row; leave names out by --ignore."});
        else features.push_back(&column);
    }
    for (const auto& [found, name] : {std::pair{who, borrower}, std::pair{when, month}})
        if (found == nullptr) problems.push_back({name, "finance.column_absent", "The table has no column of this name."});
    std::map<double, std::uint32_t> numbers;
    for (std::size_t row = 0; row < read.table.rows && who != nullptr && when != nullptr && problems.size() < 100; ++row) {
        const double value = who->values[row], at = when->named ? missing : when->values[row];
        if (is_missing(value)) problems.push_back({fmt::format("row {}, {}", row + 1, borrower), "hazard.nobody", "Whose month this is is not said."});
        if (!(at >= 1 && at <= 1200) || at != std::floor(at))
            problems.push_back({fmt::format("row {}, {}", row + 1, month), "hazard.month", "A month is a whole number from 1 to 1200."});
        if (!problems.empty()) continue;
        const auto [place, fresh] = numbers.emplace(value, static_cast<std::uint32_t>(numbers.size()));
        if (fresh) named.borrowers.push_back(who->named ? who->names[static_cast<std::size_t>(value)] : fmt::format("{:g}", value));
        named.panel.borrowers.push_back(place->second);
        named.panel.months.push_back(static_cast<std::int64_t>(at));
        for (const ScoringColumn* feature : features) named.panel.values.push_back(feature->values[row]);
        named.panel.bad.push_back(read.table.bad.empty() ? 0 : read.table.bad[row]);
    }
    for (const ScoringColumn* feature : features) named.panel.names.push_back(feature->name);
    if (!problems.empty())
        return Error{
            Failure::invalid, "finance.borrowers_file", "The borrowers in {path} are not right; every fault is named.", {{"path", path}}, std::move(problems)};
    return named;
}

Result<int> run_train(const HazardTrainOptions& options, Console& console) {
    const BorrowerTable read = TRY(read_borrowers({.path = options.in, .target = options.target, .bad = {}, .ignored = options.ignore}));
    const NamedPanel named = TRY(panel_of(read, options.borrower, options.month, options.in));
    const HazardTraining training = train_hazard(named.panel);
    if (training.flaw != HazardFlaw::none) return error_of(training.flaw);
    const LeadTimes times = lead_times(training.model, named.panel, options.threshold / 100, options.horizon);
    const HazardFile file = file_of(training, times, options.in, options.horizon, options.threshold);
    TRY(write_file(options.out, to_json(file) + "\n"));
    if (console.json) {
        console.out(to_json(file) + "\n");
        return 0;
    }
    std::string lines = fmt::format("rows {}, borrowers {}, defaults {} (expected {:.1f})\nauc {:.4f}, brier {:.6f}\n", file.rows, file.borrowers, file.events,
        training.expected, file.area, file.brier);
    lines += fmt::format("warned before their default, from {:g} % over {} months: {} of {}, {:.1f} months before in the mean, median {:.1f}\n", file.threshold,
        file.horizon, file.warned, file.defaults, file.lead_mean, file.lead_median);
    lines += fmt::format("warned of without a default: {} of {}\n", file.false_alarms, file.good);
    for (const HazardColumn& column : file.columns) lines += fmt::format("  {} {:+.4f}\n", column.name, column.effect);
    for (const std::string& name : training.left_out) lines += fmt::format("  {} is the same in all rows and is left out\n", name);
    console.out(lines);
    return 0;
}

Result<int> run_apply(const HazardApplyOptions& options, Console& console) {
    const HazardFile file =
        TRY(sheets::in_file(from_json<HazardFile>(TRY(read_file(options.model))), "finance.model_file", "The model in {path} is not right.", options.model));
    const HazardModel model = model_of(file);
    const BorrowerTable read = TRY(read_borrowers({.path = options.in, .target = {}, .bad = {}, .ignored = {}}));
    NamedPanel named = TRY(panel_of(read, options.borrower, options.month, options.in));
    const HazardPanel& panel = named.panel;
    std::vector<std::size_t> places;
    Problems problems;
    for (const HazardColumn& column : model.columns) {
        const auto found = std::find(panel.names.begin(), panel.names.end(), column.name);
        if (found == panel.names.end()) problems.push_back({column.name, "finance.column_absent", "The table has no column of this name."});
        places.push_back(static_cast<std::size_t>(found - panel.names.begin()));
    }
    if (!problems.empty())
        return Error{Failure::invalid, "finance.borrowers_file", "The borrowers in {path} are not right; every fault is named.", {{"path", options.in}},
            std::move(problems)};
    sheets::TextFile out = TRY(sheets::TextFile::create(options.out));
    out.text() += "borrower,month,hazard,chance,reason\n";
    for (std::size_t row = 0; row < panel.rows(); ++row) {
        std::vector<double> values;
        for (const std::size_t place : places) values.push_back(panel.value(row, place));
        const std::vector<HazardReason> reasons = reasons_of(model, values);
        sheets::append_cell(out.text(), named.borrowers[panel.borrowers[row]]);
        out.text() += fmt::format(
            ",{},{},{},", panel.months[row], hazard_of(model, panel.months[row], values), default_chance(model, panel.months[row], values, file.horizon));
        if (!reasons.empty())
            sheets::append_cell(out.text(), fmt::format("{} {:g} ({:+.2f})", reasons.front().name, reasons.front().value, reasons.front().effect));
        out.text() += '\n';
        TRY(out.pass_on());
    }
    TRY(out.place());
    if (console.json) console.out(JsonWriter().begin_object().member("rows", static_cast<std::int64_t>(panel.rows())).end_object().take() + "\n");
    return 0;
}

} // namespace

Command hazard_train_command() {
    return command("hazard", "train", "Learn from borrower-months how likely a default is in the next month, and how early that warns.", run_train);
}
Command hazard_apply_command() { return command("hazard", "apply", "Chances of default over the model's horizon, with what moves them most.", run_apply); }

} // namespace greenbank::finance
