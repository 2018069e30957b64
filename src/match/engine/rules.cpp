// rules.cpp — what excludes. A rule that cannot compare lets pass and says so.
#include <algorithm>
#include <cmath>

#include "match/engine/judge.h"

namespace greenbank::match {

namespace {

RuleFinding passed(Rule rule, Outcome outcome = Outcome::met) { return {rule, true, outcome}; }
RuleFinding failed(Rule rule, Outcome outcome = Outcome::failed) { return {rule, false, outcome}; }
RuleFinding met_or_failed(Rule rule, bool met) { return met ? passed(rule) : failed(rule); }

RuleFinding judge_territory(const Candidate& candidate, const Wish& wish) {
    if (contains(candidate.territories, wish.country)) return passed(Rule::territory);
    if (contains(candidate.territories, everywhere)) return passed(Rule::territory, Outcome::worldwide);
    return failed(Rule::territory);
}

RuleFinding judge_capacity(const Candidate& candidate, const Wish& wish) {
    if (!wish.capacity) return passed(Rule::capacity, Outcome::not_asked);
    if (!candidate.capacity_min && !candidate.capacity_max) return passed(Rule::capacity, Outcome::unknown);
    const auto wished = to_base(wish.capacity->value, wish.capacity->unit);
    const auto comparable = [&](const std::optional<Quantity>& bound) {
        auto base = bound ? to_base(bound->value, bound->unit) : std::nullopt;
        return base && wished && base->unit.dimension == wished->unit.dimension ? base : std::nullopt;
    };
    const auto least = comparable(candidate.capacity_min), most = comparable(candidate.capacity_max);
    if (!least && !most) return passed(Rule::capacity, Outcome::not_comparable);
    if (least && is_too_small(wished->value, least->value)) return failed(Rule::capacity, Outcome::too_small);
    if (most && is_too_large(wished->value, most->value)) return failed(Rule::capacity, Outcome::too_large);
    return passed(Rule::capacity);
}

RuleFinding judge_traits(Rule rule, const Candidate& candidate, const std::vector<std::string>& asked, bool must_have) {
    if (asked.empty()) return passed(rule, Outcome::not_asked);
    return met_or_failed(
        rule, std::all_of(asked.begin(), asked.end(), [&](const std::string& trait) { return contains(candidate.traits, trait) == must_have; }));
}

RuleFinding judge_requirements(const Candidate& candidate, const Wish& wish, const Weights& weights) {
    bool any = false;
    for (const Requirement& requirement : wish.requirements) {
        if (!requirement.hard) continue;
        any = true;
        if (!judge(requirement, candidate.promises, weights).reachable) return failed(Rule::requirements);
    }
    return passed(Rule::requirements, any ? Outcome::met : Outcome::not_asked);
}

RuleFinding judge_evidence(const Candidate& candidate, const Wish& wish) {
    if (wish.cases_min <= 0) return passed(Rule::evidence, Outcome::not_asked);
    return met_or_failed(
        Rule::evidence, std::count_if(candidate.proofs.begin(), candidate.proofs.end(), [](const Proof& proof) { return proof.kind == 0; }) >= wish.cases_min);
}

} // namespace

RuleFinding judge(Rule rule, const Candidate& candidate, const Wish& wish, const Weights& weights) {
    switch (rule) {
    case Rule::field: return met_or_failed(rule, candidate.field == wish.field);
    case Rule::territory: return judge_territory(candidate, wish);
    case Rule::readiness:
        if (!wish.readiness_min) return passed(rule, Outcome::not_asked);
        return met_or_failed(rule, grade_of(candidate.readiness, weights) >= grade_of(*wish.readiness_min, weights));
    case Rule::capacity: return judge_capacity(candidate, wish);
    case Rule::required_traits: return judge_traits(rule, candidate, wish.required_traits, true);
    case Rule::excluded_traits: return judge_traits(rule, candidate, wish.excluded_traits, false);
    case Rule::requirements: return judge_requirements(candidate, wish, weights);
    case Rule::budget: {
        const Cost cost = judge_cost(candidate, wish, weights);
        return {rule, cost.outcome != Outcome::failed, cost.outcome};
    }
    case Rule::evidence: return judge_evidence(candidate, wish);
    }
    return failed(rule);
}

Result<Done> check(const Weights& weights) {
    Problems problems;
    const auto refuse = [&](std::string field, std::string reason) {
        problems.push_back(
            {std::move(field), "weights.invalid", "These weights would break a promise of the match: {reason}", {{"reason", std::move(reason)}}});
    };
    const auto sum_to_full = [&](const std::string& field, std::span<const std::int32_t> list) {
        std::int64_t sum = 0;
        for (const std::int32_t weight : list) {
            sum += weight;
            if (weight < 0) refuse(field, "A weight must not be negative.");
        }
        if (sum != points_full) refuse(field, "The weights must sum to 1000000.");
    };
    sum_to_full("weights", weights.weight);
    sum_to_full("holder.criteria", weights.holder);
    const auto is_points = [](std::int32_t points) { return points >= 0 && points <= points_full; };
    const auto in_order = [&](const std::string& field, std::vector<std::int32_t> rising) {
        if (!std::all_of(rising.begin(), rising.end(), is_points) || !std::is_sorted(rising.begin(), rising.end()))
            refuse(field, "These points must lie between 0 and 1000000, in rising order.");
    };
    in_order("text", {weights.text_not_recognised});
    if (weights.text_share_full <= 0 || weights.text_share_full > points_full) refuse("text.share_full", "This share must be above 0 and at most 1000000.");
    in_order("classes", {weights.classes.begin(), weights.classes.end()});
    in_order("promise", {weights.promise_missing, weights.promise_near});
    in_order("cost.at_budget", {weights.cost_unknown, weights.cost_at_budget}); // silence never scores more than speaking
    if (weights.cost_share_full < 0 || weights.cost_share_full >= points_full) refuse("cost.share_full", "This share must be below 1000000.");
    in_order("place", {weights.place_far, weights.place_region, weights.place_case});
    in_order("holder", {weights.holder_unknown});
    in_order("holder", {weights.holder_elsewhere, weights.place_case});
    in_order("holder", {weights.holder_smallest});
    for (const auto& grades : weights.readiness)
        if (grades.empty() || !std::is_sorted(grades.begin(), grades.end()) || grades.front() < 100 || grades.back() > 900)
            refuse("readiness", "Grades must rise from at least 100 to at most 900.");
    for (const std::int32_t points : weights.evidence)
        if (!is_points(points)) refuse("evidence", "These points must lie between 0 and 1000000.");
    for (const auto& [currency, worth] : weights.rates)
        if (!std::isfinite(worth) || !(worth > 0) || !decimals_of(currency)) refuse("rates", "A rate needs a currency of ISO 4217 and a number above 0.");
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

} // namespace greenbank::match
