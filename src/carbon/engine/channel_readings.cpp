// channel_readings.cpp — steps to readings.
#include "carbon/engine/channel_readings.h"

namespace greenbank::carbon {

namespace {

double counted(double before, double now) { return now >= before ? now - before : now; }

} // namespace

std::vector<double> readings_of(const std::vector<StepValues>& steps, ChannelSort sort, std::size_t count) {
    std::vector<double> readings(count, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const StepValues& step = steps[i];
        if (step.index < 0 || step.index >= static_cast<std::int64_t>(count) || step.count == 0) continue;
        double& reading = readings[static_cast<std::size_t>(step.index)];
        if (sort == ChannelSort::interval) reading = step.sum;
        else if (sort == ChannelSort::instant) reading = step.sum / static_cast<double>(step.count);
        else if (i > 0 && steps[i - 1].index == step.index - 1) reading = counted(steps[i - 1].last, step.last);
    }
    return readings;
}

std::optional<double> reading_of_all(const std::vector<StepValues>& steps, ChannelSort sort) {
    std::optional<double> before;
    double total = 0, points = 0;
    bool any = false;
    for (const StepValues& step : steps) {
        if (sort == ChannelSort::counter) {
            if (step.index >= 0 && before) total += counted(*before, step.last), any = true;
            before = step.last;
        } else if (step.index >= 0) {
            total += step.sum;
            points += static_cast<double>(step.count);
            any = any || step.count > 0;
        }
    }
    if (!any) return {};
    return sort == ChannelSort::instant ? total / points : total;
}

} // namespace greenbank::carbon
