// settlements.h — what settling, proving and the records of settlements across a border share.
#pragma once

#include "market/borders/records.h"

namespace greenbank::market {

/// Both ledgers append the settlement's statement to the transparency log, each followed by its own entries: "ledger CNY", a line a member, the exchange.
constexpr std::string_view border_leaf_kind = "border_settlement";
std::string ledger_heading(std::string_view currency);

Record describe(const KeyOf<BorderSettlement>*);

std::vector<Endpoint> border_proof_endpoints(const parties::TransparencyLog& log);

} // namespace greenbank::market
