// monitoring.cpp — one pass to find the gaps, one to fill them, one to weigh.
#include "carbon/engine/monitoring.h"

#include <algorithm>
#include <cmath>

namespace greenbank::carbon {

namespace {

Time at(const Series& series, std::size_t place) { return {series.begins_at.microseconds + static_cast<std::int64_t>(place) * series.step.microseconds}; }

/// The place-th of `count` missing readings between two that are there.
double between(double before, double after, std::size_t place, std::size_t count) {
    return before + (after - before) * static_cast<double>(place + 1) / static_cast<double>(count + 1);
}

struct Extremes {
    double least = 0, greatest = 0;
    bool any = false;
};
Extremes extremes_of(const Series& series) {
    Extremes extremes;
    for (const double reading : series.readings) {
        if (std::isnan(reading)) continue;
        extremes.least = extremes.any ? std::min(extremes.least, reading) : reading;
        extremes.greatest = extremes.any ? std::max(extremes.greatest, reading) : reading;
        extremes.any = true;
    }
    return extremes;
}

} // namespace

ParameterValue accumulate(
    const Series& series, Accumulation accumulation, Bearing bearing, const GapRule& rule, const Meter* meter, const CalibrationRule& calibration) {
    ParameterValue value;
    const std::size_t count = series.readings.size();
    value.expected = static_cast<std::int64_t>(count);
    const Extremes extremes = extremes_of(series);
    const double cautious_fill = bearing == Bearing::lowers           ? std::max(0.0, extremes.greatest)
                                 : accumulation == Accumulation::mean ? extremes.least
                                                                      : std::min(0.0, extremes.least);
    std::vector<double> guessed = series.readings, ruled = series.readings;
    for (std::size_t i = 0; i < count;) {
        if (!std::isnan(series.readings[i])) {
            ++i, ++value.present;
            continue;
        }
        std::size_t end = i;
        while (end < count && std::isnan(series.readings[end])) ++end;
        const std::size_t missing = end - i;
        const bool has_before = i > 0, has_after = end < count;
        Gap gap{.from = at(series, i), .until = at(series, end), .readings = static_cast<std::int64_t>(missing)};
        gap.bridged = has_before && has_after && gap.readings <= rule.bridge_max;
        for (std::size_t j = i; j < end; ++j) {
            const double before = has_before ? series.readings[i - 1] : has_after ? series.readings[end] : 0;
            const double after = has_after ? series.readings[end] : before;
            guessed[j] = between(before, after, j - i, missing);
            ruled[j] = gap.bridged ? guessed[j] : cautious_fill;
            gap.filled_with += ruled[j];
        }
        if (accumulation == Accumulation::mean) gap.filled_with /= static_cast<double>(missing);
        (gap.bridged ? value.bridged : value.filled) += gap.readings;
        value.gaps.push_back(gap);
        i = end;
    }
    value.too_many_missing = count == 0 || 100.0 * static_cast<double>(value.bridged + value.filled) > rule.missing_percent_max * static_cast<double>(count);
    if (count == 0) return value;

    if (meter) value.stretches = meter_stretches(*meter, date_of(series.begins_at), date_of(Time{at(series, count).microseconds - 1}), calibration);
    double weight = 0;
    std::size_t stretch = 0;
    for (std::size_t i = 0; i < count; ++i) {
        value.estimate += guessed[i];
        value.measured += ruled[i];
        double moved = ruled[i];
        if (!value.stretches.empty()) {
            while (stretch + 1 < value.stretches.size() && date_of(at(series, i)) > value.stretches[stretch].until) ++stretch;
            const MeterStretch& now = value.stretches[stretch];
            const double shift = std::abs(ruled[i]) * now.shift_percent / 100;
            moved += bearing == Bearing::raises ? -shift : shift;
            weight += std::abs(ruled[i]);
            value.standard_percent += std::abs(ruled[i]) * now.standard_percent;
        }
        value.cautious += moved;
    }
    if (weight > 0) value.standard_percent /= weight;
    if (accumulation == Accumulation::mean)
        for (double* sum : {&value.estimate, &value.measured, &value.cautious}) *sum /= static_cast<double>(count);
    return value;
}

} // namespace greenbank::carbon
