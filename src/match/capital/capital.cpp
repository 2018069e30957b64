// capital.cpp — records in, ranked and explained offers out.
#include "match/capital/capital.h"

#include <algorithm>

#include <fmt/format.h>

#include "match/engine/judge.h"
#include "match/explain.h"

namespace greenbank::match {

namespace {

template <class E> std::vector<int> places(const std::vector<E>& list) {
    std::vector<int> made;
    for (const E one : list) made.push_back(static_cast<int>(one));
    return made;
}

template <class E> std::vector<E> read_list(const std::optional<std::string>& text, std::string_view name, Problems& problems) {
    std::vector<E> made;
    if (!text) return made;
    for (const std::string_view part : split(*text, ',')) {
        const auto found = parse_choice<E>(trim(part));
        if (found) {
            made.push_back(*found);
            continue;
        }
        std::vector<std::string> known;
        for (const std::string_view value : Choices<E>::values) known.emplace_back(value);
        problems.push_back({std::string(name), "choice.unknown", "This must be one of {choices}.", {{"choices", join(known, ", ")}}});
    }
    return made;
}

Result<CapitalSeeker> with_terms(CapitalSeeker seeker, const CapitalTerms& terms) {
    Problems problems;
    CapitalWish& wish = seeker.wish;
    if (terms.amount) {
        const std::string currency = terms.currency.value_or(wish.amount ? wish.amount->currency : "CNY");
        const auto money = parse_money(*terms.amount, currency);
        if (!money || money->minor <= 0)
            problems.push_back({"amount", "capital.amount", "Write an amount above nothing, such as 1250000.00, in a currency of ISO 4217."});
        else wish.amount = *money;
    }
    seeker.asked.collateral = read_list<library::Collateral>(terms.collateral, "collateral", problems);
    if (terms.collateral) {
        wish.collateral = places(seeker.asked.collateral);
        std::erase(*wish.collateral, static_cast<int>(library::Collateral::none)); // "none": nothing can be given
    }
    wish.kinds = places(read_list<library::CapitalKind>(terms.kinds, "kinds", problems));
    if (!problems.empty()) return invalid(std::move(problems));
    wish.part_welcome = terms.part_welcome;
    wish.tenor = terms.tenor;
    if (terms.stage) {
        wish.stage = static_cast<int>(*terms.stage);
        seeker.asked.stage = terms.stage;
    }
    seeker.asked.title = seeker.title;
    seeker.asked.amount = wish.amount;
    seeker.asked.part_welcome = wish.part_welcome;
    seeker.asked.tenor = wish.tenor;
    seeker.asked.country = wish.country;
    return seeker;
}

/// What the owner does not bring: the budget without lines of own money.
std::optional<Money> amount_open(const projects::Project& project) {
    if (!project.budget) return {};
    Money open = *project.budget;
    for (const projects::BudgetLine& line : project.budget_lines)
        if (line.kind == projects::BudgetKind::capital && line.source == projects::FundSource::own && line.amount.currency == open.currency)
            open.minor -= line.amount.minor;
    return open.minor > 0 ? open : *project.budget;
}

// ---- sentences ---------------------------------------------------------------------------------------------------

/// Both values of a rule or a criterion, in words.
class CapitalSpeech {
public:
    CapitalSpeech(const CapitalSeeker& seeker, const library::CapitalOffer& offer, const Judging& judging, Language language) :
        seeker_(seeker), offer_(offer), judging_(judging), speech_(library::reference(), language) {}

    struct Values {
        std::optional<std::string> asked, offered;
    };

    CapitalRuleView view(const CapitalRuleFinding& finding) const {
        const Values values = of(finding.rule);
        std::string text = sentence(name_of(finding.rule), finding.outcome, values);
        if (finding.rule == CapitalRule::amount && !finding.passed) text += gap(finding.outcome);
        return {finding.rule, finding.passed, values.asked, values.offered, std::move(text)};
    }
    CapitalCriterionView view(const CapitalCriterionFinding& finding) const {
        const Values values = of(finding.criterion);
        return {finding.criterion, finding.weight, finding.points, finding.contribution, values.asked, values.offered,
            sentence(fmt::format("graded.{}", name_of(finding.criterion)), finding.outcome, values)};
    }

private:
    std::string sentence(std::string_view name, Outcome outcome, const Values& values) const {
        return speech_.say(fmt::format("sentence.capital.{}.{}", name, name_of_outcome(outcome)),
            {{"asked", values.asked.value_or("—")}, {"offered", values.offered.value_or("—")}});
    }

