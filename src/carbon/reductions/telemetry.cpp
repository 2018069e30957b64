// telemetry.cpp — steps of the archive to readings of a plan.
#include "carbon/reductions/telemetry.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "carbon/engine/channel_readings.h"
#include "energy/telemetry/query.h"

namespace greenbank::carbon {

namespace {

constexpr Duration before_the_period = hours(24); // a counter's reading from before
constexpr std::size_t fetched_readings_max = 600'000;

Time midnight(std::int64_t day) { return Time{day * days(1).microseconds}; }

ChannelSort sort_of(const energy::Channel& channel) {
    return channel.quantity == energy::QuantityKind::counter    ? ChannelSort::counter
           : channel.quantity == energy::QuantityKind::interval ? ChannelSort::interval
                                                                : ChannelSort::instant;
}

Error wrong_unit(const energy::Channel& channel, const std::string& wanted) {
    return {Failure::invalid, "monitoring.channel_unit", "Channel {channel} sends {unit}, which cannot be made into {wanted}.",
        {{"channel", channel.key}, {"unit", channel.unit}, {"wanted", wanted}}};
}

/// What one of the channel's unit is in the wanted one; a power stands for its hours.
Result<double> ratio_of(const energy::Channel& channel, const std::string& wanted, bool over_time) {
    if (channel.quantity == energy::QuantityKind::state) return wrong_unit(channel, wanted);
    const auto ratio = convert({1, over_time ? channel.unit + ".h" : channel.unit}, wanted);
    if (!ratio) return wrong_unit(channel, wanted);
    return *ratio;
}

Result<std::vector<StepValues>> steps_of(const energy::ArchiveView& view, const energy::Channel& channel, Time begin, Time end, Duration step) {
    const std::int64_t lead =
        channel.quantity == energy::QuantityKind::counter ? std::max<std::int64_t>(1, before_the_period.microseconds / step.microseconds) : 0;
    std::vector<StepValues> steps;
    for (const energy::Step& one : TRY(energy::read_channel_steps(view, channel.number, Time{begin.microseconds - lead * step.microseconds}, end, step)))
        steps.push_back(
            {(one.at - begin.microseconds) / step.microseconds - (one.at < begin.microseconds && (one.at - begin.microseconds) % step.microseconds != 0),
                static_cast<std::int64_t>(one.values.count), one.values.sum, one.values.last});
    return steps;
}

} // namespace

Result<energy::Channel> channel_of(Transaction& transaction, const std::string& id, const std::string& organisation) {
    auto channel = TRY(transaction.find_one<energy::Channel>("id = $1", {id}));
    if (!channel || channel->organisation.text != organisation) return not_found(record_of<energy::Channel>(), id);
    return std::move(*channel);
}

Result<MonitoredSeries> fetch_series(
    const energy::ArchiveView& view, const energy::Channel& channel, const MethodologyParameter& parameter, Date from, Date until) {
    const Time begin = midnight(from.days), end = midnight(std::int64_t{until.days} + 1);
    const bool once = parameter.interval_minutes == 0, summed = parameter.accumulation == Accumulation::sum;
    const Duration step = once ? hours(1) : minutes(parameter.interval_minutes);
    const ChannelSort sort = sort_of(channel);
    const bool power = sort == ChannelSort::instant && summed;
    const double ratio = TRY(ratio_of(channel, parameter.unit, power));
    const auto count = static_cast<std::size_t>((end.microseconds - begin.microseconds + step.microseconds - 1) / step.microseconds);
    if (count > fetched_readings_max)
        return Error{
            Failure::too_large, "monitoring.too_many_rows", "A table of readings has at most {limit} rows.", {{"limit", std::to_string(fetched_readings_max)}}};
    const auto steps = TRY(steps_of(view, channel, begin, end, step));
    MonitoredSeries made{parameter.code, {begin, once ? end - begin : step, {}}};
    if (once) {
        const double span_hours = static_cast<double>((end - begin).microseconds) / static_cast<double>(hours(1).microseconds);
        const auto all = reading_of_all(steps, sort);
        made.series.readings = {all ? *all * ratio * (power ? span_hours : 1) : std::nan("")};
        return made;
    }
    made.series.readings = readings_of(steps, sort, count);
    const double each = ratio * (power ? static_cast<double>(step.microseconds) / static_cast<double>(hours(1).microseconds) : 1);
    for (double& reading : made.series.readings) reading *= each;
    return made;
}

Result<FetchedAmount> fetch_amount(const energy::ArchiveView& view, const energy::Channel& channel, const std::string& unit, Date from, Date until) {
    const Time begin = midnight(from.days), end = midnight(std::int64_t{until.days} + 1);
    const ChannelSort sort = sort_of(channel);
    const bool power = sort == ChannelSort::instant;
    const double ratio = TRY(ratio_of(channel, unit, power));
    const auto steps = TRY(steps_of(view, channel, begin, end, hours(1)));
    const auto all = reading_of_all(steps, sort);
    if (!all) return Error{Failure::conflict, "monitoring.channel_silent", "Channel {channel} has sent nothing in this time.", {{"channel", channel.key}}};
    const double span_hours = static_cast<double>((end - begin).microseconds) / static_cast<double>(hours(1).microseconds);
    std::int64_t heard = 0, gap = 0, expected = 0; // expected: the hour after the last one heard
    for (const StepValues& one : steps) {
        if (one.index < 0) continue;
        ++heard;
        gap = std::max(gap, one.index - expected);
        expected = one.index + 1;
    }
    gap = std::max<std::int64_t>(gap, std::llround(span_hours) - expected);
    return FetchedAmount{*all * ratio * (power ? span_hours : 1), static_cast<double>(heard) / span_hours, gap};
}

std::string evidence_of(const CountedAmount& counted, Date today) {
    return fmt::format("{} {}, {:.1f} %", counted.channel.key, to_text(today), 100 * counted.amount.hours_share);
}

Result<Done> CountedAmounts::ask(
    Transaction& transaction, const energy::ArchiveView& view, const std::string& channel, const std::string& unit, const std::string& organisation, int year) {
    if (find(channel, unit)) return Done{};
    const energy::Channel found = TRY(channel_of(transaction, channel, organisation));
    counted_[{channel, unit}] = {TRY(fetch_amount(view, found, unit, make_date(year, 1, 1), make_date(year, 12, 31))), found};
    return Done{};
}

const CountedAmount* CountedAmounts::find(const std::string& channel, const std::string& unit) const {
    const auto found = counted_.find({channel, unit});
    return found == counted_.end() ? nullptr : &found->second;
}

} // namespace greenbank::carbon
