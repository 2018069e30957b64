// account_settings.h — an account's stored settings as the engine takes them.
#pragma once

#include "ledger/engine/account.h"
#include "ledger/records.h"

namespace greenbank::ledger {

/// Rule and state as flags, but for `closed`.
std::uint16_t flags_of(const LedgerAccount& account);
/// Failure::invalid names the field where the text has more places than the asset or does not fit.
Result<std::optional<SignedAmount>> limit_of(const std::optional<std::string>& text, int scale, std::string_view field);
/// Failure::invalid "ledger.amount_malformed" at `field`.
Error amount_malformed(std::string_view field, int scale);

} // namespace greenbank::ledger
