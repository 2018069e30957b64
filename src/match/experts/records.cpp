// records.cpp — descriptions of what is answered about experts.
#include "match/experts/records.h"

namespace greenbank::match {

Record describe(const ExpertRuleView*) {
    return {"expert_rule_view", "A rule that may keep an expert off, with the two values it compares.",
        {field<&ExpertRuleView::rule>("rule", "Which rule."), field<&ExpertRuleView::passed>("passed", "Whether it is kept."),
            field<&ExpertRuleView::need_value>("need_value", "What the need asks."),
            field<&ExpertRuleView::expert_value>("expert_value", "What the expert brings."),
            field<&ExpertRuleView::sentence>("sentence", "The finding in a sentence.")}};
}

Record describe(const ExpertCriterionView*) {
    return {"expert_criterion_view", "A graded criterion, with the two values it compares and its part of the score.",
        {field<&ExpertCriterionView::criterion>("criterion", "Which criterion."),
            field<&ExpertCriterionView::weight_points>("weight_points", "Its weight; all weights sum to 1000000."),
            field<&ExpertCriterionView::score_points>("score_points", "Its grade, from 0 to 1000000."),
            field<&ExpertCriterionView::contribution_points>("contribution_points", "Its part of the score; all parts sum to the score exactly."),
            field<&ExpertCriterionView::need_value>("need_value", "What the need asks."),
            field<&ExpertCriterionView::expert_value>("expert_value", "What the expert brings."),
            field<&ExpertCriterionView::sentence>("sentence", "The finding in a sentence.")}};
}

Record describe(const ExpertMatchItem*) {
    using Item = ExpertMatchItem;
    return {"expert_match_item", "An expert whom no rule keeps off, with the score and the reasons.",
        {field<&Item::expert>("expert", "The expert."), field<&Item::name>("name", "The name."), field<&Item::post>("post", "What the person is."),
            field<&Item::country>("country", "Where the person works."), field<&Item::languages>("languages", "Languages the person works in."),
            field<&Item::score_points>("score_points", "The score, from 0 to 1000000."), field<&Item::rules>("rules", "Every rule."),
            field<&Item::criteria>("criteria", "Every criterion.")}};
}

Record describe(const ExpertExclusion*) {
    return {"expert_exclusion", "An expert who is kept off, and by what.",
        {field<&ExpertExclusion::expert>("expert", "The expert."), field<&ExpertExclusion::name>("name", "The name."),
            field<&ExpertExclusion::rules>("rules", "The rules that are broken.")}};
}

Record describe(const ExpertExcludedCount*) {
    return {"expert_excluded_count", "How many experts a rule keeps off.",
        {field<&ExpertExcludedCount::rule>("rule", "Which rule."), field<&ExpertExcludedCount::count>("count", "How many.")}};
}

Record describe(const ExpertMatchList*) {
    using List = ExpertMatchList;
    return {"expert_match_list", "Experts for a need: the best first, each explained.",
        {field<&List::need>("need", "The need."), field<&List::considered>("considered", "How many published experts were looked at."),
            field<&List::excluded>("excluded", "How many of them a rule keeps off."), field<&List::excluded_by>("excluded_by", "How many each rule keeps off."),
            field<&List::items>("items", "The best experts.", {.max = 100}),
            field<&List::exclusions>("exclusions", "Who is kept off, and why; only for staff who assess.", {.max = 1000})}};
}

Record describe(const ExpertQuestion*) {
    return {"expert_question", "Experts for which need.",
        {field<&ExpertQuestion::id>("id", "The need."),
            field<&ExpertQuestion::language>("language", "A language without which it will not do: zh, en, ru.", {.min = 2, .max = 2}),
            field<&ExpertQuestion::top>("top", "How many.", {.min = 1, .max = 100, .defaulted = true})}};
}

} // namespace greenbank::match
