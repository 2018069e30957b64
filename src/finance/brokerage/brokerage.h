// brokerage.h — what requests and offers share: who sees which, and who talks next.
#pragma once

#include "finance/brokerage/records.h"
#include "finance/operations.h"

namespace greenbank::finance {

/// A request that the caller may see: open ones everybody who may make offers, else the asker, who offered, and the desk.
Result<FinancingRequest> request_seen(Transaction& transaction, const Caller& caller, const Id<FinancingRequest>& id);
/// The first offers of a request talk; a place that became free goes to the one that waits longest.
Result<Done> let_talk(Transaction& transaction, const Caller& caller, const Id<FinancingRequest>& request);
/// What an offer costs a year, its fee included, were all of it drawn on that day; nothing where no rate does it. `base`: the published rate of that day, % a
/// year, as if it stood to the end.
std::optional<double> all_in_rate(const FinancingOffer& offer, Date day, double base = 0);

} // namespace greenbank::finance
