// views.cpp — putting together what a page of a contract shows.
#include "deals/contracts/views.h"

#include "ledger/account_views.h"

namespace greenbank::deals {

Record describe(const EscrowView*) {
    return {"escrow_view", "The money of a contract.",
        {field<&EscrowView::account>("account", "The account that holds it."), field<&EscrowView::amount>("amount", "All that is to be paid."),
            field<&EscrowView::funded>("funded", "Paid in."), field<&EscrowView::released>("released", "Paid out to suppliers."),
            field<&EscrowView::refunded>("refunded", "Paid back."), field<&EscrowView::left>("left", "Held now."),
            field<&EscrowView::ledger_balance>("ledger_balance", "Held now, by the ledger."),
            field<&EscrowView::frozen>("frozen", "Nothing is paid out while a dispute is open.")}};
}

Record describe(const ContractView*) {
    return {"contract_view", "A contract, its money, and what the caller may do.",
        {
            field<&ContractView::contract>("contract", "The contract."),
            field<&ContractView::actions>("actions", "What the caller may do now."),
            field<&ContractView::next>("next", "The step that is expected next."),
            field<&ContractView::next_by>("next_by", "By whom; empty: by the bank."),
            field<&ContractView::is_party>("is_party", "The caller acts for a party."),
            field<&ContractView::pays>("pays", "That party pays."),
            field<&ContractView::supplies>("supplies", "That party is paid."),
            field<&ContractView::of_the_bank>("of_the_bank", "The caller advises for the bank."),
            field<&ContractView::escrow>("escrow", "The money."),
            field<&ContractView::orders>("orders", "Orders of escrow, newest first.", {.max = 500}),
            field<&ContractView::missing>("missing", "Places of clauses that are not filled."),
            field<&ContractView::deal_title>("deal_title", "What the deal is called."),
        }};
}

Right right_of(ContractVerb verb) {
    switch (verb) {
    case ContractVerb::submit:
    case ContractVerb::change:
    case ContractVerb::reopen:
    case ContractVerb::withdraw: return write_deals;
    case ContractVerb::settle: return advise_deals;
    default: return sign_deals;
    }
}

namespace {

/// Whose turn it is, name by name: of those that agree or sign only who has not yet.
std::vector<Id<Organisation>> awaited(const Contract& contract, ContractVerb verb, ContractPart part) {
    std::vector<Id<Organisation>> all;
    const std::vector<bool> pays = payers_of(contract);
    for (std::size_t i = 0; i < contract.parties.size(); ++i) {
        const ContractParty& party = contract.parties[i];
        const bool initiator = contract.initiator && *contract.initiator == party.organisation;
        if (part == ContractPart::bank || (part == ContractPart::payer && !pays[i])) continue;
        if ((part == ContractPart::initiator && !initiator) || (part == ContractPart::counterpart && initiator)) continue;
        if ((verb == ContractVerb::agree && party.agreed) || (verb == ContractVerb::sign && party.signed_at)) continue;
        all.push_back(party.organisation);
    }
    return all;
}

Result<EscrowView> escrow_view(Transaction& transaction, const Contract& contract) {
    const std::string& currency = contract.amount.currency;
    EscrowView view{.account = contract.escrow_account,
        .amount = contract.amount,
        .funded = {contract.funded.minor, currency},
        .released = {contract.released.minor, currency},
        .refunded = {contract.refunded.minor, currency},
        .left = {escrow_of(contract).left(), currency},
        .ledger_balance = {}};
    if (!contract.escrow_account) return view;
    auto account = TRY(transaction.find_one<ledger::AccountView>("id = $1", {contract.escrow_account->text}));
    if (!account) return view;
    TRY(ledger::fill_balances(*account));
    view.ledger_balance = parse_money(account->balance, currency);
    view.frozen = account->state == ledger::AccountStanding::debits_frozen || account->state == ledger::AccountStanding::frozen;
    return view;
}

} // namespace

Result<ContractView> view_of(Transaction& transaction, const Caller& caller, Contract contract) {
    const ContractFacts facts = TRY(facts_of(transaction, caller, contract));
    ContractView view{.is_party = facts.actor.has_value(), .of_the_bank = facts.of_the_bank};
    for (const ContractVerb verb : contract_verbs(facts))
        // Money alone brings a paid contract into force, and lets a wound-up one end.
        if (caller.actor.may(right_of(verb)) && verb != ContractVerb::pay_out && !(verb == ContractVerb::start && facts.escrow.amount > 0))
            view.actions.push_back(verb);
    if (contract.state == ContractState::signed_ && facts.escrow.amount > 0) {
        view.next = ContractVerb::start;
        view.next_by = awaited(contract, ContractVerb::start, ContractPart::payer);
        if (facts.orders_waiting > 0) view.next_by.clear();
    } else if (const auto next = expected_move(contract_moves(), contract.state, bit_of(contract.kind))) {
        view.next = next->first;
        view.next_by = awaited(contract, next->first, next->second);
    }
    view.pays = holds(facts, ContractPart::payer);
    view.supplies = facts.actor && contract.parties[*facts.actor].role == PartyRole::supplier;
    view.escrow = TRY(escrow_view(transaction, contract));
    view.orders = TRY(transaction.find<EscrowOrder>("contract = $1 ORDER BY made_at DESC, id DESC LIMIT 500", {contract.id.text}));
    if (contract.state == ContractState::drafted)
        for (const Problem& problem : TRY(text_problems(transaction, contract, caller.language)))
            for (const Parameter& parameter : problem.parameters)
                if (parameter.name == "place") view.missing.push_back(parameter.value);
    if (contract.deal)
        if (const auto deal = TRY(transaction.find_one<Deal>("id = $1", {contract.deal->text}))) view.deal_title = deal->title;
    view.contract = std::move(contract);
    return view;
}

} // namespace greenbank::deals
