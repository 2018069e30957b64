// contract_moves.cpp — the table, and what its guards ask.
#include "deals/engine/contract_moves.h"

namespace greenbank::deals {

namespace {

using State = ContractState;
using Verb = ContractVerb;
using Part = ContractPart;
using Guard = ContractGuard;

/// Kinds through which money goes; a memorandum binds nobody to pay, and so has neither escrow nor dispute.
constexpr unsigned paid_kinds = ~bit_of(ContractKind::memorandum);
constexpr unsigned memorandum = bit_of(ContractKind::memorandum);
/// A licence or a venture also ends because its term does.
constexpr unsigned for_a_term = bit_of(ContractKind::licence) | bit_of(ContractKind::joint_venture) | memorandum;

constexpr ContractMove table[] = {
    // the text
    {State::drafted, Verb::submit, Part::party, State::under_review, Guard::text_complete, true},
    {State::drafted, Verb::withdraw, Part::party, State::withdrawn},
    {State::under_review, Verb::agree, Part::party, State::under_review, Guard::others_to_agree, true},
    {State::under_review, Verb::agree, Part::party, State::agreed, Guard::last_to_agree, true},
    {State::under_review, Verb::change, Part::party, State::drafted},
    {State::under_review, Verb::withdraw, Part::party, State::withdrawn},
    {State::agreed, Verb::sign, Part::party, State::partly_signed, Guard::others_to_sign, true},
    {State::agreed, Verb::reopen, Part::party, State::drafted, Guard::nobody_signed},
    {State::agreed, Verb::withdraw, Part::party, State::withdrawn},
    {State::partly_signed, Verb::sign, Part::party, State::partly_signed, Guard::others_to_sign, true},
    {State::partly_signed, Verb::sign, Part::party, State::signed_, Guard::last_to_sign, true},
    {State::partly_signed, Verb::refuse, Part::party, State::withdrawn},
    // into force: with the money in escrow, by the order that brings it
    {State::signed_, Verb::start, Part::bank, State::in_force, Guard::funded, false, paid_kinds},
    {State::signed_, Verb::start, Part::payer, State::in_force, Guard::unpaid, true},
    {State::signed_, Verb::start, Part::party, State::in_force, Guard::unpaid, false, memorandum},
    {State::signed_, Verb::give_notice, Part::party, State::ending, Guard::no_order_waiting},
    // its usual end
    {State::in_force, Verb::complete, Part::payer, State::completed, Guard::all_done, true, paid_kinds},
    {State::in_force, Verb::complete, Part::party, State::completed, Guard::all_done, true, memorandum},
    {State::in_force, Verb::expire, Part::party, State::completed, Guard::term_over, false, for_a_term},
    // notice
    {State::in_force, Verb::give_notice, Part::party, State::ending, Guard::no_order_waiting},
    {State::ending, Verb::consent, Part::counterpart, State::terminated, Guard::escrow_empty, true},
    {State::ending, Verb::consent, Part::counterpart, State::winding_up, Guard::escrow_left, true, paid_kinds},
    {State::ending, Verb::object, Part::counterpart, State::in_dispute, Guard::no_order_waiting, false, paid_kinds},
    {State::ending, Verb::take_back, Part::initiator, State::in_force, Guard::started},
    {State::ending, Verb::take_back, Part::initiator, State::signed_},
    {State::winding_up, Verb::pay_out, Part::bank, State::terminated, Guard::escrow_empty, true, paid_kinds},
    // dispute
    {State::in_force, Verb::dispute, Part::party, State::in_dispute, Guard::no_order_waiting, false, paid_kinds},
    {State::in_dispute, Verb::settle, Part::bank, State::settled, Guard::escrow_empty, true, paid_kinds},
    {State::in_dispute, Verb::settle, Part::bank, State::settling, Guard::escrow_left, true, paid_kinds},
    {State::in_dispute, Verb::resume, Part::initiator, State::in_force, Guard::started, false, paid_kinds},
    {State::in_dispute, Verb::resume, Part::initiator, State::signed_, Guard::none, false, paid_kinds},
    {State::settling, Verb::pay_out, Part::bank, State::settled, Guard::escrow_empty, true, paid_kinds},
};

bool is_last(const std::vector<bool>& said, const std::optional<std::size_t>& actor) {
    if (!actor || *actor >= said.size() || said[*actor]) return false;
    for (std::size_t party = 0; party < said.size(); ++party)
        if (party != *actor && !said[party]) return false;
    return true;
}
bool is_first_word(const std::vector<bool>& said, const std::optional<std::size_t>& actor) { return actor && *actor < said.size() && !said[*actor]; }

} // namespace

std::span<const ContractMove> contract_moves() { return table; }

bool holds(const ContractFacts& facts, ContractPart part) {
    switch (part) {
    case Part::bank: return facts.of_the_bank;
    case Part::party: return facts.actor.has_value();
    case Part::payer: return facts.actor && *facts.actor < facts.pays.size() && facts.pays[*facts.actor];
    case Part::initiator: return facts.actor && facts.actor == facts.initiator;
    case Part::counterpart: return facts.actor && facts.actor != facts.initiator;
    }
    return false;
}

bool is_met(const ContractFacts& facts, ContractGuard guard) {
    const bool quiet = facts.orders_waiting == 0;
    switch (guard) {
    case Guard::none: return true;
    case Guard::text_complete: return facts.text_complete;
    case Guard::others_to_agree: return is_first_word(facts.agreed, facts.actor) && !is_last(facts.agreed, facts.actor);
    case Guard::last_to_agree: return is_last(facts.agreed, facts.actor);
    case Guard::nobody_signed: return std::find(facts.signed_.begin(), facts.signed_.end(), true) == facts.signed_.end();
    case Guard::others_to_sign: return is_first_word(facts.signed_, facts.actor) && !is_last(facts.signed_, facts.actor);
    case Guard::last_to_sign: return is_last(facts.signed_, facts.actor);
    case Guard::unpaid: return facts.escrow.amount == 0;
    case Guard::funded: return facts.escrow.amount > 0 && facts.escrow.funded == facts.escrow.amount;
    case Guard::all_done: return quiet && facts.milestones_unpaid == 0 && facts.obligations_open == 0 && facts.escrow.left() == 0;
    case Guard::term_over: return quiet && facts.term_over && facts.escrow.left() == 0;
    case Guard::escrow_empty: return quiet && facts.escrow.left() == 0;
    case Guard::escrow_left: return quiet && facts.escrow.left() > 0;
    case Guard::no_order_waiting: return quiet;
    case Guard::started: return facts.started;
    }
    return false;
}

Judged<ContractMove> judge_contract(const ContractFacts& facts, ContractVerb verb) {
    return judge(
        contract_moves(), facts.state, bit_of(facts.kind), verb, [&](ContractPart part) { return holds(facts, part); },
        [&](ContractGuard guard) { return is_met(facts, guard); });
}

std::vector<ContractVerb> contract_verbs(const ContractFacts& facts) {
    std::vector<ContractVerb> verbs;
    for (const auto& [verb, part] : moves_from(contract_moves(), facts.state, bit_of(facts.kind)))
        if (judge_contract(facts, verb).row && std::find(verbs.begin(), verbs.end(), verb) == verbs.end()) verbs.push_back(verb);
    return verbs;
}

} // namespace greenbank::deals
