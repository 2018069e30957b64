// query.cpp — values, marks and bad values together; steps; what a counter counted.
#include "energy/telemetry/query.h"

#include <cmath>

namespace greenbank::energy {

namespace {

Quality quality_of(double mark) { return mark >= 1 && mark <= 4 ? static_cast<Quality>(static_cast<int>(mark)) : Quality::good; }

} // namespace

Result<std::vector<MarkedPoint>> read_points(const ArchiveView& view, std::int64_t channel, Time from, Time to, std::size_t limit, bool with_bad) {
    Points values, marks, bad;
    TRY(view.read(series_of(channel, SeriesKind::values), from.microseconds, to.microseconds, values));
    TRY(view.read(series_of(channel, SeriesKind::marks), from.microseconds, to.microseconds, marks));
    if (with_bad && !marks.empty()) TRY(view.read(series_of(channel, SeriesKind::bad), from.microseconds, to.microseconds, bad));
    std::vector<MarkedPoint> points;
    std::size_t mark = 0, aside = 0;
    const auto mark_at = [&](Moment at) {
        while (mark < marks.size() && marks.times[mark] < at) ++mark;
        return mark < marks.size() && marks.times[mark] == at ? quality_of(marks.values[mark]) : Quality::good;
    };
    const auto add_bad = [&](Moment before) {
        for (; aside < bad.size() && bad.times[aside] < before; ++aside)
            if (mark_at(bad.times[aside]) == Quality::bad) points.push_back({bad.times[aside] / 1000, bad.values[aside], Quality::bad});
    };
    for (std::size_t i = 0; i < values.size() && points.size() < limit; ++i) {
        add_bad(values.times[i]);
        if (std::isfinite(values.values[i])) points.push_back({values.times[i] / 1000, values.values[i], mark_at(values.times[i])});
        else if (aside < bad.size() && bad.times[aside] == values.times[i]) add_bad(values.times[i] + 1);
    }
    if (points.size() < limit) add_bad(to.microseconds);
    if (points.size() > limit) points.resize(limit);
    return points;
}

Result<std::vector<Step>> read_channel_steps(const ArchiveView& view, std::int64_t channel, Time from, Time to, Duration step, Duration offset) {
    std::vector<Step> steps;
    TRY(view.read_steps(series_of(channel, SeriesKind::values), from.microseconds, to.microseconds, step.microseconds, steps, offset.microseconds));
    return steps;
}

Result<std::vector<MarkedPoint>> read_points(
    Transaction& transaction, Archive& archive, std::int64_t channel, Time from, Time to, std::size_t limit, bool with_bad) {
    return read_points(TRY(archive.view(transaction)), channel, from, to, limit, with_bad);
}

Result<std::vector<Step>> read_channel_steps(
    Transaction& transaction, Archive& archive, std::int64_t channel, Time from, Time to, Duration step, Duration offset) {
    return read_channel_steps(TRY(archive.view(transaction)), channel, from, to, step, offset);
}

double figure_of(const Aggregate& values, Figure figure) {
    switch (figure) {
    case Figure::mean: return values.mean();
    case Figure::least: return values.least;
    case Figure::greatest: return values.greatest;
    case Figure::sum: return values.sum;
    case Figure::count: return static_cast<double>(values.count);
    case Figure::last: return values.last;
    }
    return 0;
}

Result<std::optional<double>> counted(Transaction& transaction, Archive& archive, std::int64_t channel, Time from, Time to) {
    const ArchiveView view = TRY(archive.view(transaction));
    const std::int64_t series = series_of(channel, SeriesKind::values);
    Points points, before;
    TRY(view.read(series, from.microseconds, to.microseconds, points));
    // A meter that has been silent for a month says nothing of this hour.
    TRY(view.read(series, from.microseconds - 31 * day, from.microseconds, before));
    std::optional<double> reading;
    for (std::size_t i = before.size(); i-- > 0 && !reading;)
        if (std::isfinite(before.values[i])) reading = before.values[i];
    double sum = 0;
    bool any = false;
    for (const double value : points.values) {
        if (!std::isfinite(value)) continue;
        if (reading) {
            sum += value >= *reading ? value - *reading : value;
            any = true;
        }
        reading = value;
    }
    if (!any) return std::optional<double>{};
    return std::optional<double>{sum};
}

Duration step_for(Duration range, std::size_t steps) {
    static constexpr std::int64_t lengths[] = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10'800, 21'600, 43'200, 86'400};
    const std::int64_t wanted = range.microseconds / 1'000'000 / static_cast<std::int64_t>(std::max<std::size_t>(steps, 1));
    for (const std::int64_t length : lengths)
        if (length >= wanted) return seconds(length);
    return days((wanted + 86'399) / 86'400);
}

} // namespace greenbank::energy