    /// By how much an amount is too small or too large.
    std::string gap(Outcome outcome) const {
        const auto& bound = outcome == Outcome::too_small ? offer_.amount_min : offer_.amount_max;
        const auto asked = in_currency(*seeker_.wish.amount, bound->currency, judging_.weights);
        if (!asked) return {};
        const Money difference{outcome == Outcome::too_small ? bound->minor - asked->minor : asked->minor - bound->minor, bound->currency};
        std::string text = speech_.say("sentence.capital.gap", {{"difference", speech_.money(difference)}});
        if (seeker_.wish.amount->currency != bound->currency)
            text += speech_.say("sentence.cost.exchanged",
                {{"edition", judging_.edition.rates.edition}, {"status", speech_.say(fmt::format("status.{}", judging_.edition.rates.status))}});
        return text;
    }

    template <class E> std::optional<std::string> names(const std::vector<E>& list) const {
        if (list.empty()) return {};
        std::vector<std::string> made;
        for (const E one : list) made.push_back(speech_.choice(Choices<E>::name, name_of(one)));
        return speech_.list(std::move(made));
    }
    template <class E> std::optional<std::string> names_of_places(const std::vector<int>& list) const {
        std::vector<E> made;
        for (const int one : list) made.push_back(static_cast<E>(one));
        return names(made);
    }
    std::optional<std::string> classes(const std::vector<std::string>& codes) const {
        if (codes.empty()) return {};
        std::vector<std::string> made;
        for (const std::string& code : codes) made.push_back(speech_.technology_class(code));
        return speech_.list(std::move(made), 2);
    }
    /// Those that meet stand first.
    Values classes() const {
        auto asked = seeker_.wish.classes, offered = offer_.classes;
        const auto meets = [](const std::string& one, const std::vector<std::string>& others, bool one_is_offered) {
            return std::any_of(
                others.begin(), others.end(), [&](const std::string& other) { return one_is_offered ? lies_in_class(other, one) : lies_in_class(one, other); });
        };
        std::stable_partition(asked.begin(), asked.end(), [&](const std::string& one) { return meets(one, offer_.classes, false); });
        std::stable_partition(offered.begin(), offered.end(), [&](const std::string& one) { return meets(one, seeker_.wish.classes, true); });
        return {classes(asked), classes(offered)};
    }
    std::string months(std::int64_t count) const { return speech_.say("value.months", {{"count", std::to_string(count)}}); }
    std::optional<std::string> range(const std::optional<std::string>& low, const std::optional<std::string>& high) const {
        if (low && high) return fmt::format("{} – {}", *low, *high);
        if (low) return "≥ " + *low;
        if (high) return "≤ " + *high;
        return {};
    }
    std::optional<std::string> amounts() const {
        const auto text = [&](const std::optional<Money>& money) { return money ? std::optional(speech_.money(*money)) : std::nullopt; };
        return range(text(offer_.amount_min), text(offer_.amount_max));
    }
    Values amount() const { return {seeker_.wish.amount ? std::optional(speech_.money(*seeker_.wish.amount)) : std::nullopt, amounts()}; }
    Values tenor() const {
        const auto text = [&](const std::optional<std::int64_t>& count) { return count ? std::optional(months(*count)) : std::nullopt; };
        return {text(seeker_.wish.tenor), range(text(offer_.tenor_min), text(offer_.tenor_max))};
    }
    Values collateral() const {
        std::optional<std::string> asked;
        if (seeker_.wish.collateral) asked = names_of_places<library::Collateral>(*seeker_.wish.collateral).value_or(speech_.say("value.none"));
        return {asked, names(offer_.collateral)};
    }
    Values stage() const {
        return {seeker_.asked.stage ? std::optional(speech_.choice("stage", name_of(*seeker_.asked.stage))) : std::nullopt, names(offer_.stages)};
    }
    Values territory() const {
        return {speech_.country(seeker_.wish.country), offer_.countries.empty() ? std::nullopt : std::optional(speech_.countries(offer_.countries))};
    }

    Values of(CapitalRule rule) const {
        switch (rule) {
        case CapitalRule::kind: return {names_of_places<library::CapitalKind>(seeker_.wish.kinds), speech_.choice("capital_kind", name_of(offer_.kind))};
        case CapitalRule::field: return {names_of_places<library::TechnologyField>(seeker_.wish.fields), names(offer_.fields)};
        case CapitalRule::classes: return classes();
        case CapitalRule::amount: return amount();
        case CapitalRule::tenor: return tenor();
        case CapitalRule::collateral: return collateral();
        case CapitalRule::territory: return territory();
        case CapitalRule::stage: return stage();
        }
        return {};
    }
    Values of(CapitalCriterion criterion) const {
        switch (criterion) {
        case CapitalCriterion::classes: return classes();
        case CapitalCriterion::amount: return amount();
        case CapitalCriterion::tenor: return tenor();
        case CapitalCriterion::collateral: return collateral();
        case CapitalCriterion::currency: {
            const auto& bound = offer_.amount_max ? offer_.amount_max : offer_.amount_min;
            return {seeker_.wish.amount ? std::optional(seeker_.wish.amount->currency) : std::nullopt, bound ? std::optional(bound->currency) : std::nullopt};
        }
        case CapitalCriterion::stage: return stage();
        case CapitalCriterion::territory: return territory();
        }
        return {};
    }

