// sorting.h — points of a call sorted into series: in order of time, without those that are there already, marks and bad values aside.
#pragma once

#include "energy/engine/telemetry/batch.h"
#include "energy/telemetry/known_channels.h"

namespace greenbank::energy {

/// Points of one channel as they came.
struct ChannelPoints {
    std::shared_ptr<ChannelEntry> entry;
    Points points;
    std::vector<Quality> qualities; // empty: all are good
};

struct Sorted {
    std::vector<SeriesPoints> batch; // ascending series
    std::size_t points = 0;
    Accepted accepted;
    std::vector<TakenPoint> told; // only where somebody listens
};

/// Adds a point, or says why not.
std::optional<PointRefusal> collect(ChannelPoints& channel, std::int64_t at_milliseconds, double value, Quality quality, std::int64_t latest_milliseconds);

/// `view_of` opens a transaction for comparing with what is there; it is called only where something came late.
using CompareWith = std::function<Result<Done>(const std::function<Result<Done>(const ArchiveView&)>&)>;
Result<Sorted> sort_points(std::vector<ChannelPoints> channels, Accepted accepted, bool with_told, const CompareWith& compare_with);

} // namespace greenbank::energy
