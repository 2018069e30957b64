// hazards.h — the chance that a loan defaults, by the model in use.
#pragma once

#include "finance/hazard/records.h"
#include "finance/operations.h"
#include "finance/watch/watch.h"

namespace greenbank::finance {

/// The newest model in use; none where the bank has none.
Result<std::optional<StoredHazard>> hazard_in_use(Transaction& transaction);
/// Features of the records and the signals that were watched, as the model names them; % over its horizon, with what moves it most.
struct LoanChance {
    double percent = 0;
    std::vector<HazardReason> reasons;
};
Result<LoanChance> chance_of(Transaction& transaction, const HazardFile& model, const Loan& loan, const std::vector<WarningSignal>& signals, Date day);

Error error_of(HazardFlaw flaw);

} // namespace greenbank::finance
