// records.cpp — descriptions of answers and requests.
#include "match/records.h"

namespace greenbank::match {

Record describe(const MatchedRule*) {
    return {"matched_rule", "A rule that may exclude, with the two values it compares.",
        {field<&MatchedRule::rule>("rule", "Which rule."), field<&MatchedRule::passed>("passed", "Whether the technology passes it."),
            field<&MatchedRule::need_value>("need_value", "What the need asks."),
            field<&MatchedRule::technology_value>("technology_value", "What the technology offers."),
            field<&MatchedRule::sentence>("sentence", "The finding in a sentence.")}};
}

Record describe(const MatchedCriterion*) {
    return {"matched_criterion", "A graded criterion, with the two values it compares and its part of the score.",
        {field<&MatchedCriterion::criterion>("criterion", "Which criterion."),
            field<&MatchedCriterion::weight_points>("weight_points", "Its weight; all weights sum to 1000000."),
            field<&MatchedCriterion::score_points>("score_points", "Its grade, from 0 to 1000000."),
            field<&MatchedCriterion::contribution_points>("contribution_points", "Its part of the score; all parts sum to the score exactly."),
            field<&MatchedCriterion::need_value>("need_value", "What the need asks."),
            field<&MatchedCriterion::technology_value>("technology_value", "What the technology offers."),
            field<&MatchedCriterion::sentence>("sentence", "The finding in a sentence.")}};
}

Record describe(const MatchItem*) {
    return {"match_item", "A technology that no rule excludes, with its score and the reasons.",
        {field<&MatchItem::technology>("technology", "The technology."), field<&MatchItem::title>("title", "Its title."),
            field<&MatchItem::summary>("summary", "Its summary."), field<&MatchItem::holder>("holder", "Who holds it."),
            field<&MatchItem::holder_name>("holder_name", "The holder's name."), field<&MatchItem::field>("field", "Its field."),
            field<&MatchItem::origin>("origin", "The country it comes from."), field<&MatchItem::readiness>("readiness", "How mature it is."),
            field<&MatchItem::score_points>("score_points", "The score, from 0 to 1000000."), field<&MatchItem::rules>("rules", "Every rule."),
            field<&MatchItem::criteria>("criteria", "Every criterion."),
            field<&MatchItem::holder_half>("holder_half", "How its holder sees the need, where that was asked for."),
            field<&MatchItem::mutual_score_points>("mutual_score_points", "The harmonic mean of the scores of both sides.")}};
}

Record describe(const HolderRuleView*) {
    return {"holder_rule_view", "A rule of the holder's own, with the two values it compares.",
        {field<&HolderRuleView::rule>("rule", "Which rule."), field<&HolderRuleView::passed>("passed", "Whether the need passes it."),
            field<&HolderRuleView::need_value>("need_value", "What the need offers."),
            field<&HolderRuleView::technology_value>("technology_value", "What the holder asks."),
            field<&HolderRuleView::sentence>("sentence", "The finding in a sentence.")}};
}

Record describe(const HolderCriterionView*) {
    return {"holder_criterion_view", "A criterion of the holder's half, and its part of that half's score.",
        {field<&HolderCriterionView::criterion>("criterion", "Which criterion."),
            field<&HolderCriterionView::weight_points>("weight_points", "Its weight; all weights sum to 1000000."),
            field<&HolderCriterionView::score_points>("score_points", "Its grade, from 0 to 1000000."),
            field<&HolderCriterionView::contribution_points>("contribution_points", "Its part of the score; all parts sum to the score exactly."),
            field<&HolderCriterionView::need_value>("need_value", "What the need offers."),
            field<&HolderCriterionView::technology_value>("technology_value", "What the holder looks at."),
            field<&HolderCriterionView::sentence>("sentence", "The finding in a sentence.")}};
}

Record describe(const HolderHalf*) {
    return {"holder_half", "How the holder of a technology sees a need.",
        {field<&HolderHalf::score_points>("score_points", "The score, from 0 to 1000000."),
            field<&HolderHalf::rules>("rules", "Every rule of the holder's own."), field<&HolderHalf::criteria>("criteria", "Every criterion.")}};
}

Record describe(const MatchRefusal*) {
    return {"match_refusal", "A technology that fits, but whose holder's own rules keep it from this need.",
        {field<&MatchRefusal::technology>("technology", "The technology."), field<&MatchRefusal::title>("title", "Its title."),
            field<&MatchRefusal::score_points>("score_points", "The score of the need's half."),
            field<&MatchRefusal::rules>("rules", "The rules that are broken.")}};
}

Record describe(const NeedMatchItem*) {
    using Item = NeedMatchItem;
    return {"need_match_item", "An open need that a technology answers, with its score and the reasons.",
        {field<&Item::need>("need", "The need."), field<&Item::title>("title", "Its title."), field<&Item::summary>("summary", "Its summary."),
            field<&Item::owner>("owner", "Whose it is."), field<&Item::owner_name>("owner_name", "The owner's name."),
            field<&Item::field>("field", "Its field."), field<&Item::country>("country", "Where it will stand."), field<&Item::budget>("budget", "Its budget."),
            field<&Item::deadline>("deadline", "Until when answers are welcome."),
            field<&Item::score_points>("score_points", "The score, the same as from the need's side."), field<&Item::rules>("rules", "Every rule."),
            field<&Item::criteria>("criteria", "Every criterion."),
            field<&Item::holder_half>("holder_half", "How the holder sees the need, where that was asked for."),
            field<&Item::mutual_score_points>("mutual_score_points", "The harmonic mean of the scores of both sides.")}};
}

Record describe(const MatchedTechnology*) {
    return {"matched_technology", "The technology that was matched.",
        {field<&MatchedTechnology::id>("id", "The technology."), field<&MatchedTechnology::title>("title", "Its title.")}};
}

Record describe(const NeedMatchList*) {
    return {"need_match_list", "Open needs for a technology: the best first, each explained.",
        {field<&NeedMatchList::technology>("technology", "The technology."),
            field<&NeedMatchList::considered>("considered", "How many open needs were looked at."),
            field<&NeedMatchList::excluded>("excluded", "How many of them a rule keeps off."),
            field<&NeedMatchList::weights_edition>("weights_edition", "The edition of the weights."),
            field<&NeedMatchList::weights_status>("weights_status", "How sure they are: official, unconfirmed or sample."),
            field<&NeedMatchList::excluded_by>("excluded_by", "How many each rule keeps off; rules that keep off nothing are left out."),
            field<&NeedMatchList::items>("items", "The best needs.", {.max = 1000})}};
}

Record describe(const NeedExclusion*) {
    return {"need_exclusion", "An open need and a rule that keeps a technology from it.",
        {field<&NeedExclusion::need>("need", "The need."), field<&NeedExclusion::title>("title", "Its title."),
            field<&NeedExclusion::rule>("rule", "The rule."), field<&NeedExclusion::need_value>("need_value", "What the need asks."),
            field<&NeedExclusion::technology_value>("technology_value", "What the technology offers."),
            field<&NeedExclusion::sentence>("sentence", "The finding in a sentence.")}};
}

Record describe(const ExcludedCount*) {
    return {"excluded_count", "How many technologies a rule excludes.",
        {field<&ExcludedCount::rule>("rule", "Which rule."), field<&ExcludedCount::count>("count", "How many; one may fail several rules.")}};
}

Record describe(const MatchedNeed*) {
    return {"matched_need", "The need that was matched.",
        {field<&MatchedNeed::id>("id", "The need; absent for a draft that was never stored."), field<&MatchedNeed::title>("title", "Its title.")}};
}

Record describe(const MatchList*) {
    return {"match_list", "Technologies for a need: the best first, each explained.",
        {field<&MatchList::need>("need", "The need."), field<&MatchList::considered>("considered", "How many published technologies were looked at."),
            field<&MatchList::excluded>("excluded", "How many of them a rule excludes."),
            field<&MatchList::weights_edition>("weights_edition", "The edition of the weights."),
            field<&MatchList::weights_status>("weights_status", "How sure they are: official, unconfirmed or sample."),
            field<&MatchList::excluded_by>("excluded_by", "How many each rule excludes; rules that exclude nothing are left out."),
            field<&MatchList::items>("items", "The best technologies.", {.max = 1000}),
            field<&MatchList::refused>(
                "refused", "What fits, but whose holder's own rules keep it from this need; only where both sides are ranked.", {.max = 1000})}};
}

Record describe(const Exclusion*) {
    return {"exclusion", "A technology and a rule that excludes it.",
        {field<&Exclusion::technology>("technology", "The technology."), field<&Exclusion::title>("title", "Its title."),
            field<&Exclusion::rule>("rule", "The rule."), field<&Exclusion::need_value>("need_value", "What the need asks."),
            field<&Exclusion::technology_value>("technology_value", "What the technology offers."),
            field<&Exclusion::sentence>("sentence", "The finding in a sentence.")}};
}

Record describe(const MatchesRequest*) {
    return {"matches_request", "Which need, and how many technologies.",
        {field<&MatchesRequest::id>("id", "The need."), field<&MatchesRequest::top>("top", "How many technologies.", {.min = 1, .max = 100, .defaulted = true}),
            field<&MatchesRequest::order>("order", "By the need's score, or by both sides' wishes.", {.defaulted = true}),
            field<&MatchesRequest::halves>("halves", "Also how the holder sees it.", {.defaulted = true})}};
}

Record describe(const NeedMatchesRequest*) {
    return {"need_matches_request", "Which technology, and how many needs.",
        {field<&NeedMatchesRequest::id>("id", "The technology."),
            field<&NeedMatchesRequest::top>("top", "How many needs.", {.min = 1, .max = 100, .defaulted = true}),
            field<&NeedMatchesRequest::order>("order", "By the need's score, or by both sides' wishes.", {.defaulted = true}),
            field<&NeedMatchesRequest::halves>("halves", "Also how the holder sees it.", {.defaulted = true})}};
}

Record describe(const NeedExclusionsRequest*) {
    return {"need_exclusions_request", "Which technology, which rule, how many.",
        {field<&NeedExclusionsRequest::id>("id", "The technology."), field<&NeedExclusionsRequest::rule>("rule", "Only what this rule keeps off."),
            field<&NeedExclusionsRequest::limit>("limit", "How many at most.", {.min = 1, .max = 500, .defaulted = true})}};
}

Record describe(const ExclusionsRequest*) {
    return {"exclusions_request", "Which need, which rule, which page.",
        {field<&ExclusionsRequest::id>("id", "The need."), field<&ExclusionsRequest::rule>("rule", "Only what this rule excludes."),
            field<&ExclusionsRequest::limit>("limit", "How many a page.", {.min = 1, .max = 500, .defaulted = true}),
            field<&ExclusionsRequest::cursor>("cursor", "Where the last page ended.", {.max = 200, .defaulted = true})}};
}

Record describe(const PreviewRequest*) {
    return {"preview_request", "A need that is being written.",
        {field<&PreviewRequest::need>("need", "The need as far as it is written."),
            field<&PreviewRequest::top>("top", "How many technologies.", {.min = 1, .max = 100, .defaulted = true})}};
}

} // namespace greenbank::match
