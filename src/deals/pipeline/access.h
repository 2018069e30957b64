// access.h — which deals a caller sees.
#pragma once

#include "api/api.h"
#include "deals/pipeline/records.h"

namespace greenbank::deals {

/// SQL; its parameters are added. Empty: all.
std::string seen_deals(const Caller& caller, std::vector<Value>& parameters);
/// Failure::not_found for who is neither a party nor an adviser.
Result<Deal> own_deal(Transaction& transaction, const Caller& caller, const Id<Deal>& id);

} // namespace greenbank::deals
