// accounts.cpp — assets, accounts and closed periods: entered, listed, changed.
#include "ledger/operations.h"

namespace greenbank::ledger {

struct AssetKey {
    Id<LedgerAsset> id;
};
Record describe(const AssetKey*) { return {"asset_key", "Names an asset.", {field<&AssetKey::id>("id", "Its id.")}}; }

struct StateChange {
    Id<LedgerAccount> id;
    AccountStanding state = AccountStanding::open;
};
Record describe(const StateChange*) {
    return {"account_state_change", "Freezes an account, opens it again or closes it for ever.",
        {field<&StateChange::id>("id", "Its id."), field<&StateChange::state>("state", "What it shall be.")}};
}

struct PeriodDays {
    Date first_day, last_day;
};
Record describe(const PeriodDays*) {
    return {"period_days", "Booking days, both ends included.",
        {field<&PeriodDays::first_day>("first_day", "The first day."), field<&PeriodDays::last_day>("last_day", "The last day.")}};
}

namespace {

Result<Page<LedgerAsset>> asset_list(Transaction& transaction, const Caller& caller, const ListOf<LedgerAsset>& list) {
    return list_page<LedgerAsset>(transaction, caller, list);
}
Result<LedgerAsset> asset_get(Transaction& transaction, const Caller&, const AssetKey& key) { return transaction.get(key.id); }

Result<Page<AccountView>> account_list(Transaction& transaction, const Caller& caller, const ListOf<AccountView>& list) {
    Page<AccountView> page = caller.actor.may(read_ledger) ? TRY(list_page<AccountView>(transaction, caller, list))
                                                           : TRY(list_page<AccountView>(transaction, caller, list, "owner = $1", {caller.actor.organisation}));
    for (AccountView& view : page.items) TRY(fill_balances(view));
    return page;
}
Result<AccountView> account_get(Transaction& transaction, const Caller& caller, const AccountKey& key) {
    AccountView view = TRY(seen_account(transaction, caller, key.id));
    TRY(fill_balances(view));
    return view;
}

Result<Page<ClosedPeriod>> period_list(Transaction& transaction, const Caller& caller, const ListOf<ClosedPeriod>& list) {
    return list_page<ClosedPeriod>(transaction, caller, list);
}

} // namespace

std::vector<Endpoint> account_endpoints(Book& book) {
    const auto asset_create = [&book](Transaction& transaction, const Caller& caller, const LedgerAsset& draft) -> Result<Reply<LedgerAsset>> {
        LedgerAsset asset = draft;
        asset.id = caller.new_id<LedgerAsset>();
        asset.created_at = caller.now;
        Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(turn.add_asset(asset));
        return Reply<LedgerAsset>{.body = std::move(asset), .status = 201};
    };
    const auto account_create = [&book](Transaction& transaction, const Caller& caller, const LedgerAccount& draft) -> Result<Reply<AccountView>> {
        LedgerAccount account = draft;
        account.id = caller.new_id<LedgerAccount>();
        account.created_at = account.updated_at = caller.now;
        TRY(transaction.get(account.owner));
        Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(turn.open_account(account));
        return Reply<AccountView>{.body = TRY(account_get(transaction, caller, {account.id})), .status = 201};
    };
    const auto account_update = [&book](Transaction& transaction, const Caller& caller, const Patch<LedgerAccount>& patch) -> Result<AccountView> {
        const LedgerAccount before = TRY(transaction.get(patch.id));
        LedgerAccount account = TRY(apply_patch(transaction, caller, patch));
        if (account.owner != before.owner || account.asset != before.asset || account.purpose != before.purpose)
            return Error{Failure::conflict, "ledger.account_fixed", "Owner, asset and purpose of an account stay as they are; open another account."};
        account.updated_at = caller.now;
        Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(turn.change_account(account));
        return account_get(transaction, caller, {account.id});
    };
    const auto account_state = [&book](Transaction& transaction, const Caller& caller, const StateChange& change) -> Result<AccountView> {
        LedgerAccount account = TRY(transaction.get(change.id));
        TRY(check_expected(caller, account));
        account.state = change.state;
        account.updated_at = caller.now;
        Book::Turn turn = TRY(book.turn(transaction, caller));
        TRY(turn.change_account(account));
        return account_get(transaction, caller, {account.id});
    };
    const auto period = [&book](bool close) {
        return [&book, close](Transaction& transaction, const Caller& caller, const PeriodDays& days) -> Result<Page<ClosedPeriod>> {
            Book::Turn turn = TRY(book.turn(transaction, caller));
            if (close) TRY(turn.close_period({days.first_day, days.last_day}));
            else TRY(turn.reopen_period({days.first_day, days.last_day}));
            Page<ClosedPeriod> page{.items = TRY(transaction.find<ClosedPeriod>("ORDER BY first_day")), .next = {}};
            page.total = static_cast<std::int64_t>(page.items.size());
            return page;
        };
    };
    return {
        // clang-format off
        {"asset_list", Method::get, "/ledger/assets", "What can be owned: money, allowances, credits.", Mode::read, open_to_all, call(asset_list)},
        {"asset_get", Method::get, "/ledger/assets/{id}", "One asset.", Mode::read, open_to_all, call(asset_get)},
        {"asset_create", Method::post, "/ledger/assets", "Enter an asset.", Mode::write, manage_ledger, call(asset_create)},
        {"account_list", Method::get, "/ledger/accounts", "Accounts with their balances: one's own organisation's, or all.", Mode::read, signed_in, call(account_list)},
        {"account_get", Method::get, "/ledger/accounts/{id}", "One account with its balances.", Mode::read, signed_in, call(account_get)},
        {"account_create", Method::post, "/ledger/accounts", "Open an account.", Mode::write, write_ledger, call(account_create)},
        {"account_update", Method::patch, "/ledger/accounts/{id}", "Change an account's title, rule and limits.", Mode::write, write_ledger, call(account_update)},
        {"account_set_state", Method::post, "/ledger/accounts/{id}/state", "Freeze an account, open it again or close it for ever.", Mode::write, write_ledger, call(account_state)},
        {"period_list", Method::get, "/ledger/periods", "Booking days that are closed.", Mode::read, signed_in, call(period_list)},
        {"period_close", Method::post, "/ledger/periods/close", "Close booking days.", Mode::write, manage_ledger, call(period(true))},
        {"period_reopen", Method::post, "/ledger/periods/reopen", "Open booking days again.", Mode::write, manage_ledger, call(period(false))},
        // clang-format on
    };
}

} // namespace greenbank::ledger
