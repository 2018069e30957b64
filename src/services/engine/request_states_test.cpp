// request_states_test.cpp — every way through the table, and that nobody takes a step of another.
#include <doctest/doctest.h>

#include <set>

#include "services/engine/request_states.h"

namespace greenbank::services {

using State = RequestState;
using Action = RequestAction;

TEST_CASE("a request lives from submission to its end") {
    const RequestPerson asker{.asker = true}, provider{.provider = true}, desk{.desk = true};
    std::optional<State> state;
    const auto step = [&](Action action, const RequestPerson& person, bool reason = false) {
        auto next = request_step(state, action, person, reason);
        REQUIRE_MESSAGE(next, (next ? "" : next.error().message));
        state = next.value();
    };
    step(Action::submit, asker);
    step(Action::find_not_eligible, desk);
    step(Action::correct, asker);
    step(Action::find_eligible, desk);
    step(Action::rank, desk);
    step(Action::propose_plan, desk);
    step(Action::return_plan, asker, true);
    step(Action::propose_plan, desk);
    step(Action::agree_plan, asker);
    step(Action::start, provider);
    step(Action::deliver, provider);
    step(Action::return_delivery, asker, true);
    step(Action::deliver, provider);
    step(Action::close, asker);
    CHECK(state == State::closed);
    CHECK(request_step(state, Action::deliver, provider, false).error().code == "service_request.ended");
}

TEST_CASE("wrong steps are refused with what would be right") {
    CHECK(request_step(State::submitted, Action::agree_plan, {.asker = true}, false).error().code == "service_request.wrong_step");
    CHECK(request_step(State::submitted, Action::find_eligible, {.asker = true}, false).error().code == "service_request.not_yours");
    CHECK(request_step(State::plan_proposed, Action::return_plan, {.asker = true}, false).error().code == "body.invalid");
    CHECK(request_step(State::plan_agreed, Action::start, {.asker = true}, false).error().kind == Failure::forbidden);
}

TEST_CASE("no two rows of the table say the same, all states are reached, and whose turn it is has a step to take") {
    std::set<std::pair<std::optional<State>, Action>> seen;
    std::set<State> reached;
    for (const RequestTransition& row : request_transitions()) {
        CHECK(seen.emplace(row.from, row.action).second);
        reached.insert(row.to);
    }
    CHECK(reached.size() == std::size(Choices<State>::values));
    for (const State state : reached) {
        const auto next = request_next(state);
        CHECK(next.has_value() == !is_final(state));
        if (next) CHECK(!request_actions(state, {*next == RequestPart::asker, *next == RequestPart::provider, *next == RequestPart::desk}).empty());
        if (is_final(state)) CHECK(!takes_capacity(state));
    }
}

} // namespace greenbank::services
