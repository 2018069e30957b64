// factors.h — factors of the bank for other rooms: asked for in a transaction, answered with what was used.
#pragma once

#include "carbon/factors/records.h"
#include "store/transaction.h"

namespace greenbank::carbon {

/// engine/factors.h over the stored factors.
Result<FactorChoice> factor_in_force(Transaction& transaction, const FactorQuestion& question);
/// The areas to ask in for a place of that code: "CN-SH" gives CN-SH, CN-EAST, CN, WORLD.
std::vector<std::string> areas_around(std::string_view area);
/// What the one that was used would be today; nothing where it is still the one.
Result<std::optional<FactorChoice>> newer_edition(Transaction& transaction, const FactorUsed& used, Date activity_on, std::vector<std::string> areas);

} // namespace greenbank::carbon
