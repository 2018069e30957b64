// score_files.cpp — `greenbank monitor score`: the detector over a folder that is labelled as the Numenta Anomaly Benchmark is.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "api/files.h"
#include "energy/engine/anomaly/benchmark.h"
#include "energy/engine/anomaly/detector.h"
#include "energy/monitor_files.h"
#include "energy/series_file.h"
#include "json/json.h"
#include "json/value_tree.h"

namespace greenbank::energy {

struct ScoreOptions {
    std::string folder;
    double sensitivity = 0.5;
    bool sweep = false;
};
Record describe(const ScoreOptions*) {
    return {"score_options", "Which labelled series, and how readily they alarm.",
        {field<&ScoreOptions::folder>(
             "folder", "A folder with windows.json (file: [[from, to], …]), if wanted labels.json (file: [moment, …]), and the series in data.", {.min = 1}),
            field<&ScoreOptions::sensitivity>("sensitivity", "0 to 1, as of monitor detect.", {.min = 0, .max = 1, .defaulted = true}),
            field<&ScoreOptions::sweep>("sweep", "Show how the score moves with the sensitivity.", {.defaulted = true})}};
}

namespace {

namespace fs = std::filesystem;

struct LabelledFile {
    std::string name;
    std::vector<SeriesRow> rows;
    LabelledSeries series;
};

std::optional<std::int64_t> moment_in(const ValueTree& tree) {
    const std::string& text = tree.plain; // "2014-04-10 11:50:00.000000"
    if (tree.shape != ValueTree::Shape::plain || text.size() < 2 || text.front() != '"') return {};
    return seconds_of(std::string_view(text).substr(1, text.size() - 2));
}

std::optional<std::size_t> point_at(const std::vector<SeriesRow>& rows, const ValueTree& tree) {
    const auto seconds = moment_in(tree);
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const SeriesRow& row) { return seconds && row.seconds == *seconds; });
    return found == rows.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - rows.begin()));
}

/// False where a window is none.
bool read_windows(const ValueTree& tree, LabelledFile& file) {
    for (const ValueTree& pair : tree.items) {
        if (pair.items.size() != 2) return false;
        const auto first = point_at(file.rows, pair.items[0]), last = point_at(file.rows, pair.items[1]);
        auto& windows = file.series.windows;
        if (!first || !last || *last < *first || (!windows.empty() && *first <= windows.back().last)) return false;
        windows.push_back({*first, *last});
    }
    return tree.shape == ValueTree::Shape::list;
}

Result<std::vector<LabelledFile>> read_labelled(const fs::path& folder) {
    const std::string path = (folder / "windows.json").string();
    const ValueTree windows = TRY(read_value_tree(TRY(read_file(path))));
    std::optional<ValueTree> labels;
    if (fs::exists(folder / "labels.json")) labels = TRY(read_value_tree(TRY(read_file((folder / "labels.json").string()))));
    std::vector<LabelledFile> files;
    for (const ValueMember& member : windows.members) {
        LabelledFile& file = files.emplace_back();
        file.name = member.first;
        file.rows = TRY(read_series(folder / "data" / member.first));
        file.series.points = file.rows.size();
        if (!read_windows(member.second, file))
            return Error{Failure::invalid, "energy.windows_file",
                "{path} must be an object that gives each file its windows, [from, to]; both moments must stand in that file.", {{"path", path}}};
        if (const ValueTree* events = labels ? labels->find(member.first) : nullptr)
            for (const ValueTree& event : events->items)
                if (const auto point = point_at(file.rows, event)) file.series.events.push_back(*point);
        std::sort(file.series.events.begin(), file.series.events.end());
        if (!file.rows.empty()) file.series.days = static_cast<double>(file.rows.back().seconds - file.rows[probation(file.rows.size())].seconds) / 86400;
    }
    if (files.empty()) return Error{Failure::invalid, "energy.nothing_labelled", "{path} labels no file, so there is nothing to score.", {{"path", path}}};
    return files;
}

BenchmarkScore score_at(double sensitivity, std::vector<LabelledFile>& files) {
    std::vector<LabelledSeries> all;
    for (LabelledFile& file : files) {
        Detector detector(sensitivity);
        file.series.alarms.clear();
        for (std::size_t i = 0; i < file.rows.size(); ++i)
            if (detector.judge(file.rows[i].seconds, file.rows[i].value).alarm) file.series.alarms.push_back(i);
        all.push_back(file.series);
    }
    return benchmark_score(all);
}

void write_score(JsonWriter& json, double sensitivity, const BenchmarkScore& score) {
    json.member("sensitivity", sensitivity).member("standard", score.standard).member("few_false_alarms", score.few_false_alarms);
    json.member("few_missed", score.few_missed).member("windows", static_cast<std::int64_t>(score.windows));
    json.member("found", static_cast<std::int64_t>(score.found)).member("false_alarms", static_cast<std::int64_t>(score.false_alarms));
    json.member("precision", score.precision).member("recall", score.recall).member("f1", score.f1);
    json.member("false_alarms_per_day", score.false_alarms_per_day);
    if (score.delay) json.member("delay_points", *score.delay);
}

Result<int> run_score(const ScoreOptions& options, Console& console) {
    auto files = TRY(read_labelled(options.folder));
    std::vector<double> settings{options.sensitivity};
    if (options.sweep) settings = {0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8};
    JsonWriter json;
    json.begin_object().key("scores").begin_list();
    std::string table = "sensitivity  standard  few false  few missed  found  false  precision  recall  F1    false/day  delay\n";
    for (const double setting : settings) {
        const BenchmarkScore score = score_at(setting, files);
        json.begin_object();
        write_score(json, setting, score);
        json.end_object();
        fmt::format_to(std::back_inserter(table), "{:<11}  {:8.2f}  {:9.2f}  {:10.2f}  {:2}/{:<2}  {:5}  {:9.3f}  {:6.3f}  {:.3f}  {:8.3f}  {}\n", setting,
            score.standard, score.few_false_alarms, score.few_missed, score.found, score.windows, score.false_alarms, score.precision, score.recall, score.f1,
            score.false_alarms_per_day, score.delay ? fmt::format("{:.0f} points", *score.delay) : "");
    }
    json.end_list().key("files").begin_list(); // at the last setting
    for (const LabelledFile& file : files) {
        const BenchmarkScore one = benchmark_score({file.series});
        json.begin_object()
            .member("file", file.name)
            .member("windows", static_cast<std::int64_t>(one.windows))
            .member("found", static_cast<std::int64_t>(one.found));
        json.member("false_alarms", static_cast<std::int64_t>(one.false_alarms)).member("raw", raw_score(file.series)).end_object();
        if (!options.sweep)
            fmt::format_to(std::back_inserter(table), "  {:<62} {}/{} found, {} false, raw {:.2f}\n", file.name, one.found, one.windows, one.false_alarms,
                raw_score(file.series));
    }
    json.end_list().end_object();
    console.out(console.json ? json.take() + "\n" : table);
    return 0;
}

} // namespace

Command score_command() { return command("monitor", "score", "Score the detector on labelled series, as the Numenta Anomaly Benchmark does.", run_score); }

} // namespace greenbank::energy
