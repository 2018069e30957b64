// records.cpp — descriptions of what is answered about money.
#include "match/capital/records.h"

namespace greenbank::match {

Record describe(const CapitalRuleView*) {
    return {"capital_rule_view", "A rule of eligibility, with the two values it compares.",
        {field<&CapitalRuleView::rule>("rule", "Which rule."), field<&CapitalRuleView::passed>("passed", "Whether it is kept."),
            field<&CapitalRuleView::asked>("asked", "What is looked for."), field<&CapitalRuleView::offered>("offered", "What the offer says."),
            field<&CapitalRuleView::sentence>("sentence", "The finding in a sentence.")}};
}

Record describe(const CapitalCriterionView*) {
    return {"capital_criterion_view", "A graded criterion, with the two values it compares and its part of the score.",
        {field<&CapitalCriterionView::criterion>("criterion", "Which criterion."),
            field<&CapitalCriterionView::weight_points>("weight_points", "Its weight; all weights sum to 1000000."),
            field<&CapitalCriterionView::score_points>("score_points", "Its grade, from 0 to 1000000."),
            field<&CapitalCriterionView::contribution_points>("contribution_points", "Its part of the score; all parts sum to the score exactly."),
            field<&CapitalCriterionView::asked>("asked", "What is looked for."), field<&CapitalCriterionView::offered>("offered", "What the offer says."),
            field<&CapitalCriterionView::sentence>("sentence", "The finding in a sentence.")}};
}

Record describe(const CapitalMatchItem*) {
    using Item = CapitalMatchItem;
    return {"capital_match_item", "An offer of money that no rule excludes, with its score and the reasons.",
        {field<&Item::offer>("offer", "The offer."), field<&Item::title>("title", "Its title."), field<&Item::summary>("summary", "Its summary."),
            field<&Item::provider>("provider", "Who provides it."), field<&Item::provider_name>("provider_name", "The provider's name."),
            field<&Item::kind>("kind", "Which kind of money."), field<&Item::score_points>("score_points", "The score, from 0 to 1000000."),
            field<&Item::rules>("rules", "Every rule."), field<&Item::criteria>("criteria", "Every criterion.")}};
}

Record describe(const CapitalExclusion*) {
    return {"capital_exclusion", "An offer that is not for this one, and why.",
        {field<&CapitalExclusion::offer>("offer", "The offer."), field<&CapitalExclusion::title>("title", "Its title."),
            field<&CapitalExclusion::kind>("kind", "Which kind of money."),
            field<&CapitalExclusion::rules>("rules", "The rules that exclude it, with the figures that broke them.")}};
}

Record describe(const CapitalExcludedCount*) {
    return {"capital_excluded_count", "How many offers a rule excludes.",
        {field<&CapitalExcludedCount::rule>("rule", "Which rule."), field<&CapitalExcludedCount::count>("count", "How many; one may fail several rules.")}};
}

Record describe(const CapitalAsked*) {
    return {"capital_asked", "What was looked for.",
        {field<&CapitalAsked::title>("title", "For what."), field<&CapitalAsked::amount>("amount", "How much."),
            field<&CapitalAsked::part_welcome>("part_welcome", "A part is welcome, too."),
            field<&CapitalAsked::tenor>("tenor", "For how long.", {.unit = "month"}),
            field<&CapitalAsked::collateral>("collateral", "What can be given.", {.max = 7}), field<&CapitalAsked::stage>("stage", "At which stage."),
            field<&CapitalAsked::country>("country", "Where.")}};
}

Record describe(const CapitalMatchList*) {
    using List = CapitalMatchList;
    return {"capital_match_list", "Money for a project or a need: the best first, each explained.",
        {field<&List::asked>("asked", "What was looked for."), field<&List::considered>("considered", "How many offers were looked at."),
            field<&List::excluded>("excluded", "How many of them a rule excludes."),
            field<&List::weights_edition>("weights_edition", "The edition of the weights."),
            field<&List::weights_status>("weights_status", "How sure they are: official, unconfirmed or sample."),
            field<&List::excluded_by>("excluded_by", "How many each rule excludes."),
            field<&List::items>("items", "Offers that no rule excludes.", {.max = 500}),
            field<&List::exclusions>("exclusions", "Offers that a rule excludes.", {.max = 5000})}};
}

} // namespace greenbank::match
