// interest_moves.h — the life of an expression of interest: sent → with an adviser → forwarded → accepted or declined. Pure.
#pragma once

#include "deals/engine/moves.h"
#include "kernel/record.h"

namespace greenbank::deals {

enum class InterestState { sent, with_adviser, returned, forwarded, accepted, declined, withdrawn };
enum class InterestVerb { take, forward, return_, amend, accept, decline, withdraw };
/// party: who is interested; owner: whose entry it is; adviser: the officer who took it on; bank: any officer.
enum class InterestPart { party, owner, adviser, bank };
enum class InterestGuard { none };

using InterestMove = Move<InterestState, InterestVerb, InterestPart, InterestGuard>;
std::span<const InterestMove> interest_moves();

/// Before this the owner knows country, kind and size of who is interested, and no name; nor does that one learn a hidden owner's.
constexpr bool names_are_open(InterestState state) { return state == InterestState::accepted; }
/// From here on the owner sees it at all.
constexpr bool reached_owner(InterestState state) {
    return state == InterestState::forwarded || state == InterestState::accepted || state == InterestState::declined;
}

} // namespace greenbank::deals

namespace greenbank {
template <> struct Choices<deals::InterestState> {
    static constexpr std::string_view name = "interest_state";
    static constexpr std::string_view values[] = {"sent", "with_adviser", "returned", "forwarded", "accepted", "declined", "withdrawn"};
};
template <> struct Choices<deals::InterestVerb> {
    static constexpr std::string_view name = "interest_verb";
    static constexpr std::string_view values[] = {"take", "forward", "return", "amend", "accept", "decline", "withdraw"};
};
template <> struct Choices<deals::InterestPart> {
    static constexpr std::string_view name = "interest_part";
    static constexpr std::string_view values[] = {"party", "owner", "adviser", "bank"};
};
} // namespace greenbank
