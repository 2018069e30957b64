// channel_readings.h — what meters sent made into the readings that a monitoring plan asks for: one a step, in its order, a gap where nothing came. Pure.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace greenbank::carbon {

/// How a channel's points are to be read: each for itself (a power), as a counter that only grows, or as amounts of the time since the one before.
enum class ChannelSort : std::uint8_t { instant, counter, interval };

/// What came in one step; steps without a point are left out.
struct StepValues {
    std::int64_t index = 0; // from the first step of the period on; negative: before it
    std::int64_t count = 0;
    double sum = 0, last = 0;
};

/// One reading a step of the period, NaN where there is none. Of a counter it is what was counted in the step: it needs the reading at the end of this
/// step and of the one before; one that is lower than before is a new meter that began at 0. What was counted during a gap belongs to no one step.
std::vector<double> readings_of(const std::vector<StepValues>& steps, ChannelSort sort, std::size_t count);

/// The period as a whole: of a counter the difference of its ends (from the reading before the period, or the first in it), of amounts their sum, else
/// the mean of all points. Nothing where there is too little.
std::optional<double> reading_of_all(const std::vector<StepValues>& steps, ChannelSort sort);

} // namespace greenbank::carbon
