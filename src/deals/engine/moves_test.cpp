// moves_test.cpp — no sequence of verbs, however wild, reaches what the table does not allow.
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "deals/engine/contract_moves.h"
#include "deals/engine/interest_moves.h"
#include "kernel/random.h"

namespace greenbank::deals {

namespace {

using State = ContractState;
using Verb = ContractVerb;

constexpr std::size_t verb_count = std::size(Choices<Verb>::values), state_count = std::size(Choices<State>::values);

/// A contract as operations keep it: facts, and what the verbs do to them.
struct Kept {
    ContractFacts facts;
    std::vector<std::string> told;

    explicit Kept(Random& random) {
        facts.kind = static_cast<ContractKind>(random.below(std::size(Choices<ContractKind>::values)));
        const std::size_t parties = 2 + random.below(2);
        facts.agreed.assign(parties, false);
        facts.signed_.assign(parties, false);
        facts.pays.assign(parties, false);
        facts.pays[0] = true;
        facts.text_complete = random.chance(0.8);
        if (facts.kind != ContractKind::memorandum && random.chance(0.8)) facts.escrow.amount = random.between(1, 1000);
        facts.milestones_unpaid = facts.escrow.amount > 0 ? random.between(1, 3) : 0;
    }
    void as_party(std::size_t party) { facts.actor = party, facts.of_the_bank = false; }
    void as_bank() { facts.actor.reset(), facts.of_the_bank = true; }

    Judged<ContractMove> take(Verb verb) {
        const auto judged = judge_contract(facts, verb);
        if (!judged.row) return judged;
        if (verb == Verb::agree) facts.agreed[*facts.actor] = true;
        if (verb == Verb::sign) facts.signed_[*facts.actor] = true;
        if (verb == Verb::give_notice || verb == Verb::dispute || verb == Verb::object) facts.initiator = facts.actor;
        facts.state = judged.row->to;
        if (facts.state == State::drafted) facts.agreed.assign(facts.agreed.size(), false);
        if (facts.state == State::in_force) facts.started = true;
        return judged;
    }
    /// Escrow as two pairs of eyes move it: only where the state allows, never above what is there.
    void move_money(Random& random) {
        const EscrowKind kind = static_cast<EscrowKind>(random.below(3));
        const bool allowed = kind == EscrowKind::fund      ? facts.state == State::signed_
                             : kind == EscrowKind::release ? facts.state == State::in_force || facts.state == State::settling
                                                           : facts.state == State::winding_up || facts.state == State::settling;
        const std::int64_t amount =
            random.chance(0.5) ? (kind == EscrowKind::fund ? facts.escrow.amount - facts.escrow.funded : facts.escrow.left()) : random.between(-5, 1500);
        if (!allowed || escrow_fault(facts.escrow, kind, amount) != EscrowFault::none) return;
        facts.escrow = moved(facts.escrow, kind, amount);
        if (facts.escrow.left() == 0 && kind == EscrowKind::release) facts.milestones_unpaid = 0;
    }
};

} // namespace

TEST_CASE("no sequence of verbs reaches a signed contract without every signature, nor leaves an end") {
    std::map<State, int> reached;
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Kept contract(random);
        for (int step = 0; step < 200; ++step) {
            if (random.chance(0.25)) contract.as_bank();
            else contract.as_party(random.below(contract.facts.signed_.size()));
            contract.facts.obligations_open = random.chance(0.2);
            contract.facts.term_over = random.chance(0.1);
            const State before = contract.facts.state;
            // A verb at random, or one of those that are offered, seldom one that leads back or out, so that the far ends are reached too.
            const auto offered = contract_verbs(contract.facts);
            Verb verb = !offered.empty() && random.chance(0.8) ? offered[random.below(offered.size())] : static_cast<Verb>(random.below(verb_count));
            if ((verb == Verb::withdraw || verb == Verb::refuse || verb == Verb::change || verb == Verb::reopen) && random.chance(0.9)) verb = Verb::sign;
            const bool is_offered = std::find(offered.begin(), offered.end(), verb) != offered.end();
            const auto judged = contract.take(verb);
            CHECK((judged.row != nullptr) == is_offered);
            CHECK((judged.row == nullptr) == (judged.fault != MoveFault::none));
            if (is_terminal(before)) CHECK(judged.row == nullptr);
            const ContractFacts& facts = contract.facts;
            if (is_signed(facts.state)) CHECK(std::find(facts.signed_.begin(), facts.signed_.end(), false) == facts.signed_.end());
            if (facts.state == State::signed_ || is_signed(facts.state))
                CHECK(std::find(facts.agreed.begin(), facts.agreed.end(), false) == facts.agreed.end());
            if (facts.state == State::in_force && facts.escrow.amount > 0) CHECK(facts.escrow.funded == facts.escrow.amount);
            if (is_terminal(facts.state)) CHECK(facts.escrow.left() == 0);
            if (random.chance(0.5)) contract.move_money(random);
            const Escrow& escrow = contract.facts.escrow;
            CHECK(escrow.left() >= 0);
            CHECK(escrow.funded <= escrow.amount);
            ++reached[contract.facts.state];
        }
    }
    for (std::size_t state = 0; state < state_count; ++state) // the walks came everywhere
        CHECK_MESSAGE(reached[static_cast<State>(state)] > 0, Choices<State>::values[state], " was never reached");
}

