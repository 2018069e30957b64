// command_states.cpp — the table.
#include "energy/engine/control/command_states.h"

namespace greenbank::energy {

namespace {

using State = CommandState;
using Move = CommandMove;
using Mover = CommandMover;

// clang-format off
constexpr CommandStep steps[] = {
    {std::nullopt,    Move::propose,  State::proposed,  Mover::maker},
    {std::nullopt,    Move::order,    State::queued,    Mover::maker},
    {std::nullopt,    Move::order,    State::queued,    Mover::bank}, // the fallback
    {State::proposed, Move::approve,  State::queued,    Mover::checker},
    {State::proposed, Move::reject,   State::refused,   Mover::checker},
    {State::proposed, Move::withdraw, State::withdrawn, Mover::maker},
    {State::proposed, Move::replace,  State::replaced,  Mover::bank},
    {State::queued,   Move::withdraw, State::withdrawn, Mover::maker},
    {State::queued,   Move::replace,  State::replaced,  Mover::bank},
    {State::queued,   Move::send,     State::sent,      Mover::bank},
    {State::queued,   Move::fail,     State::failed,    Mover::bank},
    {State::sent,     Move::confirm,  State::confirmed, Mover::bank},
    {State::sent,     Move::fail,     State::failed,    Mover::bank},
    {State::sent,     Move::replace,  State::replaced,  Mover::bank},
};
// clang-format on

} // namespace

std::span<const CommandStep> command_steps() { return steps; }

std::vector<CommandMove> command_moves(CommandState state, CommandMover mover) {
    std::vector<CommandMove> moves;
    for (const CommandStep& step : steps)
        if (step.from == state && step.mover == mover) moves.push_back(step.move);
    return moves;
}

Result<CommandState> command_step(std::optional<CommandState> from, CommandMove move, CommandMover mover) {
    bool anybody = false;
    for (const CommandStep& step : steps) {
        if (step.from != from || step.move != move) continue;
        if (step.mover == mover) return step.to;
        anybody = true;
    }
    if (anybody)
        return Error{
            Failure::forbidden, "control.second_person", "This step is another person's: who orders does not approve, and only who ordered withdraws."};
    return Error{Failure::conflict, "control.wrong_step", "An order that is {state} does not take this step.",
        {{"state", from ? std::string(greenbank::name_of(*from)) : std::string("—")}}};
}

} // namespace greenbank::energy
