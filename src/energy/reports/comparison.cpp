// comparison.cpp — three rows of steps, and their sums over what two of them share.
#include "energy/reports/comparison.h"

#include <cmath>
#include <set>

#include "energy/reports/periods.h"
#include "energy/reports/readings.h"
#include "energy/watch/operations.h"

namespace greenbank::energy {

struct ComparisonAsked {
    Id<Channel> id;
    ReportPeriod period = ReportPeriod::daily;
    std::optional<Date> on;
};
Record describe(const ComparisonAsked*) {
    using R = ComparisonAsked;
    return {"comparison_asked", "Of which day or month.",
        {field<&R::id>("id", "The channel."), field<&R::period>("period", "Day or month.", {.defaulted = true}),
            field<&R::on>("on", "The day, or a day of the month; left out: yesterday, or last month.")}};
}

Record describe(const ComparisonStep*) {
    using R = ComparisonStep;
    return {"comparison_step", "An hour or day.",
        {field<&R::at>("at", "When it begins."), field<&R::value>("value", "The channel."), field<&R::year_before>("year_before", "The same a year before."),
            field<&R::class_mean>("class_mean", "The mean of the class.")}};
}

Record describe(const ChannelComparison*) {
    using R = ChannelComparison;
    return {"channel_comparison", "A channel beside the year before and beside its class.",
        {field<&R::channel>("channel", "The channel."), field<&R::name>("name", "Its name."), field<&R::unit>("unit", "Its unit."),
            field<&R::quantity>("quantity", "How its values follow each other."), field<&R::decimals>("decimals", "Shown."),
            field<&R::period>("period", "Day or month."), field<&R::on>("on", "Its first day."),
            field<&R::year_before_on>("year_before_on", "The first day of the year before."), field<&R::from>("from", "From when."),
            field<&R::to>("to", "Until when."), field<&R::steps>("steps", "Hour by hour, or day by day.", {.max = 31}),
            field<&R::value>("value", "The mean of instants, else the sum."),
            field<&R::year_before>("year_before", "The same a year before, over the steps that both have."),
            field<&R::change_percent>("change_percent", "Against the year before.", {.unit = "%"}),
            field<&R::class_mean>("class_mean", "The class, over the steps that both have."),
            field<&R::deviation_percent>("deviation_percent", "Against the class.", {.unit = "%"}),
            field<&R::class_sites>("class_sites", "Sites of the class."), field<&R::sample>("sample", "Part of the sample bank.")}};
}

namespace {

constexpr std::size_t organisations_least = 3, class_channels_max = 300;

using Placed = std::vector<std::optional<double>>; // by step

Result<Placed> placed(Transaction& transaction, Archive& archive, const Channel& channel, const PeriodSteps& steps) {
    Placed values(steps.count);
    std::vector<double> hours_in(steps.count);
    for (const StepValue& one : TRY(step_values(transaction, archive, channel, steps.from, steps.to, hours(1)))) {
        const std::size_t place = steps.place_of(one.at);
        if (place >= steps.count) continue;
        if (channel.quantity == QuantityKind::state) values[place] = one.value;
        else values[place] = values[place].value_or(0) + one.value;
        ++hours_in[place];
    }
    if (channel.quantity == QuantityKind::instant)
        for (std::size_t i = 0; i < steps.count; ++i)
            if (values[i]) *values[i] /= hours_in[i];
    return values;
}

/// Of the steps that both have: this side, the other side; nothing where there are none.
std::optional<std::pair<double, double>> shared_sums(const Placed& one, const Placed& other, bool means) {
    double left = 0, right = 0, steps = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
        if (one[i] && other[i]) left += *one[i], right += *other[i], ++steps;
    if (steps == 0) return {};
    return means ? std::pair(left / steps, right / steps) : std::pair(left, right);
}

struct Class {
    Placed mean;
    std::int64_t sites = 0;
};
Result<Class> class_of(Transaction& transaction, Archive& archive, const Channel& channel, const Site& site, const PeriodSteps& steps) {
    std::vector<Channel> others = TRY(
        transaction.find<Channel>(std::string("key = $1 AND unit = $2 AND quantity = $3 AND site <> $4 AND sample = ") + (channel.sample ? "true" : "false") +
                                      " AND site IN (SELECT id FROM site WHERE kind = $5) ORDER BY site, id LIMIT " + std::to_string(class_channels_max),
            {channel.key, channel.unit, std::string(greenbank::name_of(channel.quantity)), site.id.text, std::string(greenbank::name_of(site.kind))}));
    std::set<std::string> strangers;
    for (const Channel& one : others)
        if (one.organisation != channel.organisation) strangers.insert(one.organisation.text);
    if (strangers.size() < organisations_least) std::erase_if(others, [&](const Channel& one) { return one.organisation != channel.organisation; });
    Class all{Placed(steps.count), 0};
    std::vector<double> known(steps.count);
    std::set<std::string> sites;
    for (const Channel& one : others) {
        const Placed values = TRY(placed(transaction, archive, one, steps));
        for (std::size_t i = 0; i < steps.count; ++i) {
            if (!values[i]) continue;
            all.mean[i] = all.mean[i].value_or(0) + *values[i];
            ++known[i];
            sites.insert(one.site.text);
        }
    }
    for (std::size_t i = 0; i < steps.count; ++i)
        if (all.mean[i]) *all.mean[i] /= known[i];
    all.sites = static_cast<std::int64_t>(sites.size());
    return all;
}

std::optional<double> percent_of(const std::pair<double, double>& sums) {
    if (sums.second == 0) return {};
    return (sums.first - sums.second) / std::abs(sums.second) * 100;
}

} // namespace

Result<ChannelComparison> compare_channel(
    Transaction& transaction, Archive& archive, const Channel& channel, ReportPeriod period, std::optional<Date> on, Time now) {
    const Site site = TRY(transaction.get(channel.site));
    const PeriodSteps steps = steps_of_period(site, period, on, now), steps_before = steps_of_period(site, period, year_before(steps.on), now);
    ChannelComparison found{.channel = channel.id,
        .name = channel.name,
        .unit = channel.unit,
        .quantity = channel.quantity,
        .decimals = channel.decimals,
        .period = period,
        .on = steps.on,
        .year_before_on = steps_before.on,
        .from = steps.from,
        .to = steps.to,
        .sample = channel.sample};
    const Placed values = TRY(placed(transaction, archive, channel, steps));
    Placed before = TRY(placed(transaction, archive, channel, steps_before));
    before.resize(steps.count); // of 29 days in February beside 28
    const Class others = TRY(class_of(transaction, archive, channel, site, steps));
    for (std::size_t i = 0; i < steps.count; ++i) found.steps.push_back({steps.begin_of(i), values[i], before[i], others.mean[i]});
    const bool means = channel.quantity == QuantityKind::instant || channel.quantity == QuantityKind::state;
    if (const auto all = shared_sums(values, values, means)) found.value = all->first;
    if (const auto sums = shared_sums(values, before, means)) {
        found.year_before = sums->second;
        found.change_percent = percent_of(*sums);
    }
    if (const auto sums = shared_sums(values, others.mean, means)) {
        found.class_mean = sums->second;
        found.deviation_percent = percent_of(*sums);
    }
    found.class_sites = others.sites;
    return found;
}

std::vector<Endpoint> comparison_endpoints(Intake& intake) {
    const auto channel_compare = [&intake](Transaction& transaction, const Caller& caller, const ComparisonAsked& asked) -> Result<ChannelComparison> {
        return compare_channel(transaction, intake.archive(), TRY(seen(transaction, caller, asked.id)), asked.period, asked.on, caller.now);
    };
    return {
        // clang-format off
        {"channel_compare", Method::get, "/channels/{id}/comparison", "A day or month beside the year before and beside other sites of the kind.", Mode::read, signed_in, call(channel_compare)},
        // clang-format on
    };
}

} // namespace greenbank::energy
