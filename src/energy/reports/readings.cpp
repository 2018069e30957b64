// readings.cpp — questions to the archive.
#include "energy/reports/readings.h"

#include <cmath>

namespace greenbank::energy {

Result<std::optional<NewestReading>> newest_reading(Transaction& transaction, Archive& archive, std::int64_t channel) {
    const auto newest = TRY(TRY(archive.view(transaction)).newest(series_of(channel, SeriesKind::values)));
    if (!newest) return std::optional<NewestReading>{};
    return std::optional<NewestReading>({{newest->first}, newest->second});
}

Result<Points> points_between(Transaction& transaction, Archive& archive, std::int64_t channel, Time from, Time to) {
    Points points;
    TRY(TRY(archive.view(transaction)).read(series_of(channel, SeriesKind::values), from.microseconds, to.microseconds, points));
    return points;
}

Result<std::vector<Step>> steps_between(Transaction& transaction, Archive& archive, std::int64_t channel, Time from, Time to, Duration step) {
    std::vector<Step> steps;
    TRY(TRY(archive.view(transaction)).read_steps(series_of(channel, SeriesKind::values), from.microseconds, to.microseconds, step.microseconds, steps));
    return steps;
}

Result<std::vector<StepValue>> step_values(Transaction& transaction, Archive& archive, const Channel& channel, Time from, Time to, Duration step) {
    const bool counter = channel.quantity == QuantityKind::counter;
    // A counter's first step begins with the last reading before it, if that is not too long ago.
    const Time first =
        counter ? from - Duration{std::max<std::int64_t>(step.microseconds, hours(48).microseconds) / step.microseconds * step.microseconds} : from;
    std::vector<StepValue> values;
    std::optional<double> before;
    for (const Step& one : TRY(steps_between(transaction, archive, channel.number, first, to, step))) {
        const bool inside = one.at >= from.microseconds;
        switch (channel.quantity) {
        case QuantityKind::instant: values.push_back({{one.at}, one.values.mean()}); break;
        case QuantityKind::interval: values.push_back({{one.at}, one.values.sum}); break;
        case QuantityKind::state: values.push_back({{one.at}, one.values.last}); break;
        case QuantityKind::counter:
            if (before && inside) values.push_back({{one.at}, one.values.last < *before ? one.values.last : one.values.last - *before}); // less: a new meter
            before = one.values.last;
            break;
        }
    }
    return values;
}

std::optional<TotalUnit> total_unit(const Channel& channel) {
    if (channel.quantity == QuantityKind::counter || channel.quantity == QuantityKind::interval) return TotalUnit{channel.unit, 0};
    if (channel.quantity == QuantityKind::state) return {};
    if (same_dimension(channel.unit, "kW")) return TotalUnit{"kWh", convert({1, channel.unit}, "kW").value_or(1)};
    if (same_dimension(channel.unit, "m3/h")) return TotalUnit{"m3", convert({1, channel.unit}, "m3/h").value_or(1)};
    if (same_dimension(channel.unit, "kg/h")) return TotalUnit{"kg", convert({1, channel.unit}, "kg/h").value_or(1)};
    return {};
}

} // namespace greenbank::energy
