// rates.h — which asset a currency is in the ledger, who holds a deposit in it, and what one asset was worth in another.
#pragma once

#include "ledger/records.h"
#include "store/transaction.h"

namespace greenbank::ledger {

/// The oldest asset of that currency; nothing where the ledger keeps none.
Result<std::optional<LedgerAsset>> currency_asset(Transaction& transaction, const std::string& currency);
/// The oldest open deposit of an organisation in a currency; nothing where it has none.
Result<std::optional<LedgerAccount>> deposit_of(Transaction& transaction, const Id<parties::Organisation>& organisation, const std::string& currency);
/// The newest rate of that day or before; nothing where there is none.
Result<std::optional<ExchangeRate>> rate_on(Transaction& transaction, const Id<LedgerAsset>& asset, const Id<LedgerAsset>& into, Date day);

} // namespace greenbank::ledger
