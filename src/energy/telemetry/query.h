// query.h — what is asked of channels: points as they are, or steps of a length with one figure each; many channels at once.
#pragma once

#include "energy/telemetry/archive.h"

namespace greenbank::energy {

enum class Figure { mean, least, greatest, sum, count, last };

struct MarkedPoint {
    std::int64_t at_milliseconds{};
    double value = 0;
    Quality quality = Quality::good;
};

/// Points of [from, to) as they came, bad ones among them where asked for; at most `limit`, the oldest first.
Result<std::vector<MarkedPoint>> read_points(const ArchiveView& view, std::int64_t channel, Time from, Time to, std::size_t limit, bool with_bad = false);
Result<std::vector<MarkedPoint>> read_points(
    Transaction& transaction, Archive& archive, std::int64_t channel, Time from, Time to, std::size_t limit, bool with_bad = false);

/// Steps with all their figures; steps without a value are left out. `step` from a millisecond; `offset`: by a clock so far ahead of UTC.
Result<std::vector<Step>> read_channel_steps(const ArchiveView& view, std::int64_t channel, Time from, Time to, Duration step, Duration offset = {});
Result<std::vector<Step>> read_channel_steps(
    Transaction& transaction, Archive& archive, std::int64_t channel, Time from, Time to, Duration step, Duration offset = {});

double figure_of(const Aggregate& values, Figure figure);

/// What a counter counted in [from, to): from the reading before `from` (or the first in it) to the last; a reading below the one before is
/// a new meter that began at 0. Nothing where there are fewer than two readings.
Result<std::optional<double>> counted(Transaction& transaction, Archive& archive, std::int64_t channel, Time from, Time to);

/// The step that shows a range in about so many steps: a whole number of seconds, minutes, hours or days.
Duration step_for(Duration range, std::size_t steps);

} // namespace greenbank::energy

namespace greenbank {
template <> struct Choices<energy::Figure> {
    static constexpr std::string_view name = "series_figure";
    static constexpr std::string_view values[] = {"mean", "min", "max", "sum", "count", "last"};
};
} // namespace greenbank
