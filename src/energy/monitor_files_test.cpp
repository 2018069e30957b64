// monitor_files_test.cpp — tables in and out, what is wrong with them, and the labelled series: our score and one that was published.
#include "energy/monitor_files.h"

#include <doctest/doctest.h>

#include <cmath>
#include <deque>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "energy/engine/anomaly/detector.h"
#include "energy/labelled_files.h"
#include "sheets/folder_under_test.h"

namespace greenbank::energy {

namespace {

namespace fs = std::filesystem;

std::string faults(const Error& error) {
    std::string all = error.code;
    for (const Problem& problem : error.problems) all += "; " + problem.field + " " + problem.code;
    return all;
}

/// Tail probabilities of a normal distribution over the last 6,400 values, moved on 100 at a time: the benchmark's own simplest detector.
std::vector<double> windowed_gaussian(const std::vector<SeriesRow>& rows) {
    std::vector<double> scores;
    std::deque<double> window;
    std::vector<double> waiting;
    double mean = 0, deviation = 1;
    long double sum = 0, squares = 0;
    const auto turn = [&](double value, long double sign) {
        sum += sign * value;
        squares += sign * static_cast<long double>(value) * value;
    };
    const auto settle = [&] {
        const auto count = static_cast<long double>(window.size());
        const long double middle = sum / count;
        mean = static_cast<double>(middle);
        deviation = static_cast<double>(std::sqrt(std::max(0.0L, squares / count - middle * middle)));
        if (deviation == 0) deviation = 0.000001;
    };
    for (const SeriesRow& row : rows) {
        scores.push_back(window.empty() ? 0 : 1 - 0.5 * std::erfc(std::abs(row.value - mean) / deviation / std::sqrt(2.0)));
        if (window.size() < 6400) {
            window.push_back(row.value);
            turn(row.value, 1);
            settle();
            continue;
        }
        waiting.push_back(row.value);
        if (waiting.size() < 100) continue;
        for (const double value : waiting) {
            turn(window.front(), -1);
            window.pop_front();
            window.push_back(value);
            turn(value, 1);
        }
        waiting.clear();
        settle();
    }
    return scores;
}

} // namespace

TEST_CASE("a series becomes scores, its disturbance an alarm that is explained") {
    const sheets::Folder folder;
    std::string text = "timestamp,value\n";
    for (int i = 0; i < 600; ++i)
        text += fmt::format("2026-01-{:02} {:02}:{:02}:00,{}\n", 1 + i / 288, i / 12 % 24, i % 12 * 5,
            i == 500     ? "95"
            : i == 400   ? ""
            : i % 3 == 0 ? "20.5"
                         : "21");
    const auto done = detect_files({folder.write("in.csv", text), folder.at("out.csv"), folder.at("alarms.csv")});
    REQUIRE(done);
    CHECK(done.value().points == 600);
    CHECK(done.value().missing == 1);
    REQUIRE(done.value().alarms.size() == 1);
    CHECK(done.value().alarms[0].timestamp == "2026-01-02 17:40:00");
    CHECK(done.value().alarms[0].anomaly == "spike");
    const std::string scores = folder.read("out.csv");
    CHECK(scores.starts_with("timestamp,score,alarm\n2026-01-01 00:00:00,0.000000,0\n"));
    CHECK(std::count(scores.begin(), scores.end(), '\n') == 601);
    CHECK(scores.find(",1\n") == scores.rfind(",1\n"));
    CHECK(folder.read("alarms.csv").starts_with("timestamp,anomaly,value,score,zh,en,ru\n2026-01-02 17:40:00,spike,95,0."));
}

TEST_CASE("what is wrong with a series is said by line, and nothing is written") {
    const sheets::Folder folder;
    const std::string in =
        folder.write("in.csv", "value,timestamp\n1,2026-13-01 00:00:00\nhot,2026-01-01T00:00:00Z\n,1767225600\nnan,2026-01-01T00:00:00+05:00\n");
    const auto done = detect_files({in, folder.at("out.csv"), {}});
    REQUIRE(!done);
    CHECK(faults(done.error()) == "energy.series_file; line 2: timestamp energy.file_moment; line 3: value energy.file_value");
    CHECK(!fs::exists(folder.at("out.csv")));
    CHECK(!detect_files({folder.at("nowhere.csv"), folder.at("out.csv"), {}}));
    CHECK(seconds_of("2014-04-10 11:50:00.000000") == seconds_of("2014-04-10T13:50:00+02:00"));
    CHECK(seconds_of("1969-12-31T23:59:59.5Z") == -1);
}

TEST_CASE("labels that fit no file are refused") {
    const sheets::Folder folder;
    folder.write("data/a.csv", "timestamp,value\n2026-01-01 00:00:00,1\n2026-01-01 00:05:00,2\n");
    for (const char* const windows : {R"({"a.csv": [["2026-01-01 00:00:00"]]})", R"({"a.csv": [["2026-01-01 00:05:00", "2026-01-01 00:00:00"]]})",
             R"({"a.csv": [["2026-01-01 00:00:00", "2027-01-01 00:00:00"]]})", R"({"a.csv": 1})"}) {
        folder.write("windows.json", windows);
        const auto read = read_labelled(folder.at(""));
        REQUIRE(!read);
        CHECK(read.error().code == "energy.windows_file");
    }
    folder.write("windows.json", "{}");
    CHECK(faults(read_labelled(folder.at("")).error()) == "energy.nothing_labelled");
    folder.write("windows.json", R"({"a.csv": [["2026-01-01 00:00:00.000000", "2026-01-01 00:05:00.000000"]]})");
    const auto read = read_labelled(folder.at(""));
    REQUIRE(read);
    CHECK(read.value()[0].series.windows[0].last == 1);
}

TEST_CASE("the labelled series: one setting for all, and the scorer against a published score") {
    const fs::path folder = "../shared/data/monitoring";
    if (!fs::exists(folder)) {
        MESSAGE("skipped: the reference data is not here");
        return;
    }
    auto read = read_labelled(folder);
    REQUIRE_MESSAGE(read, faults(read.error()));
    std::vector<LabelledSeries> ours, peer;
    std::vector<std::vector<double>> peer_scores;
    for (const LabelledFile& file : read.value()) {
        LabelledSeries series = file.series;
        Detector detector;
        for (std::size_t i = 0; i < file.rows.size(); ++i)
            if (detector.judge(file.rows[i].seconds, file.rows[i].value).alarm) series.alarms.push_back(i);
        ours.push_back(series);
        peer_scores.push_back(windowed_gaussian(file.rows));
        peer.push_back(file.series);
    }
    const BenchmarkScore score = benchmark_score(ours);
    CHECK(score.windows == 57);
    CHECK(score.standard >= 60);
    MESSAGE(fmt::format("standard {:.2f}, few false {:.2f}, few missed {:.2f}; F1 {:.3f}, {:.3f} false alarms a device and day, delay {} points",
        score.standard, score.few_false_alarms, score.few_missed, score.f1, score.false_alarms_per_day, score.delay.value_or(0)));
    // Its published results are kept with twelve digits, its threshold is 1.0: so what rounds to it.
    for (std::size_t i = 0; i < peer.size(); ++i)
        for (std::size_t k = 0; k < peer_scores[i].size(); ++k)
            if (peer_scores[i][k] >= 1 - 5e-13) peer[i].alarms.push_back(k);
    const double published = 42.49, again = benchmark_score(peer).standard;
    MESSAGE("windowed Gaussian ", again, ", published ", published);
    CHECK(std::abs(again - published) < 0.02);
}

} // namespace greenbank::energy
