// explain_holder.cpp — the holder's half in sentences; keys match.sentence.holder.<rule or criterion>.<outcome>.
#include <fmt/format.h>

#include "match/engine/two_sided.h"
#include "match/explain.h"

namespace greenbank::match {

Explainer::Values Explainer::contract(const Pair& pair) const {
    Values values;
    if (need_.budget) values.need = speech_.money(*need_.budget);
    if (pair.technology.contract_min) values.technology = "≥ " + speech_.money(*pair.technology.contract_min);
    return values;
}

Explainer::Values Explainer::cooperation(const Pair& pair) const {
    const auto names = [&](const std::vector<library::Cooperation>& ways) -> std::optional<std::string> {
        if (ways.empty()) return {};
        std::vector<std::string> list;
        for (const library::Cooperation way : ways) list.push_back(speech_.choice("cooperation", name_of(way)));
        return speech_.list(std::move(list));
    };
    return {names(need_.cooperation), names(pair.technology.cooperation)};
}

Explainer::Values Explainer::clarity() const {
    std::vector<std::string> said;
    const auto add = [&](bool is_said, std::string_view what) {
        if (is_said) said.push_back(speech_.say(fmt::format("value.says_{}", what)));
    };
    add(need_.capacity.has_value(), "capacity");
    add(need_.budget.has_value(), "budget");
    add(!need_.requirements.empty(), "requirements");
    add(need_.deadline.has_value(), "deadline");
    return {said.empty() ? speech_.say("value.none") : speech_.list(std::move(said)), {}};
}

HolderHalf Explainer::holder_half(const library::Technology& technology, const Candidate& candidate, Date today) const {
    const HolderView view = holder_view(candidate, wish_, today, weights_);
    const Pair pair{technology, candidate};
    const auto of_criterion = [&](HolderCriterion criterion) -> Values {
        switch (criterion) {
        case HolderCriterion::place: return place(pair);
        case HolderCriterion::size: return capacity(pair);
        case HolderCriterion::contract: return contract(pair);
        case HolderCriterion::cooperation: return cooperation(pair);
        case HolderCriterion::payment: {
            Values values = cost("cost", pair);
            values.sentence.clear();
            return values;
        }
        case HolderCriterion::clarity: return clarity();
        }
        return {};
    };
    const auto of_rule = [&](HolderRule rule) -> Values {
        switch (rule) {
        case HolderRule::contract: return contract(pair);
        case HolderRule::cooperation: return cooperation(pair);
        case HolderRule::deadline: return {need_.deadline ? std::optional(to_text(*need_.deadline)) : std::nullopt, {}};
        }
        return {};
    };
    HolderHalf half{.score_points = view.score};
    for (const HolderRuleFinding& finding : view.rules) {
        const Values values = of_rule(finding.rule);
        half.rules.push_back(
            {finding.rule, finding.passed, values.need, values.technology, sentence(fmt::format("holder.{}", name_of(finding.rule)), finding.outcome, values)});
    }
    for (const HolderCriterionFinding& finding : view.criteria) {
        const Values values = of_criterion(finding.criterion);
        half.criteria.push_back({finding.criterion, finding.weight, finding.points, finding.contribution, values.need, values.technology,
            sentence(fmt::format("holder.{}", name_of(finding.criterion)), finding.outcome, values)});
    }
    return half;
}

MatchRefusal Explainer::refusal(const library::Technology& technology, const Candidate& candidate, Date today, std::int32_t need_score) const {
    MatchRefusal made{technology.id, technology.title, need_score, {}};
    for (HolderRuleView& rule : holder_half(technology, candidate, today).rules)
        if (!rule.passed) made.rules.push_back(std::move(rule));
    return made;
}

} // namespace greenbank::match
