// account_views.cpp — accounts with their balances.
#include "ledger/account_views.h"

#include "ledger/decimals.h"

namespace greenbank::ledger {

Record describe(const AccountView*) {
    Record record = record_of<LedgerAccount>();
    record.name = "account_view";
    record.doc = "An account and what is on it.";
    record.check = nullptr;
    record.announced = false;
    std::erase_if(record.fields, [](const Field& field) { return field.name == "revision"; });
    for (Field& field : record.fields) field.traits.read_only = field.traits.defaulted = false; // nobody sends one: all of it is always there
    const auto at = std::find_if(record.fields.begin(), record.fields.end(), [](const Field& field) { return field.name == "rule"; });
    record.fields.insert(
        at, {field<&AccountView::asset_code>("asset_code", "The asset's code and key.", {.filter = true, .sort = true}),
                field<&AccountView::scale>("scale", "Decimal places of the asset."), field<&AccountView::balance>("balance", "Credits less debits, posted."),
                field<&AccountView::available>("available", "What may still be given: without what is held, above the lower limit."),
                field<&AccountView::debits>("debits", "All debits posted."), field<&AccountView::credits>("credits", "All credits posted."),
                field<&AccountView::held_out>("held_out", "Held to be given."), field<&AccountView::held_in>("held_in", "Held to be received."),
                field<&AccountView::line_count>("line_count", "Lines of the journal on it.")});
    return record;
}
Record describe(const AccountKey*) { return {"account_key", "Names an account.", {field<&AccountKey::id>("id", "Its id.")}}; }

Result<Balances> fill_balances(AccountView& view) {
    const auto balances = parse_balances(view.balance);
    if (!balances)
        return Error{Failure::internal, "ledger.state_contradicts", "The ledger's state contradicts itself: {what}. Stop, and restore a backup that verifies.",
            {{"what", "the balances of " + view.id.text}}};
    const int scale = static_cast<int>(view.scale);
    const SignedAmount posted = posted_balance(*balances);
    SignedAmount available = posted - static_cast<SignedAmount>(balances->debits_pending);
    if (view.balance_min)
        if (const auto least = parse_decimal(*view.balance_min, scale)) available -= *least;
    view.balance = decimal_text(posted, scale);
    view.available = decimal_text(available, scale);
    view.debits = decimal_text(balances->debits_posted, scale);
    view.credits = decimal_text(balances->credits_posted, scale);
    view.held_out = decimal_text(balances->debits_pending, scale);
    view.held_in = decimal_text(balances->credits_pending, scale);
    return *balances;
}

bool may_see(const Caller& caller, const AccountView& account) {
    return caller.actor.may(read_ledger) || (!caller.actor.organisation.empty() && account.owner.text == caller.actor.organisation);
}

Result<AccountView> seen_account(Transaction& transaction, const Caller& caller, const Id<LedgerAccount>& id) {
    auto view = TRY(transaction.find_one<AccountView>("id = $1", {id.text}));
    if (!view || !may_see(caller, *view)) return not_found(record_of<LedgerAccount>(), id.text);
    return std::move(*view);
}

Result<std::vector<AccountView>> all_accounts(Transaction& transaction, std::size_t most) {
    auto accounts = TRY(transaction.find<AccountView>("ORDER BY asset_code, purpose, number LIMIT $1", {static_cast<std::int64_t>(most) + 1}));
    if (accounts.size() > most)
        return Error{Failure::too_large, "ledger.too_many_accounts", "There are more than {most} accounts; a report of so many must be made from an export.",
            {{"most", std::to_string(most)}}};
    return accounts;
}

} // namespace greenbank::ledger
