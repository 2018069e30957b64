// records.cpp — descriptions of feedback and of editions.
#include "match/feedback/records.h"

namespace greenbank::match {

static void check_feedback(const void* value, Problems& problems) {
    const auto& feedback = *static_cast<const MatchFeedback*>(value);
    if (feedback.action == FeedbackAction::refused && !feedback.reason)
        problems.push_back({"reason", "feedback.reason", "Say why it was refused; the match learns from it."});
    if (feedback.action != FeedbackAction::refused && feedback.reason)
        problems.push_back({"reason", "feedback.no_reason", "A reason belongs to a refusal only."});
}

Record describe(const MatchFeedback*) {
    using Feedback = MatchFeedback;
    return {"match_feedback", "What became of a match.",
        {
            field<&Feedback::id>("id", "Id.", {.read_only = true}),
            field<&Feedback::need>("need", "The need.", {.filter = true}),
            field<&Feedback::technology>("technology", "The technology.", {.filter = true}),
            field<&Feedback::need_title>("need_title", "The need's title.", {.max = 300, .read_only = true}),
            field<&Feedback::technology_title>("technology_title", "The technology's title.", {.max = 300, .read_only = true}),
            field<&Feedback::action>("action", "Contacted, refused or signed.", {.filter = true}),
            field<&Feedback::reason>("reason", "Of a refusal: why.", {.filter = true}),
            field<&Feedback::note>("note", "In words; read by who writes it and by the bank.", {.min = 1, .max = 1000}),
            field<&Feedback::party>("party", "Who says so: the need's side, the technology's, or the bank.", {.read_only = true, .filter = true}),
            field<&Feedback::organisation>("organisation", "For which organisation.", {.max = 60, .read_only = true}),
            field<&Feedback::person>("person", "Who.", {.max = 60, .read_only = true}),
            field<&Feedback::person_name>("person_name", "The name.", {.max = 200, .read_only = true}),
            field<&Feedback::at>("at", "When.", {.read_only = true, .sort = true}),
            field<&Feedback::score_points>("score_points", "The score as the match stood then; absent: a rule excluded it.", {.read_only = true, .sort = true}),
            field<&Feedback::points>("points", "The grade of each criterion then, in their order.", {.max = criterion_count, .read_only = true}),
            field<&Feedback::weights_edition>("weights_edition", "The edition of the weights then.", {.max = 60, .read_only = true}),
            field<&Feedback::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
        },
        check_feedback};
}

Record describe(const PairTally*) {
    return {"pair_tally", "Of two technologies for one need that fared differently: does the better one stand above?",
        {field<&PairTally::right>("right", "It does."), field<&PairTally::wrong>("wrong", "It stands below."),
            field<&PairTally::tied>("tied", "Both have the same score.")}};
}

Record describe(const RankMove*) {
    using Move = RankMove;
    return {"rank_move", "A technology that would change its place.",
        {field<&Move::need>("need", "The need."), field<&Move::need_title>("need_title", "Its title.", {.max = 300}),
            field<&Move::technology>("technology", "The technology."), field<&Move::technology_title>("technology_title", "Its title.", {.max = 300}),
            field<&Move::rank_before>("rank_before", "Its place; absent: not among the best ten."), field<&Move::rank_after>("rank_after", "Its place then."),
            field<&Move::score_points_before>("score_points_before", "Its score."), field<&Move::score_points_after>("score_points_after", "Its score then.")}};
}

Record describe(const WeightsReport*) {
    using Report = WeightsReport;
    return {"weights_report", "What a change of weights rests on, and what it would do.",
        {field<&Report::feedback>("feedback", "Matches with an outcome that the weights can learn from."),
            field<&Report::pairs>("pairs", "Pairs of technologies for one need that fared differently."),
            field<&Report::needs>("needs", "Needs with such a pair."),
            field<&Report::loss_before>("loss_before", "Mean logistic loss of the pairs under the weights in force."),
            field<&Report::loss_after>("loss_after", "The same under those proposed."),
            field<&Report::before>("before", "The pairs under the weights in force."), field<&Report::after>("after", "The pairs under those proposed."),
            field<&Report::held_before>("held_before", "Pairs held back, under the weights in force."),
            field<&Report::held_after>("held_after", "Pairs held back, under weights learned without that need."),
            field<&Report::needs_compared>("needs_compared", "Open needs that were matched under both."),
            field<&Report::best_changed>("best_changed", "Needs whose first technology would be another one."),
            field<&Report::entered>("entered", "Technologies that would come among the best ten of a need."),
            field<&Report::mean_move>("mean_move", "How many places one of the best ten would move on average."),
            field<&Report::moves>("moves", "The widest moves.", {.max = 50})}};
}

Record describe(const WeightsProposal*) {
    using Proposal = WeightsProposal;
    return {"weights_edition", "An edition of the weights of the match: proposed, and adopted or not by a person.",
        {
            field<&Proposal::id>("id", "Id.", {.read_only = true}),
            field<&Proposal::edition>("edition", "Its name.", {.max = 60, .unique = true, .read_only = true, .sort = true}),
            field<&Proposal::based_on>("based_on", "The edition in force when it was proposed.", {.max = 60, .read_only = true}),
            field<&Proposal::origin>("origin", "Learned from feedback, or set by hand.", {.read_only = true, .filter = true}),
            field<&Proposal::state>("state", "Proposed, adopted, rejected or superseded.", {.read_only = true, .filter = true}),
            field<&Proposal::criteria_before>("criteria_before", "The weights in force when it was proposed.", {.max = criterion_count, .read_only = true}),
            field<&Proposal::criteria>("criteria", "One weight a criterion.", {.min = criterion_count, .max = criterion_count}),
            field<&Proposal::report>("report", "What it rests on, and what it would do.", {.read_only = true}),
            field<&Proposal::note>("note", "Why it is proposed.", {.min = 1, .max = 1000}),
            field<&Proposal::proposed_by>("proposed_by", "Who proposed it.", {.max = 60, .read_only = true}),
            field<&Proposal::proposed_by_name>("proposed_by_name", "The name.", {.max = 200, .read_only = true}),
            field<&Proposal::proposed_at>("proposed_at", "When.", {.read_only = true, .sort = true}),
            field<&Proposal::decided_by>("decided_by", "Who decided.", {.max = 60, .read_only = true}),
            field<&Proposal::decided_by_name>("decided_by_name", "The name.", {.max = 200, .read_only = true}),
            field<&Proposal::decided_at>("decided_at", "When; of an adopted one: in force since.", {.read_only = true, .sort = true}),
            field<&Proposal::ended_at>("ended_at", "In force until.", {.read_only = true}),
            field<&Proposal::decision>("decision", "The reason of the decision.", {.min = 1, .max = 1000, .read_only = true}),
            field<&Proposal::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Proposal::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        nullptr, true};
}

} // namespace greenbank::match
