// benchmark.cpp — windows, probation and the scaled sigmoid as the benchmark defines them.
#include "energy/engine/anomaly/benchmark.h"

#include <algorithm>
#include <cmath>

namespace greenbank::energy {

namespace {

/// For each window its first alarm that counts; the rest of the alarms go to `stray`.
template <class Stray> std::vector<std::optional<std::size_t>> find_windows(const LabelledSeries& series, Stray stray) {
    std::vector<std::optional<std::size_t>> found(series.windows.size());
    std::size_t next = 0; // the first window that does not end before the alarm
    for (const std::size_t alarm : series.alarms) {
        if (alarm < probation(series.points)) continue;
        while (next < series.windows.size() && series.windows[next].last < alarm) ++next;
        if (next == series.windows.size() || alarm < series.windows[next].first) stray(alarm, next);
        else if (!found[next]) found[next] = alarm;
    }
    return found;
}

} // namespace

std::size_t probation(std::size_t points) { return static_cast<std::size_t>(0.15 * static_cast<double>(std::min<std::size_t>(points, 5000))); }

double scaled_sigmoid(double position) { return position > 3 ? -1 : 2 / (1 + std::exp(5 * position)) - 1; }

double raw_score(const LabelledSeries& series, const ScoringProfile& profile) {
    double score = 0;
    const auto found = find_windows(series, [&](std::size_t alarm, std::size_t next) {
        if (next == 0) return void(score -= profile.false_alarm); // no window before it
        const LabelledWindow& past = series.windows[next - 1];
        const double width = static_cast<double>(past.last - past.first);
        score += profile.false_alarm * (width > 0 ? scaled_sigmoid(static_cast<double>(alarm - past.last) / width) : -1);
    });
    for (std::size_t i = 0; i < found.size(); ++i) {
        const LabelledWindow& window = series.windows[i];
        const double width = static_cast<double>(window.last - window.first + 1);
        score += found[i] ? profile.found * scaled_sigmoid(-static_cast<double>(window.last - *found[i] + 1) / width) / scaled_sigmoid(-1) : -profile.missed;
    }
    return score;
}

BenchmarkScore benchmark_score(const std::vector<LabelledSeries>& all) {
    BenchmarkScore score;
    std::vector<double> delays;
    double days = 0;
    for (const LabelledSeries& series : all) {
        score.windows += series.windows.size();
        days += series.days;
        const auto found = find_windows(series, [&](std::size_t, std::size_t) { ++score.false_alarms; });
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (!found[i]) continue;
            ++score.found;
            const auto event = std::lower_bound(series.events.begin(), series.events.end(), series.windows[i].first);
            if (event != series.events.end() && *event <= series.windows[i].last)
                delays.push_back(static_cast<double>(*found[i]) - static_cast<double>(*event));
        }
    }
    const auto part = [](std::size_t one, std::size_t of) { return of > 0 ? static_cast<double>(one) / static_cast<double>(of) : 0.0; };
    const auto normalised = [&](const ScoringProfile& profile) {
        double sum = 0;
        for (const LabelledSeries& series : all) sum += raw_score(series, profile);
        const double windows = static_cast<double>(score.windows), nothing = -profile.missed * windows, perfect = profile.found * windows;
        return windows > 0 ? 100 * (sum - nothing) / (perfect - nothing) : 0.0;
    };
    score.standard = normalised(standard_profile);
    score.few_false_alarms = normalised(few_false_alarms);
    score.few_missed = normalised(few_missed);
    score.precision = part(score.found, score.found + score.false_alarms);
    score.recall = part(score.found, score.windows);
    score.f1 = part(2 * score.found, score.windows + score.found + score.false_alarms);
    score.false_alarms_per_day = days > 0 ? static_cast<double>(score.false_alarms) / days : 0;
    if (!delays.empty()) {
        const auto middle = delays.begin() + static_cast<std::ptrdiff_t>(delays.size() / 2);
        std::nth_element(delays.begin(), middle, delays.end());
        score.delay = *middle;
    }
    return score;
}

} // namespace greenbank::energy
