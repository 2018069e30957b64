// weights_test.cpp — what is learned from, and what a change of weights is said to do.
#include <doctest/doctest.h>

#include "match/feedback/feedback.h"
#include "match/test_bank.h"

namespace greenbank::match {
namespace {

const Date today = make_date(2026, 11, 29);

MatchFeedback feedback(std::string technology, FeedbackAction action, std::optional<RefusalReason> reason = {}) {
    MatchFeedback made;
    made.need = Id<library::Need>("need_sample_island_power");
    made.technology = Id<library::Technology>(std::move(technology));
    made.action = action;
    made.reason = reason;
    return made;
}

} // namespace

TEST_CASE("the latest word of a pair counts, and reasons that say nothing of the fit are left out") {
    const auto moment = sample_bank()->moment();
    const std::vector<MatchFeedback> all = {feedback("tech_sample_island_wind", FeedbackAction::refused, RefusalReason::price),
        feedback("tech_sample_island_pv", FeedbackAction::refused, RefusalReason::no_answer), feedback("tech_sample_island_wind", FeedbackAction::signed_),
        feedback("tech_gone", FeedbackAction::signed_)};
    const auto observations = observations_of(*moment, all);
    REQUIRE(observations.size() == 1); // what is neither kept nor there any more cannot be judged
    CHECK(observations[0].outcome == 2);
    CHECK(observations[0].points[0] == points_full); // as the match grades it now
    std::vector<MatchFeedback> kept = {all[3]};
    kept[0].points = {1, 2, 3, 4, 5, 6, 7};
    CHECK(observations_of(*moment, kept).at(0).points[6] == 7);
}

TEST_CASE("the sample bank's feedback is enough to learn from") {
    const auto moment = sample_bank()->moment();
    const auto all = sample_of<MatchFeedback>("match_feedback");
    for (const MatchFeedback& one : all) {
        INFO(one.id.text);
        CHECK(validate(one));
        CHECK(moment->need(one.need.text));
        CHECK(moment->technology(one.technology.text));
        CHECK(one.sample);
    }
    const Refit made = refit(observations_of(*moment, all), moment->judging->weights.weight);
    CHECK(made.pairs >= 10);
    CHECK(made.groups >= 3);
    CHECK(made.loss_after < made.loss_before);
}

TEST_CASE("the same weights move nothing; others move what is told, as a match under them would") {
    const auto matcher = sample_bank();
    const auto moment = matcher->moment();
    WeightsReport same;
    compare(*moment, moment->judging->weights.weight, today, same);
    CHECK((same.needs_compared == 40 && same.best_changed == 0 && same.entered == 0 && same.moves.empty() && same.mean_move == 0));
    CriterionWeights other = {};
    other[static_cast<std::size_t>(Criterion::evidence)] = points_full;
    WeightsReport changed;
    compare(*moment, other, today, changed);
    CHECK(changed.best_changed > 0);
    matcher->use(edition_with(compiled_in_weights(), "2026-9", rows_of(other)));
    const auto then = matcher->moment();
    for (const RankMove& move : changed.moves) {
        const MatchList list = matches(*then, sample_need(move.need.text), {.top = 10, .today = today});
        const auto at = std::find_if(list.items.begin(), list.items.end(), [&](const MatchItem& one) { return one.technology == move.technology; });
        REQUIRE(move.rank_after.has_value() == (at != list.items.end()));
        if (!move.rank_after) continue;
        CHECK(at - list.items.begin() + 1 == *move.rank_after);
        CHECK(at->score_points == move.score_points_after);
    }
}

} // namespace greenbank::match
