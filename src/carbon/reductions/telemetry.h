// telemetry.h — readings fetched from the energy room's channels: on the plan's grid, in its unit, gaps left open for the plan's rule.
#pragma once

#include <map>

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
    std::int64_t longest_gap_hours = 0;
};
Result<FetchedAmount> fetch_amount(const energy::ArchiveView& view, const energy::Channel& channel, const std::string& unit, Date from, Date until);

struct CountedAmount {
    FetchedAmount amount;
    energy::Channel channel;
};
/// "meter_1 2026-11-29, 99.8 %": which channel, when it was asked, and of how much of the time it told.
std::string evidence_of(const CountedAmount& counted, Date today);

/// What channels counted in a year, for the rows of an inventory; each is asked once for each unit.
class CountedAmounts {
public:
    /// The channel must belong to that organisation.
    Result<Done> ask(Transaction& transaction, const energy::ArchiveView& view, const std::string& channel, const std::string& unit,
        const std::string& organisation, int year);
    const CountedAmount* find(const std::string& channel, const std::string& unit) const;
    bool empty() const { return counted_.empty(); }

private:
    std::map<std::pair<std::string, std::string>, CountedAmount> counted_; // by channel and unit
};

/// A row of an inventory takes what its channel counted; what the meter is not sure of comes with it.
template <class Row> void take_counted(Row& row, const CountedAmount& counted, Date today) {
    row.amount = counted.amount.amount;
    row.evidence = evidence_of(counted, today);
    if (counted.channel.accuracy) row.uncertainty_percent = counted.channel.accuracy;
}

} // namespace greenbank::carbon
