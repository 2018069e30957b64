// factors.cpp — the choice among factors: area, then period, then status, then edition.
#include "carbon/engine/factors.h"

#include <algorithm>
#include <tuple>

namespace greenbank::carbon {

namespace {

bool answers(const Factor& factor, const FactorQuestion& question) {
    const bool weighs = factor.kind == FactorKind::warming || factor.gas == "CO2e";
    return factor.kind == question.kind && factor.subject == question.subject && factor.gas == question.gas && factor.from <= question.on &&
           (!weighs || ((!question.gwp || factor.gwp == question.gwp) && factor.horizon_years == question.horizon_years)) &&
           (!question.known_on || factor.published <= *question.known_on) && (!question.edition || factor.edition == *question.edition) &&
           (!question.official_only || factor.status == FactorStatus::official);
}

/// Larger is better. The id decides last, so that the order in which factors come changes nothing.
auto rank(const Factor& factor, const FactorQuestion& question) {
    const bool describes = factor.until >= question.on;
    return std::tuple(
        describes, describes ? Date{} : factor.until, -static_cast<int>(factor.status), factor.published, factor.from, std::string_view(factor.id));
}

} // namespace

Result<FactorChoice> factor_in_force(std::span<const Factor> factors, const FactorQuestion& question) {
    for (std::size_t i = 0; i < question.areas.size(); ++i) {
        const Factor* best = nullptr;
        for (const Factor& factor : factors)
            if (factor.area == question.areas[i] && answers(factor, question) && (!best || rank(*best, question) < rank(factor, question))) best = &factor;
        if (best) return FactorChoice{*best, i > 0, best->until < question.on};
    }
    return Error{Failure::not_found, "factor.none", "No factor of {subject} is known for {area} on {date}; import one or choose another kind or area.",
        {{"subject", question.subject}, {"area", question.areas.empty() ? std::string("-") : question.areas.front()}, {"date", to_text(question.on)}}};
}

} // namespace greenbank::carbon
