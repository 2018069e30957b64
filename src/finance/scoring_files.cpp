// scoring_files.cpp — a table and a target in, a model out; a model and a table in, scores with reasons or a report out.
#include "finance/scoring_files.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/files.h"
#include "api/words.h"
#include "finance/scoring_records.h"
#include "finance/scoring_table.h"
#include "sheets/named_rows.h"
#include "sheets/text_file.h"
#include "json/json.h"

namespace greenbank::finance {

struct TrainOptions {
    std::string in, target, out;
    ModelKind kind = ModelKind::scorecard;
    std::optional<std::string> bad;
    std::vector<std::string> ignore;
    std::vector<double> special;
    std::int64_t seed = 1, folds = 5;
};
Record describe(const TrainOptions*) {
    return {"score_train_options", "What to learn from.",
        {field<&TrainOptions::in>("in", "A table with a heading: a row for each borrower, numbers or names; empty, ?, NA: missing.", {.min = 1}),
            field<&TrainOptions::target>("target", "The column that says who went bad.", {.min = 1}),
            field<&TrainOptions::out>("out", "The model to write, JSON.", {.min = 1}),
            field<&TrainOptions::kind>("kind", "A scorecard, or trees.", {.defaulted = true}),
            field<&TrainOptions::bad>("bad", "The target's value that means bad; without: 1 of 0 and 1.", {.min = 1}),
            field<&TrainOptions::ignore>("ignore", "Columns to leave out, such as names.", {.max = 1000, .defaulted = true}),
            field<&TrainOptions::special>("special", "Numbers that are codes and get bins of their own, such as -999.", {.max = 20, .defaulted = true}),
            field<&TrainOptions::seed>("seed", "What the draws begin from.", {.min = 0, .defaulted = true}),
            field<&TrainOptions::folds>("folds", "In how many parts the rows are tried.", {.min = 2, .max = 20, .defaulted = true})}};
}
struct ApplyOptions {
    std::string model, in, out;
    std::optional<std::string> id;
    std::int64_t reasons = 3;
};
Record describe(const ApplyOptions*) {
    return {"score_apply_options", "Whom to score.",
        {field<&ApplyOptions::model>("model", "A model of `score train`.", {.min = 1}),
            field<&ApplyOptions::in>("in", "A table with the model's columns.", {.min = 1}),
            field<&ApplyOptions::out>("out", "A table to write: row or id, points, probability, grade, reasons.", {.min = 1}),
            field<&ApplyOptions::id>("id", "The column that names a row.", {.min = 1}),
            field<&ApplyOptions::reasons>("reasons", "At most so many.", {.min = 0, .max = 20, .defaulted = true})}};
}
struct ReportOptions {
    std::string model, in;
    std::optional<std::string> target, bad;
};
Record describe(const ReportOptions*) {
    return {"score_report_options", "What happened since.",
        {field<&ReportOptions::model>("model", "A model of `score train`.", {.min = 1}),
            field<&ReportOptions::in>("in", "Later borrowers, with the model's columns.", {.min = 1}),
            field<&ReportOptions::target>("target", "The column that says who went bad; without: only whether the population has moved.", {.min = 1}),
            field<&ReportOptions::bad>("bad", "The target's value that means bad; without: 1 of 0 and 1.", {.min = 1})}};
}

namespace {

Error error_of(ScoringFlaw flaw) {
    switch (flaw) {
    case ScoringFlaw::one_class: return {Failure::invalid, "finance.one_class", "All rows went the same way; nothing can be learnt from one class."};
    case ScoringFlaw::too_few_rows:
        return {Failure::invalid, "finance.too_few_rows", "Of good and of bad rows at least twenty each are needed, duplicates not counted."};
    case ScoringFlaw::no_columns:
    case ScoringFlaw::none: break;
    }
    return {Failure::invalid, "finance.no_columns", "No column differs between rows; there is nothing to learn from."};
}

std::string_view note_name(ScoringNote note) {
    constexpr std::string_view names[] = {"constant_column", "duplicate_rows", "both_ways", "leaked_target", "one_name_a_row", "mostly_missing"};
    return names[static_cast<std::size_t>(note)];
}
std::string sentence_of(const ScoringRemark& remark, Language language) {
    return fill_in(
        word(fmt::format("finance.score.{}", note_name(remark.note)), language), {{"column", remark.column}, {"number", fmt::format("{:.4g}", remark.number)}});
}

Result<ScoringModel> read_model(const std::string& path) {
    return sheets::in_file(from_json<ScoringModel>(TRY(read_file(path))), "finance.model_file", "The model in {path} is not right.", path);
}

Result<int> run_train(const TrainOptions& options, Console& console) {
    const BorrowerTable borrowers = TRY(read_borrowers({.path = options.in, .target = options.target, .bad = options.bad, .ignored = options.ignore}));
    ScoringSettings settings{.kind = options.kind,
        .seed = static_cast<std::uint64_t>(options.seed),
        .folds = static_cast<std::uint32_t>(options.folds),
        .scorecard = {},
        .trees = {}};
    settings.scorecard.bins.specials = options.special;
    const Training training = train(borrowers.table, settings);
    for (const ScoringRemark& remark : training.remarks) console.aside(sentence_of(remark, console.language) + "\n");
    if (training.flaw != ScoringFlaw::none) return error_of(training.flaw);
    TRY(write_file(options.out, to_json(training.model) + "\n"));
    const CrossValidation& seen = training.validation;
    if (!console.json) {
        std::string lines = fmt::format("rows {}, bad {}, columns {}\nauc {:.4f} (", training.rows, training.bads, training.model.columns.size(), seen.area);
        for (std::size_t i = 0; i < seen.areas.size(); ++i) lines += fmt::format("{}{:.4f}", i == 0 ? "" : " ", seen.areas[i]);
        console.out(lines + fmt::format(")\nbrier {:.5f} (uncalibrated {:.5f})\nks {:.4f}\n", seen.brier, seen.brier_raw, seen.distance));
        return 0;
    }
    JsonWriter json;
    json.begin_object().member("kind", name_of(options.kind)).member("rows", static_cast<std::int64_t>(training.rows));
    json.member("bad", static_cast<std::int64_t>(training.bads)).member("columns", static_cast<std::int64_t>(training.model.columns.size()));
    json.member("auc", seen.area).key("auc_by_fold").begin_list();
    for (const double area : seen.areas) json.real(area);
    json.end_list().member("brier", seen.brier).member("brier_uncalibrated", seen.brier_raw).member("ks", seen.distance).key("remarks").begin_list();
    for (const ScoringRemark& remark : training.remarks) {
        json.begin_object().member("code", note_name(remark.note)).member("column", remark.column).member("number", remark.number);
        json.member("sentence", sentence_of(remark, console.language)).end_object();
    }
    console.out(json.end_list().end_object().take() + "\n");
    return 0;
}

/// "duration 48: more risk", in the reader's language.
std::string reason_text(const Reason& reason, const ScoringTable& table, std::size_t row, Language language) {
    const ScoringColumn& column = table.columns[reason.column];
    const double value = column.values[row];
    const std::string shown = is_missing(value) ? word("finance.score.missing", language)
                              : column.named    ? column.names[static_cast<std::size_t>(value)]
                                                : fmt::format("{:g}", value);
    return fill_in(word(reason.effect > 0 ? "finance.score.raises" : "finance.score.lowers", language), {{"column", column.name}, {"value", shown}});
}

Result<int> run_apply(const ApplyOptions& options, Console& console) {
    const ScoringModel model = TRY(read_model(options.model));
    std::vector<std::string> ignored;
    if (options.id) ignored.push_back(*options.id);
    const BorrowerTable borrowers = TRY(read_borrowers({.path = options.in, .target = {}, .bad = {}, .ignored = std::move(ignored), .model = &model}));
    const std::vector<Score> scores = score(model, borrowers.table, static_cast<std::size_t>(options.reasons));
    sheets::TextFile file = TRY(sheets::TextFile::create(options.out));
    file.text() += options.id ? "id" : "row";
    file.text() += ",points,probability,grade";
    for (std::int64_t i = 1; i <= options.reasons; ++i) file.text() += fmt::format(",reason_{}", i);
    file.text() += '\n';
    for (std::size_t row = 0; row < scores.size(); ++row) {
        sheets::append_cell(file.text(), options.id ? borrowers.ids[row] : fmt::format("{}", row + 1));
        file.text() += fmt::format(",{:.1f},{},{}", scores[row].points, scores[row].probability, scores[row].grade);
        for (std::size_t i = 0; i < static_cast<std::size_t>(options.reasons); ++i) {
            file.text() += ',';
            if (i < scores[row].reasons.size()) sheets::append_cell(file.text(), reason_text(scores[row].reasons[i], borrowers.table, row, console.language));
        }
        file.text() += '\n';
        TRY(file.pass_on());
    }
    TRY(file.place());
    if (console.json) console.out(JsonWriter().begin_object().member("scores", static_cast<std::int64_t>(scores.size())).end_object().take() + "\n");
    return 0;
}

Result<int> run_report(const ReportOptions& options, Console& console) {
    const ScoringModel model = TRY(read_model(options.model));
    const BorrowerTable borrowers = TRY(read_borrowers({.path = options.in, .target = options.target, .bad = options.bad, .ignored = {}, .model = &model}));
    if (borrowers.table.rows == 0) return Error{Failure::invalid, "finance.no_rows", "The table in {path} has no rows.", {{"path", options.in}}};
    const std::vector<double> moved = stability(model, borrowers.table);
    JsonWriter json;
    json.begin_object().member("rows", static_cast<std::int64_t>(borrowers.table.rows)).member("score_stability", moved.back()).key("columns").begin_list();
    std::string lines = fmt::format("rows {}\npopulation stability of the score {:.4f}\n", borrowers.table.rows, moved.back());
    for (std::size_t i = 0; i < model.columns.size(); ++i) {
        json.begin_object().member("name", model.columns[i].name).member("stability", moved[i]).end_object();
        if (moved[i] >= 0.1) lines += fmt::format("  {} {:.4f}\n", model.columns[i].name, moved[i]);
    }
    json.end_list();
    if (options.target) {
        const std::vector<double> odds = log_odds(model, borrowers.table);
        std::vector<double> probabilities;
        for (const double one : odds) probabilities.push_back(model.calibration.apply(one));
        const std::vector<std::uint8_t>& bad = borrowers.table.bad;
        const double brier = brier_score(probabilities, bad);
        json.member("brier", brier);
        if (std::ranges::count(bad, 1) % static_cast<std::ptrdiff_t>(bad.size()) != 0) {
            const double area = area_under_curve(odds, bad), distance = class_distance(odds, bad);
            json.member("auc", area).member("ks", distance).member("calibration_slope", calibrate(odds, bad).slope / model.calibration.slope);
            lines += fmt::format("auc {:.4f}, brier {:.5f}, ks {:.4f}\n", area, brier, distance);
        } else {
            lines += fmt::format("brier {:.5f}\n", brier);
            console.aside(word("finance.score.one_outcome", console.language) + "\n");
        }
        json.key("grades").begin_list();
        lines += "grade  rows  expected  observed  chance of so many\n";
        for (const GradeTest& test : back_test(probabilities, bad, model.scale)) {
            json.begin_object().member("grade", test.grade).member("rows", test.count).member("expected", test.expected).member("observed", test.observed);
            json.member("chance", test.chance).end_object();
            lines += fmt::format("{:>5} {:>5} {:>9.5f} {:>9.5f} {:>9.4f}\n", test.grade, test.count, test.expected, test.observed, test.chance);
        }
        json.end_list();
    }
    console.out(console.json ? json.end_object().take() + "\n" : lines);
    return 0;
}

} // namespace

Command train_command() {
    return command("score", "train", "Train a scorecard or trees on borrowers, try it on parts left out, calibrate it, write it.", run_train);
}
Command apply_command() { return command("score", "apply", "Score borrowers: points, probability of default, grade, reasons in words.", run_apply); }
Command report_command() {
    return command("score", "report", "Whether the population has moved, and, where the outcome is known, how right the model was.", run_report);
}

} // namespace greenbank::finance
