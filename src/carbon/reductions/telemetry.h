// telemetry.h — readings fetched from the energy room's channels: on the plan's grid, in its unit, gaps left open for the plan's rule.
#pragma once

#include "carbon/engine/methodology.h"
#include "energy/sites/records.h"
#include "energy/telemetry/archive.h"

namespace greenbank::carbon {

/// The channel, if it belongs to that organisation.
Result<energy::Channel> channel_of(Transaction& transaction, const std::string& id, const std::string& organisation);

/// A monitored parameter's series over days, both of which belong to it.
Result<MonitoredSeries> fetch_series(
    const energy::ArchiveView& view, const energy::Channel& channel, const MethodologyParameter& parameter, Date from, Date until);

/// What a channel comes to over days, in `unit`: counted, summed, or (of a power) meant and multiplied by time; and the share of hours that sent anything.
struct FetchedAmount {
    double amount = 0, hours_share = 0;
};
Result<FetchedAmount> fetch_amount(const energy::ArchiveView& view, const energy::Channel& channel, const std::string& unit, Date from, Date until);

} // namespace greenbank::carbon
