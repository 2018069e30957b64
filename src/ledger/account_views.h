// account_views.h — accounts as people see them, with their balances; who may see which.
#pragma once

#include "api/list.h"
#include "ledger/engine/account.h"
#include "ledger/records.h"

namespace greenbank::ledger {

inline constexpr Right read_ledger{"ledger.read"};       // all accounts and reports; one's own organisation's need no right
inline constexpr Right write_ledger{"ledger.write"};     // the treasurer: accounts, orders, holds
inline constexpr Right approve_orders{"ledger.approve"}; // the other pair of eyes
inline constexpr Right post_batches{"ledger.post"};      // programs: transfers straight through
inline constexpr Right manage_ledger{"ledger.manage"};   // assets, periods, limits, rates

/// The stored account and what is on it; the texts of balances are made from what the table holds, "0 100 0 2500" in `balance`.
struct AccountView : LedgerAccount {
    std::string asset_code;
    std::int64_t scale = 0;
    std::string balance;           // credits less debits
    std::string available;         // what may still be given: the balance without what is held, above balance_min
    std::string debits, credits;   // posted so far
    std::string held_out, held_in; // pending
    std::int64_t line_count = 0;
};
Record describe(const AccountView*);

/// The balances, read from `balance`; all texts are made from them.
Result<Balances> fill_balances(AccountView& view);
/// Failure::not_found for who may not see it either.
Result<AccountView> seen_account(Transaction& transaction, const Caller& caller, const Id<LedgerAccount>& id);
bool may_see(const Caller& caller, const AccountView& account);
/// All of them, by asset and purpose; Failure::too_large above `most`.
Result<std::vector<AccountView>> all_accounts(Transaction& transaction, std::size_t most);

struct AccountKey {
    Id<LedgerAccount> id;
};
Record describe(const AccountKey*);

} // namespace greenbank::ledger
