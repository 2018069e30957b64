// label_states_test.cpp — who may take which step of a label.
#include "carbon/engine/label_states.h"

#include <doctest/doctest.h>

using namespace greenbank::carbon;

namespace {

std::string step(LabelState state, LabelAction action, LabelPerson person, bool comment = true) {
    const auto next = label_step(state, action, person, comment);
    return next ? "" : next.error().code;
}

} // namespace

TEST_CASE("a label goes from its owner over two strangers to its owner") {
    const LabelPerson owner{.for_owner = true, .member_of_owner = true}, reviewer{.for_reviewer = true}, verifier{.for_verifier = true};
    CHECK(step(LabelState::draft, LabelAction::submit, owner) == "");
    CHECK(step(LabelState::draft, LabelAction::submit, reviewer) == "label.not_yours");
    CHECK(step(LabelState::submitted, LabelAction::review, reviewer) == "");
    CHECK(step(LabelState::submitted, LabelAction::review, reviewer, false) == "label.comment");
    CHECK(step(LabelState::submitted, LabelAction::verify, verifier) == "label.state");
    CHECK(step(LabelState::reviewed, LabelAction::verify, verifier) == "");
    CHECK(step(LabelState::verified, LabelAction::publish, owner) == "");
    CHECK(step(LabelState::verified, LabelAction::publish, verifier) == "label.not_yours");
    CHECK(step(LabelState::published, LabelAction::withdraw, owner, false) == "label.comment");
    CHECK(step(LabelState::submitted, LabelAction::give_back, reviewer) == "");
    CHECK(label_actions(LabelState::withdrawn, owner).empty());
}

TEST_CASE("four eyes, and nobody of the owner's house") {
    CHECK(step(LabelState::submitted, LabelAction::review, {.for_reviewer = true, .member_of_owner = true}) == "label.conflict");
    CHECK(step(LabelState::submitted, LabelAction::review, {.for_reviewer = true, .submitted = true}) == "label.four_eyes");
    CHECK(step(LabelState::reviewed, LabelAction::verify, {.for_verifier = true, .reviewed = true}) == "label.four_eyes");
}

TEST_CASE("grades of a class") {
    const std::vector<GradeStep> steps = {{"A", 0.5}, {"B", 1}};
    CHECK(grade_of(1, 2, steps) == "A");
    CHECK(grade_of(1.5, 2, steps) == "B");
    CHECK(grade_of(3, 2, steps) == "");
    CHECK(grade_of(1, 0, steps) == "");
}
