// readings.h — what watching, control and reports ask of the archive: the newest value, points, steps, what a meter counted.
#pragma once

#include "energy/engine/telemetry/aggregate.h"
#include "energy/sites/records.h"
#include "energy/telemetry/archive.h"

namespace greenbank::energy {

struct NewestReading {
    Time at;
    double value = 0;
};
Result<std::optional<NewestReading>> newest_reading(Transaction& transaction, Archive& archive, std::int64_t channel);
Result<Points> points_between(Transaction& transaction, Archive& archive, std::int64_t channel, Time from, Time to);
Result<std::vector<Step>> steps_between(Transaction& transaction, Archive& archive, std::int64_t channel, Time from, Time to, Duration step);

/// How much of it there was in each step, or what it was on average: what a counter counted, the sum of an interval's points, the mean of an instant, the
/// last state. Steps without a reading are left out; a counter's step needs a reading before it.
struct StepValue {
    Time at;
    double value = 0;
};
Result<std::vector<StepValue>> step_values(Transaction& transaction, Archive& archive, const Channel& channel, Time from, Time to, Duration step);

/// Does a sum over time mean something? Then its unit: "kWh" for kW (mean times hours), the unit itself for counters and intervals.
struct TotalUnit {
    std::string unit;
    double per_hour_of_mean = 0; // instants: times hours; 0: the value itself is summed
};
std::optional<TotalUnit> total_unit(const Channel& channel);

} // namespace greenbank::energy
