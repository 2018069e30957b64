// policy_rules.cpp — one condition after the other, each in three values.
#include "library/engine/policy_rules.h"

#include <algorithm>
#include <cmath>

namespace greenbank::library {

namespace {

Truth any_of(const std::vector<std::string>& wanted, const std::optional<std::string>& known) {
    if (!known || known->empty()) return Truth::unknown;
    return std::find(wanted.begin(), wanted.end(), *known) != wanted.end() ? Truth::met : Truth::failed;
}

/// 3.2.2.1 lies in 3.2.
bool is_below(const std::string& code, const std::string& above) {
    return code == above || (code.size() > above.size() && code.starts_with(above) && code[above.size()] == '.');
}

Truth any_class(const std::vector<std::string>& wanted, const std::optional<std::vector<std::string>>& known) {
    if (!known || known->empty()) return Truth::unknown;
    Truth best = Truth::failed;
    for (const std::string& code : *known)
        for (const std::string& above : wanted)
            if (is_below(code, above)) return Truth::met;
            else if (is_below(above, code)) best = Truth::unknown; // classified too roughly to say
    return best;
}

Truth any_field(const std::vector<std::string>& wanted, const std::optional<std::vector<std::string>>& known) {
    if (!known || known->empty()) return Truth::unknown;
    for (const std::string& field : *known)
        if (std::find(wanted.begin(), wanted.end(), field) != wanted.end()) return Truth::met;
    return Truth::failed;
}

Truth has_trait(const std::string& wanted, const std::optional<std::vector<std::string>>& known) {
    if (!known || known->empty()) return Truth::unknown;
    return std::find(known->begin(), known->end(), wanted) != known->end() ? Truth::met : Truth::failed;
}

Truth within(const MeasureBound& bound, const std::vector<KnownMeasure>& known) {
    Truth best = Truth::unknown;
    bool any = false;
    for (const KnownMeasure& measure : known) {
        if (measure.indicator != bound.indicator) continue;
        const auto low = convert({measure.low, measure.unit}, bound.unit), high = convert({measure.high, measure.unit}, bound.unit);
        if (!low || !high) continue;
        const bool all = bound.side == BoundSide::at_most ? *high <= bound.value : *low >= bound.value;
        const bool none = bound.side == BoundSide::at_most ? *low > bound.value : *high < bound.value;
        const Truth one = all ? Truth::met : none ? Truth::failed : Truth::unknown;
        best = any ? std::max(best, one) : one; // under other conditions it may do better
        any = true;
    }
    return best;
}

std::optional<std::int64_t> rounded(long double minor) {
    if (!(minor > -9.0e18L && minor < 9.0e18L)) return {};
    return std::llround(minor);
}

} // namespace

bool is_territory(const std::string& code) {
    if (code == "WORLD") return true;
    if (code.size() < 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z') return false;
    if (code.size() == 2) return true;
    if (code[2] != '-' || code.size() < 4 || code.size() > 15) return false;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (code.starts_with("CN")) return code.size() % 2 == 1 && std::all_of(code.begin() + 3, code.end(), is_digit); // GB/T 2260: in pairs
    return std::all_of(code.begin() + 3, code.end(), [&](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
}

Truth lies_in(const std::string& place, const std::string& territory) {
    if (territory == "WORLD") return Truth::met;
    if (place.empty()) return Truth::unknown;
    const auto begins = [](const std::string& whole, const std::string& with) {
        // A country ends at its dash; digits of GB/T 2260 count in pairs.
        return whole.starts_with(with) &&
               (whole.size() == with.size() || (with.size() == 2 && whole[2] == '-') || (with.size() > 3 && (whole.size() - with.size()) % 2 == 0));
    };
    if (begins(place, territory)) return Truth::met;
    return begins(territory, place) ? Truth::unknown : Truth::failed;
}

BenefitFinding benefit_of(const BenefitRule& rule, const PolicyFacts& facts) {
    BenefitFinding finding;
    const auto money = [&](long double minor, const std::string& currency) {
        if (const auto whole = rounded(minor)) finding.amount = Money{*whole, currency};
    };
    if (rule.amount && rule.amount_per) {
        if (facts.capacity)
            if (const auto units = convert(*facts.capacity, *rule.amount_per))
                money(static_cast<long double>(rule.amount->minor) * *units, rule.amount->currency);
    } else if (rule.amount) {
        finding.amount = rule.amount;
    } else if (rule.rate) {
        const std::optional<Money>& base = rule.base == BenefitBase::investment ? facts.investment
                                           : rule.base == BenefitBase::interest ? facts.interest
                                           : rule.base == BenefitBase::loan     ? facts.loan
                                                                                : facts.guarantee_fee;
        if (base) money(static_cast<long double>(base->minor) * *rule.rate / 100, base->currency);
    }
    if (finding.amount && rule.cap && rule.cap->currency == finding.amount->currency && finding.amount->minor > rule.cap->minor) {
        finding.amount = rule.cap;
        finding.capped = true;
    }
    return finding;
}

PolicyJudgement judge_policy(const PolicyRules& rules, const PolicyFacts& facts) {
    PolicyJudgement judgement;
    const auto add = [&](PolicyCondition condition, Truth truth, std::size_t index = 0) {
        judgement.conditions.push_back({condition, truth, index});
        judgement.truth = std::min(judgement.truth, truth);
    };
    if (rules.from || rules.until)
        add(PolicyCondition::date, (!rules.from || *rules.from <= facts.day) && (!rules.until || facts.day <= *rules.until) ? Truth::met : Truth::failed);
    if (!rules.territories.empty()) {
        Truth best = Truth::failed;
        for (const std::string& territory : rules.territories) best = std::max(best, lies_in(facts.territory.value_or(""), territory));
        add(PolicyCondition::territory, best);
    }
    if (!rules.kinds.empty()) add(PolicyCondition::organisation_kind, any_of(rules.kinds, facts.kind));
    if (!rules.sizes.empty()) add(PolicyCondition::organisation_size, any_of(rules.sizes, facts.size));
    if (!rules.sectors.empty()) add(PolicyCondition::sector, any_of(rules.sectors, facts.sector));
    if (!rules.fields.empty()) add(PolicyCondition::field, any_field(rules.fields, facts.fields));
    if (!rules.classes.empty()) add(PolicyCondition::class_, any_class(rules.classes, facts.classes));
    for (std::size_t i = 0; i < rules.traits.size(); ++i) add(PolicyCondition::trait, has_trait(rules.traits[i], facts.traits), i);
    for (std::size_t i = 0; i < rules.measures.size(); ++i) add(PolicyCondition::measure, within(rules.measures[i], facts.measures), i);
    if (judgement.truth == Truth::failed) return judgement;
    for (std::size_t i = 0; i < rules.benefits.size(); ++i) {
        judgement.benefits.push_back(benefit_of(rules.benefits[i], facts));
        judgement.benefits.back().index = i;
    }
    return judgement;
}

} // namespace greenbank::library
