// benchmark_test.cpp — the scorer against its definition, the two ends of its scale, and a detector whose published score is known.
#include "energy/engine/anomaly/benchmark.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "kernel/random.h"

namespace greenbank::energy {

namespace {

LabelledSeries random_series(Random& random) {
    LabelledSeries series{.points = 200 + random.below(9000)};
    for (std::size_t at = probation(series.points) + random.below(100);;) {
        const std::size_t width = 2 + random.below(200);
        if (at + width >= series.points) break;
        series.windows.push_back({at, at + width - 1});
        at += width + random.below(800);
    }
    const double rate = random.uniform() * 0.05;
    for (std::size_t i = 0; i < series.points; ++i)
        if (random.chance(rate)) series.alarms.push_back(i);
    return series;
}

/// Point by point, as the benchmark's own text tells it.
double naive_score(const LabelledSeries& series, const ScoringProfile& profile) {
    double score = 0;
    std::vector<double> best(series.windows.size(), -profile.missed);
    for (std::size_t i = probation(series.points); i < series.points; ++i) {
        if (!std::binary_search(series.alarms.begin(), series.alarms.end(), i)) continue;
        bool inside = false;
        const LabelledWindow* past = nullptr;
        for (std::size_t w = 0; w < series.windows.size(); ++w) {
            const LabelledWindow& window = series.windows[w];
            if (i > window.last) past = &window;
            if (i < window.first || i > window.last) continue;
            inside = true;
            const double position = -static_cast<double>(window.last - i + 1) / static_cast<double>(window.last - window.first + 1);
            best[w] = std::max(best[w], profile.found * (2 / (1 + std::exp(5 * position)) - 1) / (2 / (1 + std::exp(-5.0)) - 1));
        }
        if (inside) continue;
        const double position = past == nullptr ? 10 : static_cast<double>(i - past->last) / static_cast<double>(past->last - past->first);
        score += profile.false_alarm * (position > 3 ? -1 : 2 / (1 + std::exp(5 * position)) - 1);
    }
    for (const double one : best) score += one;
    return score;
}

} // namespace

TEST_CASE("saying nothing scores 0, the first point of every window 100, under every profile") {
    Random random(5);
    std::vector<LabelledSeries> silent, perfect;
    for (int i = 0; i < 20; ++i) {
        LabelledSeries series = random_series(random);
        series.alarms.clear();
        silent.push_back(series);
        for (const LabelledWindow& window : series.windows) series.alarms.push_back(window.first);
        perfect.push_back(series);
    }
    const BenchmarkScore none = benchmark_score(silent), all = benchmark_score(perfect);
    CHECK(none.standard == doctest::Approx(0));
    CHECK(none.few_missed == doctest::Approx(0));
    CHECK(all.standard == doctest::Approx(100));
    CHECK(all.few_false_alarms == doctest::Approx(100));
    CHECK(all.few_missed == doctest::Approx(100));
    CHECK(all.f1 == doctest::Approx(1));
}

TEST_CASE("by hand: one window found in its middle, one missed, a false alarm far away and one just behind") {
    const LabelledSeries series{.points = 1000, .windows = {{300, 399}, {700, 799}}, .events = {350}, .alarms = {10, 200, 350, 360, 410}, .days = 2};
    const double middle = (2 / (1 + std::exp(-2.5)) - 1) / (2 / (1 + std::exp(-5.0)) - 1), behind = 2 / (1 + std::exp(5.0 * 11 / 99)) - 1;
    CHECK(raw_score(series) == doctest::Approx(middle - 1 - 0.11 + 0.11 * behind)); // the alarm at 10 is within the probation
    const BenchmarkScore score = benchmark_score({series});
    CHECK(score.found == 1);
    CHECK(score.false_alarms == 2);
    CHECK(score.f1 == doctest::Approx(2.0 / 5));
    CHECK(score.false_alarms_per_day == doctest::Approx(1));
    CHECK(score.delay == 0);
    CHECK(probation(4032) == 604);
    CHECK(probation(15902) == 750);
}

TEST_CASE("the naive twin agrees on random windows and alarms") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        const LabelledSeries series = random_series(random);
        for (const ScoringProfile& profile : {standard_profile, few_false_alarms, few_missed})
            CHECK_MESSAGE(raw_score(series, profile) == doctest::Approx(naive_score(series, profile)), "seed ", seed);
    }
}

} // namespace greenbank::energy
