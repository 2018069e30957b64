// alarm_states.cpp — the table.
#include "energy/engine/alarms/alarm_states.h"

#include <algorithm>

namespace greenbank::energy {

namespace {

using State = AlarmState;
using Move = AlarmMove;
using Mover = AlarmMover;

// clang-format off
constexpr AlarmStep steps[] = {
    {std::nullopt,        Move::raise,       State::raised,       Mover::bank},
    {State::raised,       Move::acknowledge, State::acknowledged, Mover::person},
    {State::raised,       Move::escalate,    State::escalated,    Mover::both},
    {State::raised,       Move::shelve,      State::shelved,      Mover::person, true},
    {State::raised,       Move::clear,       State::cleared,      Mover::bank},
    {State::acknowledged, Move::escalate,    State::escalated,    Mover::both},
    {State::acknowledged, Move::shelve,      State::shelved,      Mover::person, true},
    {State::acknowledged, Move::clear,       State::cleared,      Mover::bank},
    {State::escalated,    Move::acknowledge, State::acknowledged, Mover::person},
    {State::escalated,    Move::shelve,      State::shelved,      Mover::person, true},
    {State::escalated,    Move::clear,       State::cleared,      Mover::bank},
    {State::shelved,      Move::unshelve,    State::raised,       Mover::both},
    {State::shelved,      Move::clear,       State::cleared,      Mover::bank},
};
// clang-format on

} // namespace

std::span<const AlarmStep> alarm_steps() { return steps; }

std::vector<AlarmMove> alarm_moves(AlarmState state) {
    std::vector<AlarmMove> moves;
    for (const AlarmStep& step : steps)
        if (step.from == state && step.mover != AlarmMover::bank) moves.push_back(step.move);
    return moves;
}

Result<AlarmState> alarm_step(std::optional<AlarmState> from, AlarmMove move, bool by_person, bool has_reason) {
    for (const AlarmStep& step : steps) {
        if (step.from != from || step.move != move || (by_person && step.mover == AlarmMover::bank)) continue;
        if (by_person && step.reason_needed && !has_reason)
            return invalid({{"reason", "alarm.reason", "Say why; whoever looks at this alarm next needs to know."}});
        return step.to;
    }
    std::vector<std::string> possible;
    if (from)
        for (const AlarmMove one : alarm_moves(*from)) possible.emplace_back(greenbank::name_of(one));
    return Error{Failure::conflict, "alarm.wrong_move", "An alarm that is {state} does not take this step; possible are: {moves}.",
        {{"state", from ? std::string(greenbank::name_of(*from)) : std::string("—")},
            {"moves", possible.empty() ? std::string("—") : greenbank::join(possible, ", ")}}};
}

} // namespace greenbank::energy
