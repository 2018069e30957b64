// tiers.h — how tiers lie in the store: rows of many steps, by series and length of step.
#pragma once

#include "energy/engine/telemetry/channel.h"
#include "store/transaction.h"

namespace greenbank::energy {

/// So much of a tier is one row.
constexpr Moment block_of(Moment step) { return step == day ? 512 * day : 32 * day; }
/// A day whose hours are kept beside its points: they are worth it from tier_worth_storing points an hour on.
constexpr bool worth_hours(const Step& of_day) { return of_day.values.count >= 24 * tier_worth_storing; }

/// Points of one channel that no chunk has yet become chunks, `tiers` are corrected; each moment's later word holds.
Result<Done> seal_points(Transaction& transaction, std::int64_t series, const Points& fresh, bool tiers);
/// Steps of [from, to), whole steps, in the place of what the tier said of it.
Result<Done> write_tier(Transaction& transaction, std::int64_t series, Moment step, Moment from, Moment to, const std::vector<Step>& fresh);

} // namespace greenbank::energy
