// records.cpp — descriptions of preferences and of what is stable.
#include "match/stable/records.h"

namespace greenbank::match {

Record describe(const PreferenceRow*) {
    return {"preference_row", "One participant, and whom it would rather have.",
        {field<&PreferenceRow::id>("id", "Its name, unique on its side.", {.min = 1, .max = 100}),
            field<&PreferenceRow::quota>("quota", "How many it takes.", {.min = 0, .max = 100'000, .defaulted = true}),
            field<&PreferenceRow::prefers>(
                "prefers", "Names of the other side, best first; equally welcome ones as \"a = b\". Others are not acceptable.", {.max = 100'000})}};
}

Record describe(const PreferenceFile*) {
    return {"preference_file", "Two sides with their preferences.",
        {field<&PreferenceFile::proposing>(
             "proposing", "The side that proposes, and for which the outcome is the best of all stable ones.", {.min = 1, .max = 100'000}),
            field<&PreferenceFile::receiving>("receiving", "The side that chooses among proposals.", {.min = 1, .max = 100'000})}};
}

Record describe(const MatchedPair*) {
    return {"matched_pair", "Two that belong together.",
        {field<&MatchedPair::proposing>("proposing", "Of the proposing side."), field<&MatchedPair::receiving>("receiving", "Of the receiving side."),
            field<&MatchedPair::proposing_rank>("proposing_rank", "Which choice the receiver is; equal choices share a rank."),
            field<&MatchedPair::receiving_rank>("receiving_rank", "Which choice the proposer is.")}};
}

Record describe(const StableFile*) {
    return {"stable_file", "A stable matching.",
        {field<&StableFile::pairs>("pairs", "Who belongs together."), field<&StableFile::proposing_open>("proposing_open", "Proposers with room left."),
            field<&StableFile::receiving_open>("receiving_open", "Receivers with room left."), field<&StableFile::proposals>("proposals", "Proposals made."),
            field<&StableFile::seed>("seed", "The seed of the lottery that breaks ties; 0: by name."),
            field<&StableFile::blocking_pairs>("blocking_pairs", "Pairs that would rather have each other, counted afterwards.")}};
}

Record describe(const StableRequest*) {
    using Request = StableRequest;
    return {"stable_request", "Which needs, and how many each side takes.",
        {
            field<&Request::needs>("needs", "Which needs; none: all open ones.", {.max = 500}),
            field<&Request::field>("field", "Of all open ones, those of this field."),
            field<&Request::need_quota>("need_quota", "How many technologies a need takes.", {.min = 1, .max = 20, .defaulted = true}),
            field<&Request::technology_quota>(
                "technology_quota", "How many needs the holder of a technology takes on.", {.min = 1, .max = 100, .defaulted = true}),
            field<&Request::proposing>("proposing", "Which side proposes: for it the outcome is the best of all stable ones.", {.defaulted = true}),
            field<&Request::score_points_min>(
                "score_points_min", "The least score of either half that is acceptable.", {.min = 0, .max = points_full, .defaulted = true}),
            field<&Request::seed>("seed", "Ties are broken by a lottery out of this seed; 0: by id.", {.min = 0, .max = 1e15, .defaulted = true}),
        }};
}

Record describe(const StablePairView*) {
    using Pair = StablePairView;
    return {"stable_pair", "A need and a technology that belong together.",
        {field<&Pair::need>("need", "The need."), field<&Pair::need_title>("need_title", "Its title."),
            field<&Pair::technology>("technology", "The technology."), field<&Pair::technology_title>("technology_title", "Its title."),
            field<&Pair::need_score_points>("need_score_points", "The score of the need's half."),
            field<&Pair::holder_score_points>("holder_score_points", "The score of the holder's half."),
            field<&Pair::need_rank>("need_rank", "Which choice of the need the technology is."),
            field<&Pair::holder_rank>("holder_rank", "Which choice of the holder the need is.")}};
}

Record describe(const StableView*) {
    return {"stable_view", "A stable matching of needs and technologies.",
        {
            field<&StableView::proposing>("proposing", "Which side proposed."),
            field<&StableView::needs>("needs", "Needs that have a technology to choose."),
            field<&StableView::technologies>("technologies", "Technologies that have a need to choose."),
            field<&StableView::proposals>("proposals", "Proposals made."),
            field<&StableView::blocking_pairs>("blocking_pairs", "Pairs that would rather have each other, counted afterwards."),
            field<&StableView::seed>("seed", "The seed of the lottery that breaks ties; 0: by id."),
            field<&StableView::weights_edition>("weights_edition", "The edition of the weights."),
            field<&StableView::weights_status>("weights_status", "How sure they are."),
            field<&StableView::pairs>("pairs", "Who belongs together."),
            field<&StableView::needs_alone>("needs_alone", "Needs that get nothing."),
        }};
}

} // namespace greenbank::match