    const CapitalSeeker& seeker_;
    const library::CapitalOffer& offer_;
    const Judging& judging_;
    Speech speech_;
};

} // namespace

CapitalCandidate to_candidate(const library::CapitalOffer& offer) {
    return {.id = offer.id.text,
        .kind = static_cast<int>(offer.kind),
        .amount_min = offer.amount_min,
        .amount_max = offer.amount_max,
        .tenor_min = offer.tenor_min,
        .tenor_max = offer.tenor_max,
        .countries = offer.countries,
        .classes = offer.classes,
        .fields = places(offer.fields),
        .stages = places(offer.stages),
        .collateral = places(offer.collateral)};
}

Result<CapitalSeeker> seeker_of(const projects::Project& project, const CapitalTerms& terms) {
    CapitalSeeker seeker{.title = project.title, .wish = {}, .asked = {}};
    seeker.wish.fields = {static_cast<int>(project.field)};
    seeker.wish.classes = project.classes;
    seeker.wish.amount = amount_open(project);
    seeker.wish.country = project.country;
    seeker.wish.stage = static_cast<int>(project.stage);
    seeker.asked.stage = project.stage;
    return with_terms(std::move(seeker), terms);
}

Result<CapitalSeeker> seeker_of(const library::Need& need, const CapitalTerms& terms) {
    CapitalSeeker seeker{.title = need.title, .wish = {}, .asked = {}};
    seeker.wish.fields = {static_cast<int>(need.field)};
    seeker.wish.classes = need.classes;
    seeker.wish.amount = need.budget;
    seeker.wish.country = need.country;
    return with_terms(std::move(seeker), terms);
}

CapitalMatchList capital_matches(const Judging& judging, const CapitalSeeker& seeker, const std::vector<library::CapitalOffer>& offers, Language language) {
    std::vector<CapitalCandidate> candidates;
    for (const library::CapitalOffer& offer : offers) candidates.push_back(to_candidate(offer));
    const CapitalRanking ranking = rank_capital(candidates, seeker.wish, judging.capital, judging.weights);
    CapitalMatchList list{.asked = seeker.asked,
        .considered = static_cast<std::int64_t>(offers.size()),
        .excluded = static_cast<std::int64_t>(ranking.excluded.size()),
        .weights_edition = judging.edition.edition,
        .weights_status = judging.edition.status};
    for (std::size_t rule = 0; rule < capital_rule_count; ++rule)
        if (ranking.excluded_by[rule] > 0) list.excluded_by.push_back({static_cast<CapitalRule>(rule), static_cast<std::int64_t>(ranking.excluded_by[rule])});
    for (const Ranked& ranked : ranking.best) {
        const library::CapitalOffer& offer = offers[ranked.candidate];
        const CapitalSpeech speech(seeker, offer, judging, language);
        const CapitalExplanation explanation = explain(candidates[ranked.candidate], seeker.wish, judging.capital, judging.weights);
        CapitalMatchItem item{.offer = offer.id,
            .title = offer.title,
            .summary = offer.summary,
            .provider = offer.provider,
            .provider_name = {},
            .kind = offer.kind,
            .score_points = explanation.score};
        for (const CapitalRuleFinding& finding : explanation.rules) item.rules.push_back(speech.view(finding));
        for (const CapitalCriterionFinding& finding : explanation.criteria) item.criteria.push_back(speech.view(finding));
        list.items.push_back(std::move(item));
    }
    for (const std::size_t at : ranking.excluded) {
        const library::CapitalOffer& offer = offers[at];
        const CapitalSpeech speech(seeker, offer, judging, language);
        CapitalExclusion exclusion{offer.id, offer.title, offer.kind, {}};
        for (const CapitalRuleFinding& finding : explain(candidates[at], seeker.wish, judging.capital, judging.weights).rules)
            if (!finding.passed) exclusion.rules.push_back(speech.view(finding));
        list.exclusions.push_back(std::move(exclusion));
    }
    // What lacks least comes first.
    std::stable_sort(
        list.exclusions.begin(), list.exclusions.end(), [](const CapitalExclusion& a, const CapitalExclusion& b) { return a.rules.size() < b.rules.size(); });
    return list;
}

} // namespace greenbank::match
