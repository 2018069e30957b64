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
            field<&MatchItem::criteria>("criteria", "Every criterion.")}};
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
            field<&MatchList::items>("items", "The best technologies.", {.max = 1000})}};
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
        {field<&MatchesRequest::id>("id", "The need."),
            field<&MatchesRequest::top>("top", "How many technologies.", {.min = 1, .max = 100, .defaulted = true})}};
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
