// score_files.cpp — `greenbank monitor score`: the detector over a folder that is labelled as the Numenta Anomaly Benchmark is.
#include <fmt/format.h>

#include "energy/engine/anomaly/detector.h"
#include "energy/labelled_files.h"
#include "energy/monitor_files.h"
#include "json/json.h"

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
