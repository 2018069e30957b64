// benchmark.h — the score of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015), computed from its published definition; and what operators count.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace greenbank::energy {

/// Points of a series, both included, within which an alarm finds the event.
struct LabelledWindow {
    std::size_t first = 0, last = 0;
};

/// One series that was judged. `windows` in order, disjoint, within its points; `alarms` by number of point, ascending.
struct LabelledSeries {
    std::size_t points = 0;
    std::vector<LabelledWindow> windows;
    std::vector<std::size_t> events; // the labels themselves, where known: the first one of a window is what the delay counts from
    std::vector<std::size_t> alarms;
    double days = 0; // that it lasts, the probation left out
};

/// What alarms are worth under one of the benchmark's profiles.
struct ScoringProfile {
    double found = 1, false_alarm = 0.11, missed = 1;
};
constexpr ScoringProfile standard_profile{}, few_false_alarms{1, 0.22, 1}, few_missed{1, 0.11, 2};

/// Alarms before this point do not count: the first 15 %, of at most 5,000 points.
std::size_t probation(std::size_t points);

/// One window's worth of being found early, or of a false alarm just past it: scaled sigmoid, 1 far before its end, 0 at it, -1 far behind.
double scaled_sigmoid(double position);

/// The sum over a series: windows found (by their earliest alarm) and missed, and false alarms.
double raw_score(const LabelledSeries& series, const ScoringProfile& profile = standard_profile);

struct BenchmarkScore {
    double standard = 0, few_false_alarms = 0, few_missed = 0; // 0: as a detector that says nothing; 100: every window at its first point
    std::size_t windows = 0, found = 0, false_alarms = 0;
    double precision = 0, recall = 0, f1 = 0; // by event: a window is one, a false alarm is one
    double false_alarms_per_day = 0;          // of one device
    std::optional<double> delay;              // points from event to alarm, median of what was found; negative: before its label
};
BenchmarkScore benchmark_score(const std::vector<LabelledSeries>& all);

} // namespace greenbank::energy
