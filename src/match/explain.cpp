// explain.cpp — findings to sentences; the words are in words.csv, keys match.sentence.<rule or criterion>.<outcome>.
#include "match/explain.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "match/engine/judge.h"

namespace greenbank::match {

std::string_view name_of_outcome(Outcome outcome) {
    static constexpr std::string_view names[] = {"met", "failed", "not_asked", "unknown", "not_comparable", "too_small", "too_large", "worldwide", "same",
        "near", "far", "by_case", "by_region", "graded"};
    return names[static_cast<std::size_t>(outcome)];
}

namespace {

constexpr std::size_t names_most = 7; // concepts named in one sentence

} // namespace

Explainer::Explainer(const library::Need& need, const Wish& wish, const Weights& weights, const WeightsEdition& edition, const Converter& converter,
    const library::Reference& reference, Language language) :
    need_(need), wish_(wish), weights_(weights), edition_(edition), converter_(converter), speech_(reference, language) {}

MatchItem Explainer::item(const library::Technology& technology, const Candidate& candidate) const {
    const Explanation explanation = explain(candidate, wish_, weights_);
    MatchItem item{.technology = technology.id,
        .title = technology.title,
        .summary = technology.summary,
        .holder = technology.holder,
        .holder_name = {},
        .field = technology.field,
        .origin = technology.origin,
        .readiness = technology.readiness,
        .score_points = explanation.score};
    for (const RuleFinding& finding : explanation.rules) item.rules.push_back(rule(finding, {technology, candidate}));
    for (const CriterionFinding& finding : explanation.criteria) item.criteria.push_back(criterion(finding, {technology, candidate}));
    return item;
}

Exclusion Explainer::exclusion(const library::Technology& technology, const Candidate& candidate, Rule which) const {
    const MatchedRule found = rule(judge(which, candidate, wish_, weights_), {technology, candidate});
    return {technology.id, technology.title, which, found.need_value, found.technology_value, found.sentence};
}

std::string Explainer::sentence(std::string_view name, Outcome outcome, const Values& values) const {
    if (!values.sentence.empty()) return values.sentence;
    return speech_.say(
        fmt::format("sentence.{}.{}", name, name_of_outcome(outcome)), {{"need", values.need.value_or("—")}, {"technology", values.technology.value_or("—")}});
}

MatchedRule Explainer::rule(const RuleFinding& finding, const Pair& pair) const {
    const auto values = [&]() -> Values {
        switch (finding.rule) {
        case Rule::field: return field(pair);
        case Rule::territory: return territory(pair);
        case Rule::readiness: return readiness(pair);
        case Rule::capacity: return capacity(pair);
        case Rule::required_traits: return traits(need_.required_traits, pair);
        case Rule::excluded_traits: return traits(need_.excluded_traits, pair);
        case Rule::requirements: return requirements(pair, true);
        case Rule::budget: return cost("budget", pair);
        case Rule::evidence: return cases(pair);
        }
        return {};
    }();
    return {finding.rule, finding.passed, values.need, values.technology, sentence(name_of(finding.rule), finding.outcome, values)};
}

MatchedCriterion Explainer::criterion(const CriterionFinding& finding, const Pair& pair) const {
    const auto values = [&]() -> Values {
        switch (finding.criterion) {
        case Criterion::text: return text(pair);
        case Criterion::classes: return classes(pair);
        case Criterion::performance: return requirements(pair, false);
        case Criterion::cost: return cost("cost", pair);
        case Criterion::readiness: return readiness(pair);
        case Criterion::evidence: return proofs(pair);
        case Criterion::place: return place(pair);
        }
        return {};
    }();
    return {finding.criterion, finding.weight, finding.points, finding.contribution, values.need, values.technology,
        sentence(name_of(finding.criterion), finding.outcome, values)};
}

// ---- values of rules -----------------------------------------------------------------------------------------------

Explainer::Values Explainer::field(const Pair& pair) const {
    const auto label = [&](library::TechnologyField field) { return speech_.choice("technology_field", name_of(field)); };
    return {label(need_.field), label(pair.technology.field)};
}

Explainer::Values Explainer::territory(const Pair& pair) const { return {speech_.country(need_.country), speech_.countries(pair.technology.territories)}; }

Explainer::Values Explainer::readiness(const Pair& pair) const {
    return {need_.readiness_min ? std::optional(speech_.readiness(*need_.readiness_min)) : std::nullopt, speech_.readiness(pair.technology.readiness)};
}

Explainer::Values Explainer::capacity(const Pair& pair) const {
    Values values;
    if (need_.capacity) values.need = speech_.quantity(need_.capacity->value, need_.capacity->unit);
    const auto& least = pair.technology.capacity_min;
    const auto& most = pair.technology.capacity_max;
    if (least && most && least->unit == most->unit) values.technology = speech_.range(least->value, most->value, most->unit);
    else if (least && most) values.technology = fmt::format("{} – {}", speech_.quantity(least->value, least->unit), speech_.quantity(most->value, most->unit));
    else if (least) values.technology = "≥ " + speech_.quantity(least->value, least->unit);
    else if (most) values.technology = "≤ " + speech_.quantity(most->value, most->unit);
    return values;
}

Explainer::Values Explainer::traits(const std::vector<std::string>& asked, const Pair& pair) const {
    if (asked.empty()) return {};
    std::vector<std::string> had;
    std::copy_if(asked.begin(), asked.end(), std::back_inserter(had), [&](const std::string& trait) { return contains(pair.technology.traits, trait); });
    return {speech_.traits(asked), had.empty() ? speech_.say("value.none") : speech_.traits(had)};
}

std::string Explainer::promised(const Promise& promise, const Requirement& requirement) const {
    const double low = promise.low, high = promise.high.value_or(promise.low);
    std::string text = speech_.range(low, high, promise.unit);
    if (promise.unit == requirement.unit) return text;
    const auto from = convert({low, promise.unit}, requirement.unit), to = convert({high, promise.unit}, requirement.unit);
    return from && to ? fmt::format("{} ({})", text, speech_.range(*from, *to, requirement.unit)) : text;
}

Explainer::Values Explainer::requirements(const Pair& pair, bool hard_only) const {
    std::vector<std::string> asked, given, sentences;
    for (const Requirement& requirement : wish_.requirements) {
        if (hard_only && !requirement.hard) continue;
        const Kept kept = judge(requirement, pair.candidate.promises, weights_);
        const std::string limit = fmt::format("{} {}", requirement.at_most ? "≤" : "≥", speech_.quantity(requirement.limit, requirement.unit));
        const std::string indicator = speech_.indicator(requirement.indicator);
        const std::string promise = kept.promise ? promised(*kept.promise, requirement) : speech_.say("value.none");
        const std::string_view outcome = !kept.promise ? "missing" : kept.certain ? "met" : kept.reachable ? "partly" : "missed";
        asked.push_back(fmt::format("{} {}", indicator, limit));
        given.push_back(promise);
        sentences.push_back(speech_.say(fmt::format("sentence.requirement.{}", outcome), {{"indicator", indicator}, {"need", limit}, {"technology", promise}}));
    }
    if (asked.empty()) return {};
    const std::string_view between = speech_.language == Language::zh ? "；" : "; ";
    return {join(asked, between), join(given, between), join(sentences, speech_.language == Language::zh ? "" : " ")};
}

Explainer::Values Explainer::cases(const Pair& pair) const {
    const auto running = std::count_if(pair.candidate.proofs.begin(), pair.candidate.proofs.end(), [](const Proof& proof) { return proof.kind == 0; });
    return {wish_.cases_min > 0 ? std::optional(std::to_string(wish_.cases_min)) : std::nullopt, std::to_string(running)};
}

// ---- values of criteria --------------------------------------------------------------------------------------------

Explainer::Values Explainer::text(const Pair& pair) const {
    const auto names = [&](std::vector<std::pair<std::uint32_t, std::uint32_t>> weighed) { // weight, concept
        std::sort(weighed.begin(), weighed.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
        std::vector<std::string> list;
        for (std::size_t i = 0; i < std::min(weighed.size(), names_most); ++i)
            list.push_back(converter_.concept_name(weighed[i].second).best(speech_.language));
        return speech_.list(std::move(list));
    };
    std::vector<std::pair<std::uint32_t, std::uint32_t>> asked, shared;
    const auto offered = sorted(pair.candidate.concepts);
    for (const ConceptWeight& one : sorted(wish_.concepts)) {
        asked.emplace_back(one.weight, one.concept_index);
        const auto found = std::find_if(offered.begin(), offered.end(), [&](const ConceptWeight& other) { return other.concept_index == one.concept_index; });
        if (found != offered.end()) shared.emplace_back(one.weight * found->weight, one.concept_index);
    }
    if (asked.empty()) return {};
    return {names(asked), shared.empty() ? speech_.say("value.none") : names(shared)};
}

Explainer::Values Explainer::classes(const Pair& pair) const {
    if (need_.classes.empty()) return {};
    if (pair.technology.classes.empty()) return {speech_.technology_class(need_.classes.front()), {}};
    const std::string *asked = &need_.classes.front(), *given = &pair.technology.classes.front();
    std::int32_t best = -1;
    for (const std::string& one : need_.classes)
        for (const std::string& other : pair.technology.classes)
            if (const std::int32_t points = class_points(one, other, weights_); points > best) {
                best = points;
                asked = &one;
                given = &other;
            }
    return {speech_.technology_class(*asked), speech_.technology_class(*given)};
}

Explainer::Values Explainer::cost(std::string_view name, const Pair& pair) const {
    const Cost cost = judge_cost(pair.candidate, wish_, weights_);
    Values values;
    if (need_.budget) values.need = speech_.money(*need_.budget);
    if (!pair.technology.capital_cost) return values;
    const std::string unit = speech_.unit(pair.candidate.capital_cost_per);
    const std::string per =
        speech_.say(unit.empty() ? "value.cost_per_one" : "value.cost_per", {{"cost", speech_.money(*pair.technology.capital_cost)}, {"unit", unit}});
    if (cost.outcome != Outcome::met && cost.outcome != Outcome::failed) {
        values.technology = per;
        return values;
    }
    const std::string total = speech_.estimate(cost.total, need_.budget->currency);
    values.technology = fmt::format("{} × {} ≈ {}", per, speech_.quantity(need_.capacity->value, need_.capacity->unit), total);
    values.sentence = speech_.say(fmt::format("sentence.{}.{}", name, name_of_outcome(cost.outcome)),
        {{"need", *values.need}, {"technology", total}, {"share", speech_.share(cost.share)}});
    if (cost.exchanged)
        values.sentence += speech_.say(
            "sentence.cost.exchanged", {{"edition", edition_.rates.edition}, {"status", speech_.say(fmt::format("status.{}", edition_.rates.status))}});
    return values;
}

Explainer::Values Explainer::proofs(const Pair& pair) const {
    std::vector<std::string> counts;
    for (int kind = 0; kind < proof_kinds; ++kind) {
        const auto count = std::count_if(pair.candidate.proofs.begin(), pair.candidate.proofs.end(), [&](const Proof& proof) { return proof.kind == kind; });
        if (count > 0) counts.push_back(fmt::format("{} × {}", speech_.choice("evidence_kind", Choices<library::EvidenceKind>::values[kind]), count));
    }
    if (counts.empty()) return {};
    return {std::nullopt, speech_.list(std::move(counts))};
}

Explainer::Values Explainer::place(const Pair& pair) const {
    std::vector<std::string> countries;
    for (const Proof& proof : pair.candidate.proofs)
        if (proof.kind == 0 && !contains(countries, proof.country)) countries.push_back(proof.country);
    std::string from = speech_.country(pair.technology.origin);
    if (!countries.empty()) from = speech_.say("value.origin_and_cases", {{"origin", from}, {"cases", speech_.countries(countries)}});
    return {speech_.country(need_.country), from};
}

} // namespace greenbank::match
