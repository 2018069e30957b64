// two_sided.cpp — what the holder's half is made of.
#include "match/engine/two_sided.h"

#include <algorithm>
#include <cmath>

#include "match/engine/judge.h"

namespace greenbank::match {

namespace {

/// The need's budget as a share of the least contract; nothing where they cannot be compared.
std::optional<double> contract_share(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    if (!candidate.contract_min || !wish.budget) return {};
    const auto least = in_major_units(*candidate.contract_min), budget = in_major_units(*wish.budget);
    const auto rate = exchange(wish.budget->currency, candidate.contract_min->currency, weights);
    if (!least || !budget || !rate || !(*least > 0)) return {};
    return *budget * *rate / *least;
}

std::size_t ways_in_common(const Candidate& candidate, const Wish& wish) {
    return static_cast<std::size_t>(std::count_if(candidate.cooperation.begin(), candidate.cooperation.end(),
        [&](int way) { return std::find(wish.cooperation.begin(), wish.cooperation.end(), way) != wish.cooperation.end(); }));
}

HolderRuleFinding judge(HolderRule rule, const Candidate& candidate, const Wish& wish, Date today, const Weights& weights) {
    const auto found = [&](bool passed, Outcome outcome) { return HolderRuleFinding{rule, passed, outcome}; };
    switch (rule) {
    case HolderRule::contract: {
        if (!candidate.contract_min) return found(true, Outcome::not_asked);
        if (!wish.budget) return found(true, Outcome::unknown);
        const auto share = contract_share(candidate, wish, weights);
        if (!share) return found(true, Outcome::not_comparable);
        const bool enough = *share >= 1 - 1e-9;
        return found(enough, enough ? Outcome::met : Outcome::failed);
    }
    case HolderRule::cooperation: {
        if (candidate.cooperation.empty() || wish.cooperation.empty()) return found(true, Outcome::not_asked);
        const bool some = ways_in_common(candidate, wish) > 0;
        return found(some, some ? Outcome::met : Outcome::failed);
    }
    case HolderRule::deadline: {
        if (!wish.deadline) return found(true, Outcome::not_asked);
        const bool open = *wish.deadline >= today;
        return found(open, open ? Outcome::met : Outcome::failed);
    }
    }
    return found(false, Outcome::failed);
}

Grade grade_place(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    if (candidate.origin == wish.country) return {Outcome::same, points_full};
    for (const Proof& proof : candidate.proofs)
        if (proof.kind == 0 && proof.country == wish.country) return {Outcome::by_case, weights.place_case};
    if (same_region(candidate.origin, wish.country, weights)) return {Outcome::by_region, std::max(weights.place_region, weights.holder_elsewhere)};
    return {Outcome::far, weights.holder_elsewhere};
}

Grade grade_size(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    if (!candidate.capacity_min && !candidate.capacity_max) return {Outcome::not_asked, points_full};
    if (!wish.capacity) return {Outcome::unknown, weights.holder_unknown};
    const RuleFinding found = judge(Rule::capacity, candidate, wish, weights);
    if (found.outcome == Outcome::not_comparable) return {found.outcome, weights.holder_unknown};
    return {found.outcome, found.passed ? points_full : 0};
}

Grade grade_contract(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    if (!candidate.contract_min) return {Outcome::not_asked, points_full};
    const auto share = contract_share(candidate, wish, weights);
    if (!share) return {wish.budget ? Outcome::not_comparable : Outcome::unknown, weights.holder_unknown};
    if (*share < 1 - 1e-9) return {Outcome::failed, 0};
    const double way = std::clamp(*share - 1, 0.0, 1.0); // 0 at the least contract, 1 at twice that
    return {Outcome::met, static_cast<std::int32_t>(std::floor(weights.holder_smallest + (points_full - weights.holder_smallest) * way))};
}

/// The more of the holder's own ways are welcome, the more freely the holder may choose.
Grade grade_cooperation(const Candidate& candidate, const Wish& wish) {
    if (candidate.cooperation.empty() || wish.cooperation.empty()) return {Outcome::not_asked, points_full};
    const std::size_t common = ways_in_common(candidate, wish);
    return {common == 0                              ? Outcome::failed
            : common == candidate.cooperation.size() ? Outcome::same
                                                     : Outcome::near,
        static_cast<std::int32_t>(std::int64_t{points_full} * static_cast<std::int64_t>(common) / static_cast<std::int64_t>(candidate.cooperation.size()))};
}

Grade grade_payment(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    const Cost cost = judge_cost(candidate, wish, weights);
    if (cost.outcome == Outcome::not_asked) return {Outcome::unknown, weights.holder_unknown}; // no budget is named
    if (cost.outcome == Outcome::unknown || cost.outcome == Outcome::not_comparable) return {cost.outcome, weights.holder_unknown};
    return {cost.outcome, cost_points(cost.share, weights)};
}

/// Of four things that make a need clear, how many it says: how large, for how much, what must be achieved, until when.
Grade grade_clarity(const Wish& wish) {
    const int said = (wish.capacity ? 1 : 0) + (wish.budget ? 1 : 0) + (wish.requirements.empty() ? 0 : 1) + (wish.deadline ? 1 : 0);
    return {said == 4 ? Outcome::met : Outcome::graded, points_full / 4 * said};
}

Grade grade(HolderCriterion criterion, const Candidate& candidate, const Wish& wish, const Weights& weights) {
    switch (criterion) {
    case HolderCriterion::place: return grade_place(candidate, wish, weights);
    case HolderCriterion::size: return grade_size(candidate, wish, weights);
    case HolderCriterion::contract: return grade_contract(candidate, wish, weights);
    case HolderCriterion::cooperation: return grade_cooperation(candidate, wish);
    case HolderCriterion::payment: return grade_payment(candidate, wish, weights);
    case HolderCriterion::clarity: return grade_clarity(wish);
    }
    return {Outcome::unknown, 0};
}

/// The most that a pair can have together when the need's half is this.
std::int32_t bound(std::int32_t need_score) { return mutual_score(need_score, points_full); }

} // namespace

HolderView holder_view(const Candidate& candidate, const Wish& wish, Date today, const Weights& weights) {
    HolderView view;
    for (std::size_t i = 0; i < holder_rule_count; ++i) {
        view.rules[i] = judge(static_cast<HolderRule>(i), candidate, wish, today, weights);
        view.excluded = view.excluded || !view.rules[i].passed;
    }
    for (std::size_t i = 0; i < holder_criterion_count; ++i) {
        const auto criterion = static_cast<HolderCriterion>(i);
        const Grade found = grade(criterion, candidate, wish, weights);
        view.criteria[i] = {criterion, found.outcome, weights.holder[i], found.points, contribution(weights.holder[i], found.points)};
        view.score += view.criteria[i].contribution;
    }
    return view;
}

std::int32_t mutual_score(std::int32_t need_score, std::int32_t holder_score) {
    const std::int64_t sum = std::int64_t{need_score} + holder_score;
    return sum <= 0 ? 0 : static_cast<std::int32_t>(2 * std::int64_t{need_score} * holder_score / sum);
}

MutualRanking rank_mutually(
    std::span<const Ranked> ranking, std::span<const Candidate* const> candidates, const Wish& wish, Date today, const Weights& weights, std::size_t top) {
    MutualRanking made;
    const auto better = [](const MutualRanked& a, const MutualRanked& b) { return a.score > b.score; };
    for (const Ranked& one : ranking) {
        if (made.best.size() == top && (top == 0 || bound(one.score) <= made.best.back().score)) break;
        const HolderView view = holder_view(*candidates[one.candidate], wish, today, weights);
        if (view.excluded) {
            made.refused.push_back(one);
            continue;
        }
        const MutualRanked mutual{one.candidate, one.score, view.score, mutual_score(one.score, view.score)};
        made.best.insert(std::upper_bound(made.best.begin(), made.best.end(), mutual, better), mutual);
        if (made.best.size() > top) made.best.pop_back();
    }
    return made;
}

} // namespace greenbank::match
