// sorting.cpp — what is new goes straight through; what came late is compared with what is there.
#include "energy/telemetry/sorting.h"

#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "energy/telemetry/intake.h"

namespace greenbank::energy {

namespace {

bool is_same(double one, double other) { return std::bit_cast<std::uint64_t>(one) == std::bit_cast<std::uint64_t>(other); }

Quality quality_at(const ChannelPoints& channel, std::size_t i) { return channel.qualities.empty() ? Quality::good : channel.qualities[i]; }

/// In order of time; of each moment the last that came. How many went.
std::int64_t put_in_order(ChannelPoints& channel) {
    const std::vector<Moment>& times = channel.points.times;
    if (std::adjacent_find(times.begin(), times.end(), std::greater_equal<>()) == times.end()) return 0;
    std::vector<std::size_t> order(times.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) { return times[one] < times[other]; });
    Points points;
    std::vector<Quality> qualities;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i + 1 < order.size() && times[order[i]] == times[order[i + 1]]) continue;
        points.add(times[order[i]], channel.points.values[order[i]]);
        if (!channel.qualities.empty()) qualities.push_back(channel.qualities[order[i]]);
    }
    const auto went = static_cast<std::int64_t>(channel.points.size() - points.size());
    channel.points = std::move(points);
    channel.qualities = std::move(qualities);
    return went;
}

/// What is there of a channel, between the first and the last of the points that came late.
struct There {
    Points values, marks, bad;

    static const double* find(const Points& points, Moment at) {
        const std::size_t place = points.place(at);
        return place < points.size() && points.times[place] == at ? &points.values[place] : nullptr;
    }
    Quality mark(Moment at) const {
        const double* const mark = find(marks, at);
        return mark ? static_cast<Quality>(static_cast<int>(*mark)) : Quality::good;
    }
};

class Sorter {
public:
    Sorter(Sorted& sorted, bool with_told) : sorted_(sorted), with_told_(with_told) {}

    void sort(ChannelPoints& channel, Moment newest, const There& there) {
        const std::int64_t number = channel.entry->channel.number;
        if (channel.qualities.empty() && channel.points.times.front() > newest) return add_all(channel);
        SeriesPoints values{series_of(number, SeriesKind::values), {}}, marks{series_of(number, SeriesKind::marks), {}},
            bad{series_of(number, SeriesKind::bad), {}};
        for (std::size_t i = 0; i < channel.points.size(); ++i) {
            const Moment at = channel.points.times[i];
            const double value = channel.points.values[i];
            const Quality quality = quality_at(channel, i);
            const bool late = at <= newest;
            const Quality before = late ? there.mark(at) : Quality::good;
            const double* const known = !late ? nullptr : There::find(before == Quality::bad ? there.bad : there.values, at);
            if (known && before == quality && is_same(*known, value)) {
                ++sorted_.accepted.duplicates;
                continue;
            }
            ++sorted_.accepted.taken;
            if (late) ++sorted_.accepted.late;
            if (quality != Quality::good || before != Quality::good) marks.points.add(at, static_cast<double>(quality));
            if (quality == Quality::bad) {
                ++sorted_.accepted.bad;
                bad.points.add(at, value);
                if (late && There::find(there.values, at)) values.points.add(at, std::numeric_limits<double>::quiet_NaN()); // no longer counted
            } else {
                values.points.add(at, value);
            }
            if (with_told_) sorted_.told.push_back({&channel.entry->channel, at / 1000, value, quality});
        }
        if (!marks.points.empty()) channel.entry->marked = true;
        for (SeriesPoints* const one : {&values, &marks, &bad})
            if (!one->points.empty()) add(std::move(*one));
    }

private:
    void add(SeriesPoints series) {
        sorted_.points += series.points.size();
        sorted_.batch.push_back(std::move(series));
    }
    void add_all(ChannelPoints& channel) {
        sorted_.accepted.taken += static_cast<std::int64_t>(channel.points.size());
        if (with_told_)
            for (std::size_t i = 0; i < channel.points.size(); ++i)
                sorted_.told.push_back({&channel.entry->channel, channel.points.times[i] / 1000, channel.points.values[i], Quality::good});
        add({series_of(channel.entry->channel.number, SeriesKind::values), std::move(channel.points)});
    }

    Sorted& sorted_;
    bool with_told_;
};

/// The newest moment before these points, which are its candidates from now on.
Moment raise_newest(std::atomic<Moment>& newest, Moment at) {
    Moment before = newest.load();
    while (before < at && !newest.compare_exchange_weak(before, at)) {}
    return before;
}

} // namespace

std::optional<PointRefusal> collect(ChannelPoints& channel, std::int64_t at_milliseconds, double value, Quality quality, std::int64_t latest_milliseconds) {
    if (!std::isfinite(value)) return PointRefusal::not_finite;
    if (at_milliseconds < at_milliseconds_least) return PointRefusal::too_old;
    if (at_milliseconds > latest_milliseconds) return PointRefusal::clock_ahead;
    const Moment at = at_milliseconds * 1000;
    const ChannelEntry& entry = *channel.entry;
    if (at < entry.points_from) return PointRefusal::too_old;
    if ((entry.channel.least && value < *entry.channel.least) || (entry.channel.greatest && value > *entry.channel.greatest)) quality = Quality::bad;
    if (quality != Quality::good && channel.qualities.empty()) channel.qualities.resize(channel.points.size(), Quality::good);
    if (quality != Quality::good || !channel.qualities.empty()) channel.qualities.push_back(quality);
    channel.points.add(at, value);
    return {};
}

Result<Sorted> sort_points(std::vector<ChannelPoints> channels, Accepted accepted, bool with_told, const CompareWith& compare_with) {
    std::erase_if(channels, [](const ChannelPoints& one) { return one.points.empty(); });
    std::sort(channels.begin(), channels.end(),
        [](const ChannelPoints& one, const ChannelPoints& other) { return one.entry->channel.number < other.entry->channel.number; });
    Sorted sorted;
    sorted.accepted = std::move(accepted);
    std::vector<Moment> newest(channels.size());
    std::vector<There> there(channels.size());
    bool late = false;
    for (std::size_t i = 0; i < channels.size(); ++i) {
        sorted.accepted.duplicates += put_in_order(channels[i]);
        newest[i] = raise_newest(channels[i].entry->newest, channels[i].points.times.back());
        late = late || channels[i].points.times.front() <= newest[i];
    }
    if (late)
        TRY(compare_with([&](const ArchiveView& view) -> Result<Done> {
            for (std::size_t i = 0; i < channels.size(); ++i) {
                const std::vector<Moment>& times = channels[i].points.times;
                there[i] = {};
                if (times.front() > newest[i]) continue;
                const std::int64_t number = channels[i].entry->channel.number;
                const Moment from = times.front(), to = std::min(times.back(), newest[i]) + 1;
                TRY(view.read(series_of(number, SeriesKind::values), from, to, there[i].values));
                if (!channels[i].entry->marked) continue;
                TRY(view.read(series_of(number, SeriesKind::marks), from, to, there[i].marks));
                TRY(view.read(series_of(number, SeriesKind::bad), from, to, there[i].bad));
            }
            return Done{};
        }));
    Sorter sorter(sorted, with_told);
    for (std::size_t i = 0; i < channels.size(); ++i) sorter.sort(channels[i], newest[i], there[i]);
    return sorted;
}

} // namespace greenbank::energy
