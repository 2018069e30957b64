// capital.cpp — eligibility rule by rule, then grades.
#include "match/engine/capital.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "match/engine/judge.h"

namespace greenbank::match {

namespace {

CapitalRuleFinding passed(CapitalRule rule, Outcome outcome) { return {rule, true, outcome}; }
CapitalRuleFinding decided(CapitalRule rule, bool met) { return {rule, met, met ? Outcome::met : Outcome::failed}; }

bool holds(const std::vector<int>& list, int one) { return std::find(list.begin(), list.end(), one) != list.end(); }
bool share_one(const std::vector<int>& a, const std::vector<int>& b) {
    return std::any_of(a.begin(), a.end(), [&](int one) { return holds(b, one); });
}
/// The amount in major units of the bound's currency.
std::optional<double> amount_for(const Money& amount, const Money& bound, const Weights& weights) {
    const auto major = in_major_units(amount);
    const auto rate = exchange(amount.currency, bound.currency, weights);
    if (!major || !rate) return {};
    return *major * *rate;
}

CapitalRuleFinding judge_amount(const CapitalCandidate& offer, const CapitalWish& wish, const Weights& weights) {
    constexpr auto rule = CapitalRule::amount;
    if (!wish.amount) return passed(rule, Outcome::not_asked);
    if (!offer.amount_min && !offer.amount_max) return passed(rule, Outcome::unknown);
    bool compared = false;
    if (offer.amount_min) {
        const auto asked = amount_for(*wish.amount, *offer.amount_min, weights);
        const auto least = in_major_units(*offer.amount_min);
        compared = compared || (asked && least);
        if (asked && least && is_too_small(*asked, *least)) return {rule, false, Outcome::too_small};
    }
    if (offer.amount_max) {
        const auto asked = amount_for(*wish.amount, *offer.amount_max, weights);
        const auto most = in_major_units(*offer.amount_max);
        compared = compared || (asked && most);
        if (asked && most && is_too_large(*asked, *most)) {
            if (!wish.part_welcome) return {rule, false, Outcome::too_large};
            return passed(rule, Outcome::near);
        }
    }
    return passed(rule, compared ? Outcome::met : Outcome::not_comparable);
}

CapitalRuleFinding judge_tenor(const CapitalCandidate& offer, const CapitalWish& wish) {
    constexpr auto rule = CapitalRule::tenor;
    if (!wish.tenor) return passed(rule, Outcome::not_asked);
    if (!offer.tenor_min && !offer.tenor_max) return passed(rule, Outcome::unknown);
    if (offer.tenor_min && *wish.tenor < *offer.tenor_min) return {rule, false, Outcome::too_small};
    if (offer.tenor_max && *wish.tenor > *offer.tenor_max) return {rule, false, Outcome::too_large};
    return passed(rule, Outcome::met);
}

CapitalRuleFinding judge(CapitalRule rule, const CapitalCandidate& offer, const CapitalWish& wish, const CapitalWeights& capital, const Weights& weights) {
    switch (rule) {
    case CapitalRule::kind: return wish.kinds.empty() ? passed(rule, Outcome::not_asked) : decided(rule, holds(wish.kinds, offer.kind));
    case CapitalRule::field:
        if (offer.fields.empty()) return passed(rule, Outcome::worldwide);
        return wish.fields.empty() ? passed(rule, Outcome::unknown) : decided(rule, share_one(wish.fields, offer.fields));
    case CapitalRule::classes:
        if (offer.classes.empty()) return passed(rule, Outcome::worldwide);
        if (wish.classes.empty()) return passed(rule, Outcome::unknown);
        return decided(rule, std::any_of(wish.classes.begin(), wish.classes.end(), [&](const std::string& code) {
            return std::any_of(offer.classes.begin(), offer.classes.end(), [&](const std::string& offered) { return lies_in_class(code, offered); });
        }));
    case CapitalRule::amount: return judge_amount(offer, wish, weights);
    case CapitalRule::tenor: return judge_tenor(offer, wish);
    case CapitalRule::collateral:
        if (offer.collateral.empty() || holds(offer.collateral, capital.unsecured)) return passed(rule, Outcome::worldwide);
        if (!wish.collateral) return passed(rule, Outcome::unknown);
        return decided(rule, share_one(*wish.collateral, offer.collateral));
    case CapitalRule::territory:
        if (offer.countries.empty() || contains(offer.countries, everywhere)) return passed(rule, Outcome::worldwide);
        return decided(rule, contains(offer.countries, wish.country));
    case CapitalRule::stage:
        if (offer.stages.empty()) return passed(rule, Outcome::worldwide);
        return wish.stage ? decided(rule, holds(offer.stages, *wish.stage)) : passed(rule, Outcome::unknown);
    }
    return {rule, false, Outcome::failed};
}

std::int32_t share_of(double share) { return static_cast<std::int32_t>(std::floor(points_full * std::clamp(share, 0.0, 1.0))); }

Grade grade_classes(const CapitalCandidate& offer, const CapitalWish& wish, const CapitalWeights& capital, const Weights& weights) {
    if (offer.classes.empty()) return {Outcome::worldwide, capital.any};
    if (wish.classes.empty()) return {Outcome::unknown, capital.unsaid};
    std::int32_t points = 0;
    for (const std::string& asked : wish.classes)
        for (const std::string& given : offer.classes)
            points = std::max(points, lies_in_class(asked, given) ? points_full : class_points(asked, given, weights));
    return {points == points_full ? Outcome::same : points > weights.classes[0] ? Outcome::near : Outcome::far, points};
}

/// How much of the amount the offer covers.
Grade grade_amount(const CapitalCandidate& offer, const CapitalWish& wish, const Weights& weights, const CapitalWeights& capital) {
    if (!wish.amount) return {Outcome::not_asked, capital.unsaid};
    if (!offer.amount_max) return {Outcome::unknown, capital.unsaid};
    const auto asked = amount_for(*wish.amount, *offer.amount_max, weights), most = in_major_units(*offer.amount_max);
    if (!asked || !most || !(*asked > 0)) return {Outcome::not_comparable, capital.unsaid};
    if (!is_too_large(*asked, *most)) return {Outcome::met, points_full};
    return {Outcome::near, share_of(*most / *asked)};
}

/// Room on both sides of the tenor that is asked for: half a term either way is as good as any.
Grade grade_tenor(const CapitalCandidate& offer, const CapitalWish& wish, const CapitalWeights& capital) {
    if (!wish.tenor) return {Outcome::not_asked, capital.unsaid};
    if (!offer.tenor_min && !offer.tenor_max) return {Outcome::unknown, capital.unsaid};
    const auto asked = static_cast<double>(*wish.tenor);
    if ((offer.tenor_min && *wish.tenor < *offer.tenor_min) || (offer.tenor_max && *wish.tenor > *offer.tenor_max)) return {Outcome::failed, 0};
    if (!offer.tenor_max || !(asked > 0)) return {Outcome::met, points_full};
    const double room = (static_cast<double>(*offer.tenor_max) - asked) / (0.25 * asked); // a quarter longer, should the works be late
    return {Outcome::met, capital.any + static_cast<std::int32_t>(std::floor((points_full - capital.any) * std::clamp(room, 0.0, 1.0)))};
}

Grade grade_collateral(const CapitalCandidate& offer, const CapitalWish& wish, const CapitalWeights& capital) {
    if (offer.collateral.empty() || holds(offer.collateral, capital.unsecured)) return {Outcome::worldwide, points_full};
    if (!wish.collateral) return {Outcome::unknown, capital.unsaid};
    const auto common =
        static_cast<double>(std::count_if(offer.collateral.begin(), offer.collateral.end(), [&](int one) { return holds(*wish.collateral, one); }));
    if (common == 0) return {Outcome::failed, 0};
    // One kind that is accepted is enough; more leave a choice.
    const std::int32_t points = common >= 2 ? points_full : std::max(capital.any, points_full * 4 / 5);
    return {common >= 2 ? Outcome::same : Outcome::near, points};
}

Grade grade_currency(const CapitalCandidate& offer, const CapitalWish& wish, const CapitalWeights& capital) {
    const auto& bound = offer.amount_max ? offer.amount_max : offer.amount_min;
    if (!wish.amount || !bound) return {Outcome::unknown, capital.unsaid};
    return wish.amount->currency == bound->currency ? Grade{Outcome::same, points_full} : Grade{Outcome::far, capital.other_currency};
}

Grade grade(CapitalCriterion criterion, const CapitalCandidate& offer, const CapitalWish& wish, const CapitalWeights& capital, const Weights& weights) {
    const auto named = [&](bool for_all, bool said, bool met) {
        return for_all ? Grade{Outcome::worldwide, capital.any}
               : !said ? Grade{Outcome::unknown, capital.unsaid}
               : met   ? Grade{Outcome::met, points_full}
                       : Grade{Outcome::failed, 0};
    };
    switch (criterion) {
    case CapitalCriterion::classes: return grade_classes(offer, wish, capital, weights);
    case CapitalCriterion::amount: return grade_amount(offer, wish, weights, capital);
    case CapitalCriterion::tenor: return grade_tenor(offer, wish, capital);
    case CapitalCriterion::collateral: return grade_collateral(offer, wish, capital);
    case CapitalCriterion::currency: return grade_currency(offer, wish, capital);
    case CapitalCriterion::stage: return named(offer.stages.empty(), wish.stage.has_value(), wish.stage && holds(offer.stages, *wish.stage));
    case CapitalCriterion::territory:
        return named(offer.countries.empty() || contains(offer.countries, everywhere), true, contains(offer.countries, wish.country));
    }
    return {Outcome::unknown, 0};
}

} // namespace

Result<Done> check(const CapitalWeights& weights) {
    std::int64_t sum = 0;
    bool sound = weights.unsaid >= 0 && weights.unsaid <= points_full && weights.any >= 0 && weights.any <= points_full && weights.other_currency >= 0 &&
                 weights.other_currency <= points_full;
    for (const std::int32_t weight : weights.weight) {
        sum += weight;
        sound = sound && weight >= 0;
    }
    if (sound && sum == points_full) return Done{};
    return Error{Failure::invalid, "weights.invalid", "These weights would break a promise of the match: {reason}",
        {{"reason", "The weights must sum to 1000000, and points lie between 0 and 1000000."}}};
}

CapitalExplanation explain(const CapitalCandidate& offer, const CapitalWish& wish, const CapitalWeights& capital, const Weights& weights) {
    CapitalExplanation made;
    for (std::size_t i = 0; i < capital_rule_count; ++i) {
        made.rules[i] = judge(static_cast<CapitalRule>(i), offer, wish, capital, weights);
        made.excluded = made.excluded || !made.rules[i].passed;
    }
    for (std::size_t i = 0; i < capital_criterion_count; ++i) {
        const auto criterion = static_cast<CapitalCriterion>(i);
        const Grade found = grade(criterion, offer, wish, capital, weights);
        made.criteria[i] = {criterion, found.outcome, capital.weight[i], found.points, contribution(capital.weight[i], found.points)};
        made.score += made.criteria[i].contribution;
    }
    return made;
}

CapitalRanking rank_capital(std::span<const CapitalCandidate> offers, const CapitalWish& wish, const CapitalWeights& capital, const Weights& weights) {
    CapitalRanking ranking;
    std::vector<std::size_t> order(offers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return offers[a].id < offers[b].id; });
    for (const std::size_t i : order) {
        const CapitalExplanation explanation = explain(offers[i], wish, capital, weights);
        for (const CapitalRuleFinding& finding : explanation.rules)
            if (!finding.passed) ++ranking.excluded_by[static_cast<std::size_t>(finding.rule)];
        if (explanation.excluded) ranking.excluded.push_back(i);
        else ranking.best.push_back({i, explanation.score});
    }
    std::stable_sort(ranking.best.begin(), ranking.best.end(), [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
    return ranking;
}

bool lies_in_class(std::string_view code, std::string_view offered) {
    return code == offered || (code.size() > offered.size() && code.starts_with(offered) && code[offered.size()] == '.');
}

std::optional<Money> in_currency(const Money& amount, const std::string& currency, const Weights& weights) {
    const auto major = in_major_units(amount);
    const auto rate = exchange(amount.currency, currency, weights);
    const auto decimals = decimals_of(currency);
    if (!major || !rate || !decimals) return {};
    const double minor = std::floor(*major * *rate * std::pow(10.0, *decimals));
    if (!std::isfinite(minor) || std::fabs(minor) > 9e15) return {};
    return Money{static_cast<std::int64_t>(minor), currency};
}

} // namespace greenbank::match
