// monitor_files.cpp — a series in, scores and explained alarms out.
#include "energy/monitor_files.h"

#include <cmath>

#include <fmt/format.h>

#include "energy/engine/anomaly/detector.h"
#include "energy/explanation.h"
#include "energy/series_file.h"
#include "sheets/text_file.h"
#include "json/json.h"

namespace greenbank::energy {

Record describe(const DetectOptions*) {
    return {"detect_options", "Which series, and how readily it alarms.",
        {field<&DetectOptions::in>("in", "The series: a table timestamp,value in the order of time.", {.min = 1}),
            field<&DetectOptions::out>("out", "Scores to write: timestamp,score,alarm; a score of 0.5 or more is an alarm.", {.min = 1}),
            field<&DetectOptions::alarms>("alarms", "Alarms to write, each explained in three languages.", {.min = 1}),
            field<&DetectOptions::sensitivity>(
                "sensitivity", "0 to 1: at 0.5 what is clearly farther out than anything remembered alarms.", {.min = 0, .max = 1, .defaulted = true})}};
}

namespace {

std::string alarms_table(const std::vector<Detected::Alarm>& alarms) {
    std::string table = "timestamp,anomaly,value,score,zh,en,ru\n";
    for (const Detected::Alarm& alarm : alarms) {
        sheets::append_cell(table, alarm.timestamp);
        fmt::format_to(std::back_inserter(table), ",{},{},{:.6f}", alarm.anomaly, alarm.value, alarm.score);
        for (const Language language : {Language::zh, Language::en, Language::ru}) sheets::append_cell(table += ',', alarm.explanation.in(language));
        table += '\n';
    }
    return table;
}

Result<int> run_detect(const DetectOptions& options, Console& console) {
    const Detected done = TRY(detect_files(options));
    if (console.json) {
        JsonWriter json;
        json.begin_object().member("points", done.points).member("missing", done.missing).key("alarms").begin_list();
        for (const Detected::Alarm& alarm : done.alarms) {
            json.begin_object().member("timestamp", alarm.timestamp).member("anomaly", alarm.anomaly).member("value", alarm.value).member("score", alarm.score);
            json.member("explanation", alarm.explanation.in(console.language)).end_object();
        }
        json.end_list().end_object();
        return console.out(json.take() + "\n"), 0;
    }
    console.out(fmt::format("points   {}\nmissing  {}\nalarms   {}\n", done.points, done.missing, done.alarms.size()));
    for (const Detected::Alarm& alarm : done.alarms)
        console.out(fmt::format("{}  {:<11}  {}\n", alarm.timestamp, alarm.anomaly, alarm.explanation.in(console.language)));
    return 0;
}

} // namespace

Result<Detected> detect_files(const DetectOptions& options) {
    const auto series = TRY(read_series(options.in));
    auto scores = TRY(sheets::TextFile::create(options.out));
    std::optional<sheets::TextFile> alarms;
    if (options.alarms) alarms.emplace(TRY(sheets::TextFile::create(*options.alarms)));
    Detector detector(options.sensitivity);
    Detected done;
    scores.text() = "timestamp,score,alarm\n";
    for (const SeriesRow& row : series) {
        const Judgement judgement = detector.judge(row.seconds, row.value);
        ++done.points;
        if (!std::isfinite(row.value)) ++done.missing;
        sheets::append_cell(scores.text(), row.timestamp);
        fmt::format_to(std::back_inserter(scores.text()), ",{:.6f},{:d}\n", judgement.score, judgement.alarm);
        TRY(scores.pass_on());
        if (judgement.alarm)
            done.alarms.push_back({row.timestamp, name_of(judgement.anomaly), row.value, judgement.score,
                {explain(judgement, Language::zh), explain(judgement, Language::en), explain(judgement, Language::ru)}});
    }
    if (alarms) alarms->text() = alarms_table(done.alarms);
    TRY(scores.place());
    if (alarms) TRY(alarms->place());
    return done;
}

Command detect_command() {
    return command(
        "monitor", "detect", "Find what is unusual in a series of measurements: a score for each value, and alarms with their explanation.", run_detect);
}

} // namespace greenbank::energy
