// set_points.h — what may be ordered of a plant: limits, rate, interlocks, a second pair of eyes, a dead man's time. Pure; time is an argument.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "energy/engine/telemetry/points.h"
#include "kernel/result.h"

namespace greenbank::energy {

/// While this holds, nothing is ordered: "no charging above 45 °C".
struct Interlock {
    std::string channel;
    bool above = true; // else below
    double limit = 0;
    std::int64_t stale_seconds = 600; // a reading older than this is no reading, and what is not known counts as locked
};

struct SetPointLimits {
    double least = 0, greatest = 0;
    std::optional<double> rate_per_minute; // how fast the ordered value may move
    std::vector<Interlock> interlocks;
    bool dangerous = false;                       // another person approves
    std::optional<std::int64_t> watchdog_seconds; // without a sign of life for so long: the fallback
    double fallback = 0;
    std::int64_t confirm_seconds = 60; // by then the device must have confirmed
};

/// What is wrong with the limits themselves.
void check_limits(const SetPointLimits& limits, Problems& problems);

/// What is known of an interlock's channel at the moment of the order.
struct InterlockReading {
    std::optional<double> value;
    Moment at = 0;
};

/// Fails with control.not_a_number, control.outside_limits or control.interlocked. `readings` in the order of the interlocks.
Result<Done> judge_order(const SetPointLimits& limits, double target, const std::vector<InterlockReading>& readings, Moment now);

/// The value that holds at `now` on the way from `from` (left at `began`) to `to`; without a rate it is there at once.
double ramp_value(const SetPointLimits& limits, double from, double to, Moment began, Moment now);
/// When the way ends.
Moment ramp_end(const SetPointLimits& limits, double from, double to, Moment began);

/// The dead man's time has run out: nobody has said that he is there.
bool is_dead(const SetPointLimits& limits, Moment alive_at, Moment now);

} // namespace greenbank::energy
