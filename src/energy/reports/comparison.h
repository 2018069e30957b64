// comparison.h — a day or a month of a channel beside the same hours a year before, and beside its class: the same quantity at other sites of the kind.
#pragma once

#include "energy/reports/site_report.h"

namespace greenbank::energy {

/// An hour of the day or a day of the month: a mean of instants, what flowed of counters and intervals, the last of states.
struct ComparisonStep {
    Time at;
    std::optional<double> value, year_before, class_mean;
};
Record describe(const ComparisonStep*);

struct ChannelComparison {
    Id<Channel> channel;
    Text name;
    std::string unit;
    QuantityKind quantity = QuantityKind::instant;
    std::int64_t decimals = 2;
    ReportPeriod period = ReportPeriod::daily;
    Date on, year_before_on;
    Time from, to;
    std::vector<ComparisonStep> steps;
    std::optional<double> value; // of all steps: the mean of instants, else the sum
    // Over those steps only that both sides have; percent of the other side.
    std::optional<double> year_before, change_percent, class_mean, deviation_percent;
    std::int64_t class_sites = 0;
    bool sample = false;
};
Record describe(const ChannelComparison*);

/// The class: sites of the same kind with a channel of that key, unit and quantity. Of other organisations only where these are three or more, so that
/// no mean gives away one of them; else one's own other sites.
Result<ChannelComparison> compare_channel(
    Transaction& transaction, Archive& archive, const Channel& channel, ReportPeriod period, std::optional<Date> on, Time now);

std::vector<Endpoint> comparison_endpoints(Intake& intake);

} // namespace greenbank::energy
