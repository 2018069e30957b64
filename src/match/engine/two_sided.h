// two_sided.h — the holder's half of a match, and both halves together. A need chooses among technologies; a holder chooses among
// needs too: where, how large, for how much, in which way. Both halves are graded alone and explained alone; together they are the
// harmonic mean, which no side can lift alone: a pair that one side hardly wants stays low, however much the other does.
#pragma once

#include <span>

#include "match/engine/match.h"

namespace greenbank::match {

struct HolderRuleFinding {
    HolderRule rule = HolderRule::contract;
    bool passed = true;
    Outcome outcome = Outcome::not_asked;
};

struct HolderCriterionFinding {
    HolderCriterion criterion = HolderCriterion::place;
    Outcome outcome = Outcome::graded;
    std::int32_t weight = 0, points = 0, contribution = 0;
};

struct HolderView {
    std::array<HolderRuleFinding, holder_rule_count> rules;
    std::array<HolderCriterionFinding, holder_criterion_count> criteria;
    std::int32_t score = 0; // the sum of the contributions
    bool excluded = false;
};

/// How the holder of `candidate` sees `wish` on that day.
HolderView holder_view(const Candidate& candidate, const Wish& wish, Date today, const Weights& weights);

/// 2ab / (a + b), rounded down; nothing where both are nothing.
std::int32_t mutual_score(std::int32_t need_score, std::int32_t holder_score);

struct MutualRanked {
    std::size_t candidate = 0;
    std::int32_t need_score = 0, holder_score = 0, score = 0;
    bool operator==(const MutualRanked&) const = default;
};

struct MutualRanking {
    std::vector<Ranked> refused;    // by the holder's rules, as far as was looked: in the order of the need's ranking
    std::vector<MutualRanked> best; // higher mutual score first; a tie keeps the order of the need's ranking
};

/// The `top` best of a whole ranking of the need's side (all that pass, best first). It stops where no lower score of the need's
/// side could enter any more.
MutualRanking rank_mutually(
    std::span<const Ranked> ranking, std::span<const Candidate* const> candidates, const Wish& wish, Date today, const Weights& weights, std::size_t top);

} // namespace greenbank::match
