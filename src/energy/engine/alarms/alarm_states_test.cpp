// alarm_states_test.cpp — every way through the table.
#include <doctest/doctest.h>

#include <set>

#include "energy/engine/alarms/alarm_states.h"

namespace greenbank::energy {

using State = AlarmState;
using Move = AlarmMove;

TEST_CASE("an alarm lives from raising to clearing") {
    CHECK(alarm_step(std::nullopt, Move::raise, false, false).value() == State::raised);
    CHECK(alarm_step(State::raised, Move::acknowledge, true, false).value() == State::acknowledged);
    CHECK(alarm_step(State::acknowledged, Move::escalate, true, false).value() == State::escalated);
    CHECK(alarm_step(State::escalated, Move::shelve, true, true).value() == State::shelved);
    CHECK(alarm_step(State::shelved, Move::unshelve, false, false).value() == State::raised);
    CHECK(alarm_step(State::raised, Move::clear, false, false).value() == State::cleared);
}

TEST_CASE("wrong moves are refused with what would be right") {
    CHECK(alarm_step(State::cleared, Move::acknowledge, true, false).error().code == "alarm.wrong_move");
    CHECK(alarm_step(State::raised, Move::clear, true, true).error().code == "alarm.wrong_move"); // people do not clear what still burns
    CHECK(alarm_step(State::raised, Move::shelve, true, false).error().problems.at(0).code == "alarm.reason");
    const auto refused = alarm_step(State::acknowledged, Move::acknowledge, true, false).error();
    CHECK(fill_in(refused.message, refused.parameters) == "An alarm that is acknowledged does not take this step; possible are: escalate, shelve.");
}

TEST_CASE("no two rows say the same, every state is reached, and every open alarm can clear") {
    std::set<std::pair<std::optional<State>, Move>> seen;
    std::set<State> reached;
    for (const AlarmStep& step : alarm_steps()) {
        CHECK(seen.emplace(step.from, step.move).second);
        reached.insert(step.to);
    }
    CHECK(reached.size() == std::size(Choices<State>::values));
    for (const State state : reached) {
        CHECK(is_open(state) == static_cast<bool>(alarm_step(state, Move::clear, false, false)));
        CHECK(is_open(state) == !alarm_moves(state).empty());
    }
}

} // namespace greenbank::energy
