// reduction_states_test.cpp — the way of a judgement, told in lines; four eyes and independence over all moves and people.
#include "carbon/engine/reduction_states.h"

#include <doctest/doctest.h>

namespace greenbank::carbon {

namespace {

using Action = ReductionAction;
using State = ReductionState;

std::string step(State from, Action action, const ReductionPerson& person, const ReductionPast& past = {}, bool reason = true) {
    const auto to = reduction_step(from, action, person, past, reason);
    return to ? std::string(name_of(to.value())) : to.error().code.empty() ? "?" : to.error().problems.empty() ? to.error().code : to.error().problems[0].code;
}

} // namespace

TEST_CASE("the owner submits, one person of the assessor judges, another confirms") {
    const ReductionPerson owner{"ana", true, false}, first{"ben", false, true}, second{"eva", false, true};
    CHECK(step(State::draft, Action::submit, owner) == "submitted");
    CHECK(step(State::submitted, Action::judge, first, {"ana", ""}) == "judged");
    CHECK(step(State::judged, Action::confirm, first, {"ana", "ben"}) == "reduction.four_eyes");
    CHECK(step(State::judged, Action::confirm, second, {"ana", "ben"}) == "accepted");
    CHECK(step(State::submitted, Action::give_back, first, {"ana", ""}, false) == "reduction.reason");
    CHECK(step(State::submitted, Action::give_back, first, {"ana", ""}) == "draft");
    CHECK(step(State::submitted, Action::judge, owner, {"ana", ""}) == "reduction.not_yours");
    CHECK(step(State::draft, Action::confirm, second) == "reduction.wrong_step");
    CHECK(step(State::accepted, Action::submit, owner) == "reduction.ended");
    const ReductionPerson bound{"dan", false, true, true};
    CHECK(step(State::submitted, Action::judge, bound, {"ana", ""}) == "reduction.conflict");
    const ReductionPerson both{"ana", true, true};
    CHECK(step(State::submitted, Action::judge, both, {"ana", ""}) == "reduction.four_eyes");
}

TEST_CASE("nobody takes two steps of one judgement, whatever the table says") {
    for (const ReductionMove& move : reduction_moves())
        for (const bool owner : {false, true})
            for (const bool assessor : {false, true})
                for (const bool conflicted : {false, true}) {
                    const ReductionPerson person{"ana", owner, assessor, conflicted};
                    const auto to = reduction_step(move.from, move.action, person, {"ana", "ana"}, true);
                    if (move.part == ReductionPart::assessor) CHECK_FALSE(static_cast<bool>(to));
                    else CHECK(static_cast<bool>(to) == owner);
                    for (const Action action : reduction_actions(move.from, person, {"ana", "ana"}))
                        CHECK(static_cast<bool>(reduction_step(move.from, action, person, {"ana", "ana"}, true)));
                }
    for (const State state : {State::draft, State::submitted, State::judged}) CHECK(reduction_next(state).has_value());
    CHECK_FALSE(reduction_next(State::accepted).has_value());
}

} // namespace greenbank::carbon
