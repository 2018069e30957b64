// criteria.cpp — grades between 0 and full points.
#include <algorithm>
#include <cmath>

#include "kernel/text.h"
#include "match/engine/judge.h"

namespace greenbank::match {

bool contains(const std::vector<std::string>& list, std::string_view code) { return std::find(list.begin(), list.end(), code) != list.end(); }

// ---- cost --------------------------------------------------------------------------------------------------------

std::optional<double> in_major_units(const Money& money) {
    const auto decimals = decimals_of(money.currency);
    if (!decimals || money.minor < 0) return {};
    return static_cast<double>(money.minor) / std::pow(10.0, *decimals);
}

std::optional<double> exchange(const std::string& from, const std::string& to, const Weights& weights) {
    if (from == to) return 1.0;
    const auto worth_from = weights.rates.find(from), worth_to = weights.rates.find(to);
    if (worth_from == weights.rates.end() || worth_to == weights.rates.end()) return {};
    return worth_from->second / worth_to->second;
}

std::int32_t cost_points(double share, const Weights& weights) {
    const double full = weights.cost_share_full / double{points_full};
    if (share <= full) return points_full;
    const double way = std::min(1.0, (share - full) / (1 - full)); // 0 at `full`, 1 at the whole budget
    return static_cast<std::int32_t>(std::floor(points_full - (points_full - weights.cost_at_budget) * way));
}

Cost judge_cost(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    if (!wish.budget) return {Outcome::not_asked};
    if (!candidate.capital_cost) return {Outcome::unknown};
    const auto cost = in_major_units(*candidate.capital_cost), budget = in_major_units(*wish.budget);
    const auto per = to_base(1, candidate.capital_cost_per);
    const auto capacity = wish.capacity ? to_base(wish.capacity->value, wish.capacity->unit) : std::nullopt;
    const auto rate = exchange(candidate.capital_cost->currency, wish.budget->currency, weights);
    if (!cost || !budget || !(*budget > 0) || !per || !capacity || !(capacity->value > 0) || !rate || per->unit.dimension != capacity->unit.dimension)
        return {Outcome::not_comparable};
    const double share = budget_share(*cost / per->unit.factor, capacity->value, *rate, *budget);
    if (!std::isfinite(share)) return {Outcome::not_comparable};
    return {within_budget(share) ? Outcome::met : Outcome::failed, share, share * *budget, candidate.capital_cost->currency != wish.budget->currency};
}

// ---- classes, readiness, evidence, place ---------------------------------------------------------------------------

std::int32_t class_points(std::string_view wished, std::string_view offered, const Weights& weights) {
    const auto asked = split(wished, '.'), given = split(offered, '.');
    std::size_t shared = 0;
    while (shared < asked.size() && shared < given.size() && asked[shared] == given[shared]) ++shared;
    if (shared == asked.size()) return points_full;
    return weights.classes[std::min(shared, weights.classes.size() - 1)];
}

std::int32_t grade_of(const Level& level, const Weights& weights) {
    if (level.scale < 0 || level.scale >= scale_count || level.level < 1) return 0;
    const auto& grades = weights.readiness[static_cast<std::size_t>(level.scale)];
    if (grades.empty()) return 0;
    return grades[std::min(static_cast<std::size_t>(level.level), grades.size()) - 1];
}

std::int32_t readiness_points(std::int32_t grade) { return static_cast<std::int32_t>(std::int64_t{std::clamp(grade, 100, 900) - 100} * points_full / 800); }

std::int32_t evidence_points(std::span<const Proof> proofs, const Weights& weights) {
    std::int64_t sum = 0;
    for (const Proof& proof : proofs)
        if (proof.kind >= 0 && proof.kind < proof_kinds) sum += weights.evidence[static_cast<std::size_t>(proof.kind)];
    return static_cast<std::int32_t>(std::min<std::int64_t>(sum, points_full));
}

bool same_region(std::string_view a, std::string_view b, const Weights& weights) {
    return std::any_of(weights.regions.begin(), weights.regions.end(), [&](const auto& region) { return contains(region, a) && contains(region, b); });
}

std::int32_t place_points(std::string_view wished, std::string_view country, bool is_case, const Weights& weights) {
    if (wished == country) return is_case ? weights.place_case : points_full;
    return same_region(wished, country, weights) ? weights.place_region : weights.place_far;
}

// ---- text ----------------------------------------------------------------------------------------------------------

std::vector<ConceptWeight> sorted(std::vector<ConceptWeight> concepts) {
    for (ConceptWeight& one : concepts) one.weight = std::min(one.weight, concept_weight_full);
    std::sort(concepts.begin(), concepts.end(), [](const ConceptWeight& a, const ConceptWeight& b) {
        return a.concept_index != b.concept_index ? a.concept_index < b.concept_index : a.weight > b.weight;
    });
    concepts.erase(
        std::unique(concepts.begin(), concepts.end(), [](const ConceptWeight& a, const ConceptWeight& b) { return a.concept_index == b.concept_index; }),
        concepts.end());
    return concepts;
}

std::uint64_t text_sum_full(std::span<const ConceptWeight> wished, const Weights& weights) {
    std::uint64_t sum = 0;
    for (const ConceptWeight& one : wished) sum += one.weight;
    return sum * concept_weight_full * static_cast<std::uint64_t>(weights.text_share_full) / points_full;
}

std::int32_t text_points(std::uint64_t sum, std::uint64_t sum_full) {
    return sum >= sum_full ? points_full : static_cast<std::int32_t>(sum * points_full / sum_full);
}

// ---- one criterion -------------------------------------------------------------------------------------------------

Grade grade_text(const std::vector<ConceptWeight>& wish, const std::vector<ConceptWeight>& offer, const Weights& weights) {
    const auto wished = sorted(wish), offered = sorted(offer);
    const std::uint64_t full = text_sum_full(wished, weights);
    if (full == 0) return {Outcome::not_asked, weights.text_not_recognised};
    std::uint64_t sum = 0;
    for (const ConceptWeight& asked : wished)
        for (const ConceptWeight& given : offered)
            if (asked.concept_index == given.concept_index) sum += std::uint64_t{asked.weight} * given.weight;
    return {sum ? Outcome::graded : Outcome::far, text_points(sum, full)};
}

namespace {

Grade grade_classes(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    if (wish.classes.empty()) return {Outcome::not_asked, points_full};
    if (candidate.classes.empty()) return {Outcome::unknown, weights.classes[0]};
    std::int32_t points = 0;
    for (const std::string& asked : wish.classes)
        for (const std::string& given : candidate.classes) points = std::max(points, class_points(asked, given, weights));
    return {points == points_full ? Outcome::same : points > weights.classes[0] ? Outcome::near : Outcome::far, points};
}

Grade grade_performance(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    if (wish.requirements.empty()) return {Outcome::not_asked, points_full};
    std::int64_t sum = 0;
    for (const Requirement& requirement : wish.requirements) sum += judge(requirement, candidate.promises, weights).points;
    return {Outcome::graded, static_cast<std::int32_t>(sum / static_cast<std::int64_t>(wish.requirements.size()))};
}

Grade grade_cost(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    const Cost cost = judge_cost(candidate, wish, weights);
    if (cost.outcome == Outcome::not_asked) return {cost.outcome, points_full};
    if (cost.outcome == Outcome::unknown || cost.outcome == Outcome::not_comparable) return {cost.outcome, weights.cost_unknown};
    return {cost.outcome, cost_points(cost.share, weights)};
}

Grade grade_place(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    std::int32_t points = place_points(wish.country, candidate.origin, false, weights);
    for (const Proof& proof : candidate.proofs)
        if (proof.kind == 0) points = std::max(points, place_points(wish.country, proof.country, true, weights));
    if (points == points_full) return {Outcome::same, points};
    return {points >= weights.place_case ? Outcome::by_case : points >= weights.place_region ? Outcome::by_region : Outcome::far, points};
}

Grade grade(Criterion criterion, const Candidate& candidate, const Wish& wish, const Weights& weights) {
    switch (criterion) {
    case Criterion::text: return grade_text(wish.concepts, candidate.concepts, weights);
    case Criterion::classes: return grade_classes(candidate, wish, weights);
    case Criterion::performance: return grade_performance(candidate, wish, weights);
    case Criterion::cost: return grade_cost(candidate, wish, weights);
    case Criterion::readiness: return {Outcome::graded, readiness_points(grade_of(candidate.readiness, weights))};
    case Criterion::evidence: return {candidate.proofs.empty() ? Outcome::unknown : Outcome::graded, evidence_points(candidate.proofs, weights)};
    case Criterion::place: return grade_place(candidate, wish, weights);
    }
    return {Outcome::unknown, 0};
}

} // namespace

CriterionFinding judge(Criterion criterion, const Candidate& candidate, const Wish& wish, const Weights& weights) {
    const Grade found = grade(criterion, candidate, wish, weights);
    const std::int32_t weight = weights.weight[static_cast<std::size_t>(criterion)];
    return {criterion, found.outcome, weight, found.points, contribution(weight, found.points)};
}

Explanation explain(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    Explanation explanation;
    for (std::size_t i = 0; i < rule_count; ++i) {
        explanation.rules[i] = judge(static_cast<Rule>(i), candidate, wish, weights);
        explanation.excluded = explanation.excluded || !explanation.rules[i].passed;
    }
    for (std::size_t i = 0; i < criterion_count; ++i) {
        explanation.criteria[i] = judge(static_cast<Criterion>(i), candidate, wish, weights);
        explanation.score += explanation.criteria[i].contribution;
    }
    return explanation;
}

} // namespace greenbank::match