TEST_CASE("each state is reached from a draft, and from each that is no end some end is reached") {
    for (unsigned kind = 0; kind < std::size(Choices<ContractKind>::values); ++kind) {
        const auto table = contract_moves();
        const auto from = [&](State start) {
            std::set<State> seen{start};
            for (bool more = true; more;) {
                more = false;
                for (const ContractMove& row : table)
                    if ((row.kinds & 1U << kind) && seen.contains(row.from)) more |= seen.insert(row.to).second;
            }
            return seen;
        };
        const std::set<State> all = from(State::drafted);
        const bool paid = static_cast<ContractKind>(kind) != ContractKind::memorandum;
        CHECK(all.size() == (paid ? state_count : state_count - 4)); // a memorandum has no winding up, dispute, settling, settlement
        for (const State state : all) {
            const std::set<State> ends = from(state);
            CHECK(std::any_of(ends.begin(), ends.end(), is_terminal));
            CHECK(moves_from(table, state, 1U << kind).empty() == is_terminal(state));
        }
    }
}

TEST_CASE("what is refused says why: the state, the part, or what is missing") {
    ContractFacts facts{.kind = ContractKind::engineering,
        .state = State::agreed,
        .agreed = {true, true},
        .signed_ = {false, false},
        .actor = 0,
        .initiator = {},
        .pays = {true, false}};
    CHECK(judge_contract(facts, Verb::submit).fault == MoveFault::state);
    facts.of_the_bank = true;
    facts.actor.reset();
    CHECK(judge_contract(facts, Verb::sign).fault == MoveFault::part);
    facts.of_the_bank = false;
    facts.actor = 1;
    facts.state = State::partly_signed;
    facts.signed_ = {false, true};
    CHECK(judge_contract(facts, Verb::sign).fault == MoveFault::guard);
    facts.actor = 0;
    CHECK(judge_contract(facts, Verb::sign).row->to == State::signed_);
    facts.state = State::drafted;
    CHECK(judge_contract(facts, Verb::submit).missing == ContractGuard::text_complete);
}

TEST_CASE("an interest names nobody before its owner has said yes") {
    // Whatever is done, `accepted` comes only by the owner's own verb out of `forwarded`.
    for (const InterestMove& move : interest_moves()) {
        if (names_are_open(move.to)) CHECK((move.from == InterestState::forwarded && move.verb == InterestVerb::accept && move.part == InterestPart::owner));
        if (move.part == InterestPart::owner) CHECK(reached_owner(move.from));
    }
    CHECK(moves_from(interest_moves(), InterestState::accepted, 1).empty());
    CHECK(moves_from(interest_moves(), InterestState::declined, 1).empty());
}

} // namespace greenbank::deals
