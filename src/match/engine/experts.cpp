// experts.cpp — rules and grades of one expert.
#include "match/engine/experts.h"

#include <algorithm>

#include "match/engine/judge.h"

namespace greenbank::match {

namespace {

std::size_t languages_in_common(const ExpertCandidate& expert, const ExpertWish& wish) {
    return static_cast<std::size_t>(
        std::count_if(wish.languages.begin(), wish.languages.end(), [&](const std::string& one) { return contains(expert.languages, one); }));
}

ExpertRuleFinding judge(ExpertRule rule, const ExpertCandidate& expert, const ExpertWish& wish) {
    const auto decided = [&](bool met) { return ExpertRuleFinding{rule, met, met ? Outcome::met : Outcome::failed}; };
    switch (rule) {
    case ExpertRule::field: return decided(std::find(expert.fields.begin(), expert.fields.end(), wish.field) != expert.fields.end());
    case ExpertRule::language: return wish.language_needed ? decided(languages_in_common(expert, wish) > 0) : ExpertRuleFinding{rule, true, Outcome::not_asked};
    case ExpertRule::availability:
        if (!expert.available_from && !expert.available_until) return {rule, true, Outcome::unknown};
        return decided((!expert.available_until || *expert.available_until >= wish.day) && (!expert.available_from || *expert.available_from <= wish.day));
    case ExpertRule::interest: return decided(!expert.interested);
    }
    return {rule, false, Outcome::failed};
}

Grade grade(ExpertCriterion criterion, const ExpertCandidate& expert, const ExpertWish& wish, const Weights& weights) {
    switch (criterion) {
    case ExpertCriterion::text: return grade_text(wish.concepts, expert.concepts, weights);
    case ExpertCriterion::classes: {
        if (wish.classes.empty()) return {Outcome::not_asked, points_full};
        if (expert.classes.empty()) return {Outcome::unknown, weights.classes[0]};
        std::int32_t points = 0;
        for (const std::string& asked : wish.classes)
            for (const std::string& given : expert.classes) points = std::max(points, class_points(asked, given, weights));
        return {points == points_full ? Outcome::same : points > weights.classes[0] ? Outcome::near : Outcome::far, points};
    }
    case ExpertCriterion::language: {
        if (wish.languages.empty()) return {Outcome::not_asked, points_full};
        const std::size_t common = languages_in_common(expert, wish);
        const auto share =
            static_cast<std::int32_t>(std::int64_t{points_full} * static_cast<std::int64_t>(common) / static_cast<std::int64_t>(wish.languages.size()));
        return {common == 0 ? Outcome::far : common == wish.languages.size() ? Outcome::same : Outcome::near, share};
    }
    case ExpertCriterion::place: {
        const std::int32_t points = place_points(wish.country, expert.country, false, weights);
        return {points == points_full ? Outcome::same : points >= weights.place_region ? Outcome::by_region : Outcome::far, points};
    }
    }
    return {Outcome::unknown, 0};
}

} // namespace

ExpertExplanation explain(const ExpertCandidate& expert, const ExpertWish& wish, const ExpertWeights& shares, const Weights& weights) {
    ExpertExplanation made;
    for (std::size_t i = 0; i < expert_rule_count; ++i) {
        made.rules[i] = judge(static_cast<ExpertRule>(i), expert, wish);
        made.excluded = made.excluded || !made.rules[i].passed;
    }
    for (std::size_t i = 0; i < expert_criterion_count; ++i) {
        const auto criterion = static_cast<ExpertCriterion>(i);
        const Grade found = grade(criterion, expert, wish, weights);
        made.criteria[i] = {criterion, found.outcome, shares[i], found.points, contribution(shares[i], found.points)};
        made.score += made.criteria[i].contribution;
    }
    return made;
}

} // namespace greenbank::match
