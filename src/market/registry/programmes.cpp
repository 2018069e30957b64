// programmes.cpp — programmes, products, and accounts at the registry.
#include <fmt/format.h>

#include "market/registry/registry.h"

namespace greenbank::market {

Record describe(const KeyOf<CarbonProgramme>*) { return {"carbon_programme_key", "Names a programme.", {field<&KeyOf<CarbonProgramme>::id>("id", "Its id.")}}; }
Record describe(const KeyOf<CarbonProduct>*) { return {"carbon_product_key", "Names a product.", {field<&KeyOf<CarbonProduct>::id>("id", "Its id.")}}; }

struct AccountDecision {
    Id<RegistryAccount> id;
    RegistryAccountState state = RegistryAccountState::open;
    std::optional<std::string> reason;
};
Record describe(const AccountDecision*) {
    return {"registry_account_decision", "What becomes of an account at the registry.",
        {field<&AccountDecision::id>("id", "Which account."), field<&AccountDecision::state>("state", "Open, frozen or closed."),
            field<&AccountDecision::reason>("reason", "Why; its holder reads this.", {.min = 1, .max = 500})}};
}

namespace {

Result<Page<CarbonProgramme>> programme_list(Transaction& transaction, const Caller& caller, const ListOf<CarbonProgramme>& list) {
    return list_page<CarbonProgramme>(transaction, caller, list);
}
Result<CarbonProgramme> programme_get(Transaction& transaction, const Caller&, const KeyOf<CarbonProgramme>& key) { return transaction.get(key.id); }
Result<Reply<CarbonProgramme>> programme_create(Transaction& transaction, const Caller& caller, const CarbonProgramme& draft) {
    CarbonProgramme programme = draft;
    programme.id = caller.new_id<CarbonProgramme>();
    programme.created_at = programme.updated_at = caller.now;
    TRY(transaction.insert(programme));
    return Reply<CarbonProgramme>{.body = std::move(programme), .status = 201};
}

Result<Page<CarbonProduct>> product_list(Transaction& transaction, const Caller& caller, const ListOf<CarbonProduct>& list) {
    return list_page<CarbonProduct>(transaction, caller, list);
}
Result<CarbonProduct> product_get(Transaction& transaction, const Caller&, const KeyOf<CarbonProduct>& key) { return transaction.get(key.id); }

Result<Reply<CarbonProduct>> product_create(ledger::Book& book, Transaction& transaction, const Caller& caller, const CarbonProduct& draft) {
    CarbonProduct product = draft;
    const CarbonProgramme programme = TRY(transaction.get(product.programme));
    product.id = caller.new_id<CarbonProduct>();
    product.created_at = product.updated_at = caller.now;
    ledger::LedgerAsset asset{.id = caller.new_id<ledger::LedgerAsset>(),
        .code = programme.code,
        .key = product.project_reference ? fmt::format("{}/{}", *product.project_reference, product.vintage) : std::to_string(product.vintage),
        .scale = carbon_scale,
        .kind = programme.kind == ProgrammeKind::allowances ? ledger::AssetKind::allowance : ledger::AssetKind::credit,
        .name = product.name,
        .created_at = caller.now};
    auto owner = TRY(acting_organisation(caller));
    ledger::LedgerAccount issued{.id = caller.new_id<ledger::LedgerAccount>(),
        .title = product.name,
        .owner = std::move(owner),
        .purpose = ledger::AccountPurpose::issued,
        .asset = asset.id,
        .rule = ledger::AccountRule::free,
        .balance_min = {},
        .balance_max = {},
        .created_at = caller.now,
        .updated_at = caller.now};
    ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
    TRY(turn.add_asset(asset));
    TRY(turn.open_account(issued));
    product.asset = asset.id;
    product.issued_account = issued.id;
    TRY(transaction.insert(product));
    return Reply<CarbonProduct>{.body = std::move(product), .status = 201};
}

Result<Page<RegistryAccount>> registry_account_list(Transaction& transaction, const Caller& caller, const ListOf<RegistryAccount>& list) {
    if (caller.actor.may(keep_registry)) return list_page<RegistryAccount>(transaction, caller, list);
    return list_page<RegistryAccount>(transaction, caller, list, "$1 <> '' AND organisation = $1", {caller.actor.organisation});
}

Result<Reply<RegistryAccount>> registry_account_apply(Transaction& transaction, const Caller& caller, const RegistryAccount& draft) {
    RegistryAccount account = draft;
    account.id = caller.new_id<RegistryAccount>();
    account.organisation = TRY(acting_organisation(caller));
    if (TRY(transaction.find_one<RegistryAccount>("organisation = $1", {account.organisation.text})))
        return Error{Failure::conflict, "registry.account_there", "Your organisation has an account at the registry already; an entity has one."};
    const std::int64_t count = as_integer(TRY(transaction.query("SELECT COUNT(*) FROM registry_account")).single());
    account.number = fmt::format("{}-{:06}", account.kind == RegistryAccountKind::compliance ? 1 : 2, count + 1);
    account.created_at = account.updated_at = caller.now;
    TRY(transaction.insert(account));
    return Reply<RegistryAccount>{.body = std::move(account), .status = 201};
}

Result<RegistryAccount> registry_account_decide(Transaction& transaction, const Caller& caller, const AccountDecision& decision) {
    RegistryAccount account = TRY(transaction.get(decision.id));
    if (decision.state == RegistryAccountState::applied || account.state == RegistryAccountState::closed || account.state == decision.state)
        return Error{Failure::conflict, "registry.account_state", "The account cannot go into this state now."};
    if (decision.state != RegistryAccountState::open && !decision.reason)
        return invalid({{"reason", "registry.reason_needed", "Say why, so that its holder knows what to do."}});
    account.state = decision.state;
    account.reason = decision.reason;
    account.updated_at = caller.now;
    TRY(transaction.update(account));
    return account;
}

} // namespace

std::vector<Endpoint> programme_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"carbon_programme_list", Method::get, "/carbon-programmes", "Programmes under which tonnes are issued.", Mode::read, open_to_all, call(programme_list)},
        {"carbon_programme_get", Method::get, "/carbon-programmes/{id}", "One programme.", Mode::read, open_to_all, call(programme_get)},
        {"carbon_programme_create", Method::post, "/carbon-programmes", "Enter a programme.", Mode::write, keep_registry, call(programme_create)},
        {"carbon_product_list", Method::get, "/carbon-products", "Products: tonnes that are fungible.", Mode::read, open_to_all, call(product_list)},
        {"carbon_product_get", Method::get, "/carbon-products/{id}", "One product.", Mode::read, open_to_all, call(product_get)},
        {"carbon_product_create", Method::post, "/carbon-products", "Enter a product; its asset and its account of issue are opened in the ledger.", Mode::write, keep_registry, call(book, product_create)},
        {"registry_account_list", Method::get, "/registry-accounts", "Accounts at the registry: one's own, or all.", Mode::read, signed_in, call(registry_account_list)},
        {"registry_account_apply", Method::post, "/registry-accounts", "Apply for the organisation's account.", Mode::write, trade_carbon, call(registry_account_apply)},
        {"registry_account_decide", Method::post, "/registry-accounts/{id}/decide", "Open, freeze or close an account.", Mode::write, keep_registry, call(registry_account_decide)},
        // clang-format on
    };
}

} // namespace greenbank::market
