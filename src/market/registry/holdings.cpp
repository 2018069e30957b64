// holdings.cpp — ledger accounts behind registry accounts, and how tonnes end.
#include <fmt/format.h>

#include "ledger/decimals.h"
#include "ledger/rates.h"
#include "ledger/transfers.h"
#include "market/registry/registry.h"
#include "parties/secrets.h"

namespace greenbank::market {

using ledger::AccountPurpose;
using ledger::LedgerAccount;

Result<std::string> person_name(Transaction& transaction, const Caller& caller) {
    return as_text(TRY(transaction.query("SELECT name FROM person WHERE id = $1", {caller.actor.person})).single());
}

Result<RegistryAccount> open_registry_account(Transaction& transaction, const Id<Organisation>& organisation) {
    auto account = TRY(transaction.find_one<RegistryAccount>("organisation = $1", {organisation.text}));
    if (!account || account->state == RegistryAccountState::applied)
        return Error{Failure::conflict, "registry.no_account", "This organisation has no open account at the carbon registry; apply for one first."};
    if (account->state != RegistryAccountState::open)
        return Error{Failure::conflict, "registry.account_closed", "The organisation's account at the registry is frozen or closed; ask the registry why."};
    return std::move(*account);
}

Result<LedgerAccount> holding_account(
    ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const CarbonProduct& product, const Id<Organisation>& organisation) {
    auto found = TRY(transaction.find_one<LedgerAccount>(
        "owner = $1 AND asset = $2 AND purpose = 'customer' AND state <> 'closed' ORDER BY number LIMIT 1", {organisation.text, product.asset.text}));
    if (found) return std::move(*found);
    LedgerAccount account{.id = caller.new_id<LedgerAccount>(),
        .title = product.name,
        .owner = organisation,
        .purpose = AccountPurpose::customer,
        .asset = product.asset,
        .rule = ledger::AccountRule::debits_must_not_exceed_credits,
        .balance_min = {},
        .balance_max = {},
        .sample = product.sample,
        .created_at = caller.now,
        .updated_at = caller.now};
    TRY(turn.open_account(account));
    return account;
}

Result<LedgerAccount> cash_account(Transaction& transaction, const std::string& currency, const Id<Organisation>& organisation) {
    auto found = TRY(ledger::deposit_of(transaction, organisation, currency));
    if (!found)
        return Error{
            Failure::conflict, "market.no_deposit", "The organisation has no deposit in {currency} at the bank; open one first.", {{"currency", currency}}};
    return std::move(*found);
}

Result<Id<LedgerAccount>> product_account(
    ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, CarbonProduct& product, ProductAccount which) {
    std::optional<Id<LedgerAccount>>* const places[] = {
        &product.retired_account, &product.cancelled_account, &product.surrendered_account, &product.pledged_account, &product.clearing_account};
    static constexpr AccountPurpose purposes[] = {
        AccountPurpose::retired, AccountPurpose::retired, AccountPurpose::retired, AccountPurpose::guarantee, AccountPurpose::clearing};
    static constexpr const char* titles[][3] = {{"注销", "Retired", "Погашено"}, {"取消", "Cancelled", "Аннулировано"},
        {"清缴", "Surrendered", "Сдано в зачёт"}, {"质押", "Pledged", "В залоге"}, {"清算", "Clearing", "Клиринг"}};
    const auto index = static_cast<std::size_t>(which);
    std::optional<Id<LedgerAccount>>& place = *places[index];
    if (place) return *place;
    const LedgerAccount issued = TRY(transaction.get(product.issued_account));
    LedgerAccount account{.id = caller.new_id<LedgerAccount>(),
        .title = {product.name.best(Language::zh) + " · " + titles[index][0], product.name.best(Language::en) + " · " + titles[index][1],
            product.name.best(Language::ru) + " · " + titles[index][2]},
        .owner = issued.owner,
        .purpose = purposes[index],
        .asset = product.asset,
        .rule = ledger::AccountRule::debits_must_not_exceed_credits,
        .balance_min = {},
        .balance_max = {},
        .sample = product.sample,
        .created_at = caller.now,
        .updated_at = caller.now};
    TRY(turn.open_account(account));
    place = account.id;
    product.updated_at = caller.now;
    TRY(transaction.update(product));
    return account.id;
}

std::int64_t available_tonnes(const ledger::Book::Turn& turn, const LedgerAccount& account) {
    const ledger::Balances& has = turn.ledger().balances(static_cast<ledger::AccountNumber>(account.number));
    return static_cast<std::int64_t>((ledger::posted_balance(has) - static_cast<ledger::SignedAmount>(has.debits_pending)) / per_tonne);
}

Result<std::string> post_tonnes(
    ledger::Book::Turn& turn, const Caller& caller, const Id<LedgerAccount>& from, const Id<LedgerAccount>& to, std::int64_t tonnes, const std::string& note) {
    const std::string id = make_id(ledger::TransferName::id_prefix, caller.now, caller.random);
    TRY(ledger::post_one(turn, {.transfer = {.id = *ledger::parse_transfer_id(id),
                                    .amount = static_cast<ledger::Amount>(tonnes) * static_cast<ledger::Amount>(per_tonne),
                                    .debit = turn.account(from.text),
                                    .credit = turn.account(to.text),
                                    .at = caller.now},
                                   .note = note.substr(0, 200)}));
    return id;
}

Result<UnitEnd> end_tonnes(ledger::Book& book, const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const EndAsk& ask) {
    CarbonProduct product = TRY(transaction.get(ask.product));
    TRY(open_registry_account(transaction, ask.organisation));
    Random secret(parties::random_number()); // the code must not be guessed
    auto made_by_name = TRY(person_name(transaction, caller));
    UnitEnd end{.id = make_id<UnitEnd>(caller.now, secret),
        .kind = ask.kind,
        .product = product.id,
        .organisation = ask.organisation,
        .tonnes = ask.tonnes,
        .serials = "",
        .beneficiary = ask.beneficiary,
        .purpose = ask.purpose,
        .obligation = ask.obligation,
        .transfer = "",
        .proof = {},
        .made_by = caller.actor.person,
        .made_by_name = std::move(made_by_name),
        .sample = product.sample,
        .made_at = caller.now};
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        static constexpr ProductAccount places[] = {ProductAccount::retired, ProductAccount::cancelled, ProductAccount::surrendered};
        const Id<LedgerAccount> to = TRY(product_account(turn, transaction, caller, product, places[static_cast<std::size_t>(ask.kind)]));
        const LedgerAccount from = TRY(holding_account(turn, transaction, caller, product, ask.organisation));
        if (available_tonnes(turn, from) < ask.tonnes)
            return Error{Failure::conflict, "registry.tonnes_short", "Only {tonnes} t are free: less than asked for. Pledged and offered tonnes do not count.",
                {{"tonnes", std::to_string(available_tonnes(turn, from))}}};
        end.transfer = TRY(post_tonnes(turn, caller, from.id, to, ask.tonnes, std::string(greenbank::name_of(ask.kind)) + " · " + end.id.text));
    }
    static constexpr BlockState states[] = {BlockState::retired, BlockState::cancelled, BlockState::surrendered};
    const SerialRanges serials = TRY(move_serials(transaction, caller, product,
        {.from = ask.organisation, .to = {}, .tonnes = ask.tonnes, .state = states[static_cast<std::size_t>(ask.kind)], .ended_by = end.id.text}));
    end.serials = serials_text(product, serials);
    end.proof = TRY(log.append(transaction, "retirement", end.id.text, caller.now,
                        fmt::format("{}\t{}\t{}\t{}\t{}", end.id.text, greenbank::name_of(end.kind), end.serials, end.tonnes, end.transfer), true))
                    .code;
    TRY(transaction.insert(end));
    return end;
}

} // namespace greenbank::market
