// set_points.cpp — judging an order, and where a ramp stands.
#include "energy/engine/control/set_points.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace greenbank::energy {

namespace {

constexpr Moment second = 1'000'000;
constexpr double minute_moments = 60e6;

bool is_locked(const Interlock& lock, const InterlockReading& reading, Moment now) {
    if (!reading.value || !std::isfinite(*reading.value) || now - reading.at > lock.stale_seconds * second) return true;
    return lock.above ? *reading.value > lock.limit : *reading.value < lock.limit;
}

} // namespace

void check_limits(const SetPointLimits& limits, Problems& problems) {
    if (!std::isfinite(limits.least) || !std::isfinite(limits.greatest) || limits.least >= limits.greatest)
        problems.push_back({"greatest", "control.limits", "The greatest value must be above the least one."});
    if (limits.rate_per_minute && !(*limits.rate_per_minute > 0))
        problems.push_back({"rate_per_minute", "control.rate", "A rate is above zero; leave it out where the value may jump."});
    if (limits.watchdog_seconds && (*limits.watchdog_seconds < 5 || *limits.watchdog_seconds > 86'400))
        problems.push_back({"watchdog_seconds", "control.watchdog", "The dead man’s time is 5 seconds to a day."});
    if (limits.watchdog_seconds && !(limits.fallback >= limits.least && limits.fallback <= limits.greatest))
        problems.push_back({"fallback", "control.fallback", "The fallback value must lie within the limits."});
    if (limits.confirm_seconds < 1 || limits.confirm_seconds > 86'400)
        problems.push_back({"confirm_seconds", "control.confirm_time", "A device confirms within 1 second to a day."});
    for (std::size_t i = 0; i < limits.interlocks.size(); ++i)
        if (!std::isfinite(limits.interlocks[i].limit) || limits.interlocks[i].stale_seconds < 1 || limits.interlocks[i].channel.empty())
            problems.push_back({fmt::format("interlocks[{}]", i), "control.interlock",
                "An interlock names a channel, a limit, and after how many seconds a reading is too old."});
}

Result<Done> judge_order(const SetPointLimits& limits, double target, const std::vector<InterlockReading>& readings, Moment now) {
    if (!std::isfinite(target)) return invalid({{"target", "control.not_a_number", "Order a finite number."}});
    if (target < limits.least || target > limits.greatest)
        return invalid({{"target", "control.outside_limits", "This set point takes {least} to {greatest}; nothing was sent.",
            {{"least", fmt::format("{}", limits.least)}, {"greatest", fmt::format("{}", limits.greatest)}}}});
    for (std::size_t i = 0; i < limits.interlocks.size(); ++i)
        if (is_locked(limits.interlocks[i], i < readings.size() ? readings[i] : InterlockReading{}, now))
            return Error{Failure::conflict, "control.interlocked",
                "{channel} is beyond {limit}, or not known lately: while that is so, nothing is ordered here.",
                {{"channel", limits.interlocks[i].channel}, {"limit", fmt::format("{}", limits.interlocks[i].limit)}}};
    return Done{};
}

double ramp_value(const SetPointLimits& limits, double from, double to, Moment began, Moment now) {
    if (!limits.rate_per_minute || now >= ramp_end(limits, from, to, began)) return to;
    const double way = *limits.rate_per_minute * static_cast<double>(std::max<Moment>(0, now - began)) / minute_moments;
    return to > from ? std::min(to, from + way) : std::max(to, from - way);
}

Moment ramp_end(const SetPointLimits& limits, double from, double to, Moment began) {
    if (!limits.rate_per_minute) return began;
    const double moments = std::ceil(std::abs(to - from) / *limits.rate_per_minute * minute_moments);
    return moments > 1e15 ? began + static_cast<Moment>(1e15) : began + static_cast<Moment>(moments);
}

bool is_dead(const SetPointLimits& limits, Moment alive_at, Moment now) {
    return limits.watchdog_seconds && now - alive_at >= *limits.watchdog_seconds * second;
}

} // namespace greenbank::energy
