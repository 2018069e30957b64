// escrow_orders.cpp — making, agreeing to, refusing and withdrawing orders.
#include "deals/contracts/escrow_orders.h"

#include <fmt/format.h>

#include "deals/contracts/clause_texts.h"
#include "ledger/account_views.h"
#include "ledger/decimals.h"
#include "ledger/rates.h"
#include "ledger/transfers.h"
#include "projects/access.h"

namespace greenbank::deals {

struct EscrowOrderKey {
    Id<EscrowOrder> id;
};
Record describe(const EscrowOrderKey*) { return {"escrow_order_key", "Names an order of escrow.", {field<&EscrowOrderKey::id>("id", "Its id.")}}; }

struct EscrowRefusal {
    Id<EscrowOrder> id;
    std::string reason;
};
Record describe(const EscrowRefusal*) {
    return {"escrow_order_refusal", "Refuses an order of escrow.",
        {field<&EscrowRefusal::id>("id", "Its id."), field<&EscrowRefusal::reason>("reason", "Why; who asked for it reads this.", {.min = 1, .max = 1000})}};
}

struct FundRequest {
    Id<Contract> id;
    std::optional<Money> amount;
};
Record describe(const FundRequest*) {
    return {"escrow_funding", "Asks the bank to take the client's money into escrow.",
        {field<&FundRequest::id>("id", "The contract."), field<&FundRequest::amount>("amount", "How much; absent: all that is still to come.", {.min = 0})}};
}

namespace {

Error fault_error(EscrowFault fault, const Contract& contract, std::int64_t waiting) {
    const auto money = [&](std::int64_t minor) { return money_text({minor, contract.amount.currency}); };
    const Escrow escrow = escrow_of(contract);
    switch (fault) {
    case EscrowFault::above_contract:
        return {Failure::conflict, "escrow.above_contract",
            "The contract is over {amount}, of which {funded} is paid in and {waiting} is on its way; this would be more.",
            {{"amount", money(escrow.amount)}, {"funded", money(escrow.funded)}, {"waiting", money(waiting)}}};
    case EscrowFault::above_escrow:
        return {Failure::conflict, "escrow.above_escrow", "Escrow holds {left}, of which {waiting} is on its way; this would be more.",
            {{"left", money(escrow.left())}, {"waiting", money(waiting)}}};
    default: return {Failure::conflict, "escrow.not_positive", "An amount is more than zero."};
    }
}

/// The party's own choice, else its only open deposit in that currency.
Result<Id<ledger::LedgerAccount>> account_of(Transaction& transaction, const Contract& contract, const Id<Organisation>& organisation) {
    const auto index = party_of(contract, organisation.text);
    if (index && contract.parties[*index].account) return *contract.parties[*index].account;
    const auto found = TRY(transaction.find<ledger::LedgerAccount>(
        "owner = $1 AND purpose = 'customer' AND state <> 'closed' AND asset IN (SELECT id FROM asset WHERE code = $2 AND kind = 'currency') ORDER BY number",
        {organisation.text, contract.amount.currency}));
    if (found.size() == 1) return found.front().id;
    const auto who = TRY(transaction.find_one<Organisation>("id = $1", {organisation.text}));
    const std::string name = who ? who->name.best(Language::en) : organisation.text;
    if (found.empty())
        return Error{Failure::conflict, "escrow.no_account", "{organisation} has no deposit in {currency} at the bank; open one first.",
            {{"organisation", name}, {"currency", contract.amount.currency}}};
    return Error{Failure::conflict, "escrow.several_accounts",
        "{organisation} has several deposits in {currency}; name one in the contract before it is signed.",
        {{"organisation", name}, {"currency", contract.amount.currency}}};
}

Result<std::int64_t> waiting_sum(Transaction& transaction, const Contract& contract, bool in) {
    std::int64_t sum = 0;
    for (const EscrowOrder& order : TRY(transaction.find<EscrowOrder>("contract = $1 AND state = 'waiting'", {contract.id.text})))
        if ((order.kind == EscrowKind::fund) == in) sum += order.amount.minor;
    return sum;
}

} // namespace

Result<EscrowOrder> make_order(Transaction& transaction, const Caller& caller, const Contract& contract, const EscrowAsk& ask) {
    auto made_by_name = TRY(projects::person_name(transaction, caller));
    EscrowOrder order{.id = caller.new_id<EscrowOrder>(),
        .contract = contract.id,
        .kind = ask.kind,
        .milestone = ask.milestone,
        .lines = {},
        .amount = {0, contract.amount.currency},
        .made_by = caller.actor.person,
        .made_by_name = std::move(made_by_name),
        .organisation = caller.actor.organisation,
        .made_at = caller.now,
        .checked_by = {},
        .checked_by_name = {},
        .reason = {},
        .checked_at = {}};
    for (const MilestonePart& part : ask.parts) {
        order.amount.minor += part.amount.minor;
        auto account = TRY(account_of(transaction, contract, part.organisation));
        order.lines.push_back({part.organisation, std::move(account), part.amount, make_id(ledger::TransferName::id_prefix, caller.now, caller.random)});
    }
    // Orders that wait count as if they had happened, so that two of them never promise the same money.
    Escrow escrow = escrow_of(contract);
    const std::int64_t waiting = TRY(waiting_sum(transaction, contract, ask.kind == EscrowKind::fund));
    (ask.kind == EscrowKind::fund ? escrow.funded : escrow.released) += waiting;
    if (const EscrowFault fault = escrow_fault(escrow, ask.kind, order.amount.minor); fault != EscrowFault::none) return fault_error(fault, contract, waiting);
    TRY(transaction.insert(order));
    return order;
}

Result<Done> freeze(ledger::Book& book, Transaction& transaction, const Caller& caller, const Contract& contract, bool frozen) {
    if (!contract.escrow_account) return Done{};
    ledger::LedgerAccount account = TRY(transaction.get(*contract.escrow_account));
    const auto wanted = frozen ? ledger::AccountStanding::debits_frozen : ledger::AccountStanding::open;
    if (account.state == wanted || account.state == ledger::AccountStanding::closed) return Done{};
    account.state = wanted;
    account.updated_at = caller.now;
    ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
    return turn.change_account(account);
}

Result<Done> go_on(Transaction& transaction, const Caller& caller, Contract& contract) {
    ContractFacts facts = TRY(facts_of(transaction, caller, contract));
    facts.of_the_bank = true; // money speaks for the bank here
    for (const ContractVerb verb : {ContractVerb::start, ContractVerb::pay_out})
        if (const auto judged = judge_contract(facts, verb); judged.row && judged.row->part == ContractPart::bank)
            return enter(transaction, caller, contract, judged.row->to);
    return transaction.update(contract);
}

namespace {

Result<EscrowOrder> waiting_order(Transaction& transaction, const Caller& caller, const Id<EscrowOrder>& id) {
    EscrowOrder order = TRY(transaction.get(id));
    TRY(check_expected(caller, order));
    if (order.state != EscrowOrderState::waiting) return Error{Failure::conflict, "escrow.not_waiting", "This order no longer waits; load it again."};
    return order;
}

/// The second pair of eyes is another person's.
Result<EscrowOrder> order_to_check(Transaction& transaction, const Caller& caller, const Id<EscrowOrder>& id) {
    EscrowOrder order = TRY(waiting_order(transaction, caller, id));
    if (order.made_by == caller.actor.person)
        return Error{Failure::forbidden, "escrow.own_order", "You asked for this payment yourself; another person must agree to it."};
    order.checked_by = caller.actor.person;
    order.checked_by_name = TRY(projects::person_name(transaction, caller));
    order.checked_at = caller.now;
    return order;
}

Result<Id<ledger::LedgerAsset>> asset_of(Transaction& transaction, const std::string& currency) {
    const auto asset = TRY(ledger::currency_asset(transaction, currency));
    if (!asset)
        return Error{Failure::conflict, "escrow.no_asset", "The ledger keeps no {currency}; an administrator enters it first.", {{"currency", currency}}};
    return asset->id;
}

Result<Done> open_escrow(ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, Contract& contract) {
    auto asset = TRY(asset_of(transaction, contract.amount.currency));
    ledger::LedgerAccount account{.id = caller.new_id<ledger::LedgerAccount>(),
        .title = {"监管账户 · " + contract.number, "Escrow · " + contract.number, "Эскроу · " + contract.number},
        .owner = Id<Organisation>(caller.actor.organisation),
        .purpose = ledger::AccountPurpose::escrow,
        .asset = std::move(asset),
        .rule = ledger::AccountRule::debits_must_not_exceed_credits,
        .balance_min = {},
        .balance_max = {},
        .created_at = caller.now,
        .updated_at = caller.now};
    TRY(turn.open_account(account));
    contract.escrow_account = account.id;
    return Done{};
}

/// The order's transfers, all or none of them.
Result<Done> post(ledger::Book::Turn& turn, const Caller& caller, const Contract& contract, const EscrowOrder& order) {
    const ledger::AccountNumber escrow = turn.account(contract.escrow_account->text);
    std::vector<ledger::Asked> batch;
    for (std::size_t i = 0; i < order.lines.size(); ++i) {
        const EscrowLine& line = order.lines[i];
        const ledger::AccountNumber other = turn.account(line.account.text);
        const auto amount = ledger::parse_decimal(amount_text(line.amount), turn.scale(escrow));
        if (!amount)
            return Error{Failure::conflict, "escrow.places", "The ledger keeps {currency} with fewer places than this amount has.",
                {{"currency", line.amount.currency}}};
        const bool in = order.kind == EscrowKind::fund;
        batch.push_back({.transfer = {.id = *ledger::parse_transfer_id(line.transfer),
                             .amount = static_cast<ledger::Amount>(*amount),
                             .debit = in ? other : escrow,
                             .credit = in ? escrow : other,
                             .linked = i + 1 < order.lines.size(),
                             .at = caller.now},
            .note = fmt::format("{} · {}{}", contract.number, name_of(order.kind), order.milestone ? fmt::format(" {}", *order.milestone) : "")});
    }
    for (const ledger::Posted& posted : TRY(turn.post(batch))) TRY(ledger::check_posted(posted));
    return Done{};
}

Result<Done> check_time(const Contract& contract, EscrowKind kind, Language language) {
    using State = ContractState;
    switch (kind) {
    case EscrowKind::fund: return check_state(contract, {State::signed_}, language);
    case EscrowKind::release: return check_state(contract, {State::in_force, State::settling}, language);
    case EscrowKind::refund: return check_state(contract, {State::winding_up, State::settling}, language);
    }
    return Done{};
}

Result<EscrowOrder> order_approve(ledger::Book& book, Transaction& transaction, const Caller& caller, const EscrowOrderKey& key) {
    EscrowOrder order = TRY(order_to_check(transaction, caller, key.id));
    Contract contract = TRY(transaction.get(order.contract));
    if (party_of(contract, caller.actor.organisation))
        return Error{Failure::forbidden, "escrow.party", "Your organisation is a party to this contract; somebody of the bank must agree."};
    TRY(check_time(contract, order.kind, caller.language));
    const Escrow escrow = escrow_of(contract);
    if (const EscrowFault fault = escrow_fault(escrow, order.kind, order.amount.minor); fault != EscrowFault::none) return fault_error(fault, contract, 0);
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        if (!contract.escrow_account) TRY(open_escrow(turn, transaction, caller, contract));
        TRY(post(turn, caller, contract, order));
    }
    const Escrow after = moved(escrow, order.kind, order.amount.minor);
    contract.funded.minor = after.funded;
    contract.released.minor = after.released;
    contract.refunded.minor = after.refunded;
    if (order.milestone)
        for (ContractMilestone& milestone : contract.milestones)
            if (milestone.number == *order.milestone) milestone.state = MilestoneState::released, milestone.released_at = caller.now;
    order.state = EscrowOrderState::posted;
    TRY(transaction.update(order));
    contract.updated_at = caller.now;
    TRY(go_on(transaction, caller, contract));
    return order;
}

Result<EscrowOrder> order_refuse(Transaction& transaction, const Caller& caller, const EscrowRefusal& refusal) {
    EscrowOrder order = TRY(order_to_check(transaction, caller, refusal.id));
    order.state = EscrowOrderState::refused;
    order.reason = refusal.reason;
    TRY(transaction.update(order));
    return order;
}

Result<EscrowOrder> order_withdraw(Transaction& transaction, const Caller& caller, const EscrowOrderKey& key) {
    const EscrowOrder stored = TRY(transaction.get(key.id));
    TRY(own_contract(transaction, caller, stored.contract));
    EscrowOrder order = TRY(waiting_order(transaction, caller, key.id));
    if (order.organisation != caller.actor.organisation) return Error{Failure::forbidden, "escrow.not_own_order", "Only who asked for a payment withdraws it."};
    order.state = EscrowOrderState::withdrawn;
    TRY(transaction.update(order));
    return order;
}

Result<Page<EscrowOrder>> order_list(Transaction& transaction, const Caller& caller, const ListOf<EscrowOrder>& list) {
    std::vector<Value> parameters;
    std::string where = seen_contracts(caller, parameters);
    if (!where.empty() && !caller.actor.may(ledger::approve_orders)) where = "contract IN (SELECT id FROM contract WHERE " + where + ")";
    else where.clear(), parameters.clear();
    return list_page<EscrowOrder>(transaction, caller, list, where, std::move(parameters));
}

Result<EscrowOrder> order_get(Transaction& transaction, const Caller& caller, const EscrowOrderKey& key) {
    EscrowOrder order = TRY(transaction.get(key.id));
    if (!caller.actor.may(ledger::approve_orders) && !own_contract(transaction, caller, order.contract))
        return not_found(record_of<EscrowOrder>(), key.id.text);
    return order;
}

Result<Reply<EscrowOrder>> escrow_fund(Transaction& transaction, const Caller& caller, const FundRequest& asked) {
    const Contract contract = TRY(own_contract(transaction, caller, asked.id));
    const auto party = party_of(contract, caller.actor.organisation);
    TRY(check_state(contract, {ContractState::signed_}, caller.language));
    if (!party || contract.parties[*party].role != PartyRole::client)
        return Error{Failure::forbidden, "escrow.not_client", "Only the client of a contract pays into its escrow."};
    const std::int64_t rest = contract.amount.minor - contract.funded.minor - TRY(waiting_sum(transaction, contract, true));
    if (asked.amount && asked.amount->currency != contract.amount.currency)
        return invalid(
            {{"amount", "contract.currency", "All amounts of a contract are in its currency, {currency}.", {{"currency", contract.amount.currency}}}});
    const Money amount = asked.amount.value_or(Money{rest, contract.amount.currency});
    EscrowOrder order = TRY(make_order(transaction, caller, contract, {EscrowKind::fund, {}, {{contract.parties[*party].organisation, amount}}}));
    return Reply<EscrowOrder>{.body = std::move(order), .status = 201};
}

} // namespace

std::vector<Endpoint> escrow_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"escrow_order_list", Method::get, "/escrow-orders", "Orders that move escrow: of one's own contracts, or all.", Mode::read, signed_in, call(order_list)},
        {"escrow_order_get", Method::get, "/escrow-orders/{id}", "One order.", Mode::read, signed_in, call(order_get)},
        {"escrow_fund", Method::post, "/contracts/{id}/fund", "Ask the bank to take the client's money into escrow.", Mode::write, sign_deals, call(escrow_fund)},
        {"escrow_order_approve", Method::post, "/escrow-orders/{id}/approve", "Agree to another person's order: the money moves, and the contract goes on.", Mode::write, ledger::approve_orders, call(book, order_approve)},
        {"escrow_order_refuse", Method::post, "/escrow-orders/{id}/refuse", "Refuse another person's order.", Mode::write, ledger::approve_orders, call(order_refuse)},
        {"escrow_order_withdraw", Method::post, "/escrow-orders/{id}/withdraw", "Withdraw an order of one's own organisation.", Mode::write, sign_deals, call(order_withdraw)},
        // clang-format on
    };
}

} // namespace greenbank::deals
