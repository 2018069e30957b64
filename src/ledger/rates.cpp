// rates.cpp — assets and rates as they are stored.
#include "ledger/rates.h"

namespace greenbank::ledger {

Result<std::optional<LedgerAsset>> currency_asset(Transaction& transaction, const std::string& currency) {
    return transaction.find_one<LedgerAsset>("code = $1 AND kind = 'currency' ORDER BY number LIMIT 1", {currency});
}

Result<std::optional<LedgerAccount>> deposit_of(Transaction& transaction, const Id<parties::Organisation>& organisation, const std::string& currency) {
    return transaction.find_one<LedgerAccount>("owner = $1 AND purpose = 'customer' AND state <> 'closed' AND asset IN (SELECT id FROM asset WHERE "
                                               "code = $2 AND kind = 'currency') ORDER BY number LIMIT 1",
        {organisation.text, currency});
}

Result<std::optional<ExchangeRate>> rate_on(Transaction& transaction, const Id<LedgerAsset>& asset, const Id<LedgerAsset>& into, Date day) {
    return transaction.find_one<ExchangeRate>("asset = $1 AND into_asset = $2 AND day <= $3 ORDER BY day DESC LIMIT 1", {asset.text, into.text, to_text(day)});
}

} // namespace greenbank::ledger
