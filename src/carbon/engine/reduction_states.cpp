// reduction_states.cpp — the table, and reading it.
#include "carbon/engine/reduction_states.h"

#include "kernel/text.h"

namespace greenbank::carbon {

namespace {

using State = ReductionState;
using Action = ReductionAction;
using Part = ReductionPart;

constexpr ReductionMove moves[] = {
    {State::draft, Action::submit, State::submitted, Part::owner},
    {State::submitted, Action::take_back, State::draft, Part::owner},
    {State::submitted, Action::judge, State::judged, Part::assessor},
    {State::submitted, Action::give_back, State::draft, Part::assessor, true},
    {State::judged, Action::confirm, State::accepted, Part::assessor},
    {State::judged, Action::reopen, State::submitted, Part::assessor, true},
    {State::judged, Action::refuse, State::refused, Part::assessor, true},
};

} // namespace

std::span<const ReductionMove> reduction_moves() { return moves; }

std::optional<ReductionPart> reduction_next(ReductionState state) {
    if (state == State::draft) return Part::owner;
    if (state == State::submitted || state == State::judged) return Part::assessor;
    return {};
}

Result<ReductionState> reduction_step(ReductionState from, ReductionAction action, const ReductionPerson& person, const ReductionPast& past, bool has_reason) {
    std::vector<std::string> possible;
    for (const ReductionMove& move : moves) {
        if (move.from != from) continue;
        possible.emplace_back(name_of(move.action));
        if (move.action != action) continue;
        if (!(move.part == Part::owner ? person.owner : person.assessor))
            return Error{Failure::forbidden, "reduction.not_yours", "This step is for the other side: the owner submits, the assessor judges."};
        if (move.part == Part::assessor) {
            if (person.conflicted)
                return Error{
                    Failure::forbidden, "reduction.conflict", "You belong to the owner or to a partner of this project; an assessor is independent of both."};
            const bool submitted_it = !past.submitted_by.empty() && past.submitted_by == person.person;
            const bool second = from == State::judged;
            if (submitted_it || (second && past.judged_by == person.person))
                return Error{Failure::forbidden, "reduction.four_eyes", "You took the step before this one; a second person of the assessor takes it."};
        }
        if (move.reason_needed && !has_reason) return invalid({{"reason", "reduction.reason", "Give a reason: the other side must know what is missing."}});
        return move.to;
    }
    if (possible.empty())
        return Error{
            Failure::conflict, "reduction.ended", "This has ended ({state}); nothing more can be done with it.", {{"state", std::string(name_of(from))}}};
    return Error{Failure::conflict, "reduction.wrong_step", "In the state {state} this step is not possible; possible are: {steps}.",
        {{"state", std::string(name_of(from))}, {"steps", join(possible, ", ")}}};
}

std::vector<ReductionAction> reduction_actions(ReductionState from, const ReductionPerson& person, const ReductionPast& past) {
    std::vector<ReductionAction> actions;
    for (const ReductionMove& move : moves)
        if (move.from == from && reduction_step(from, move.action, person, past, true)) actions.push_back(move.action);
    return actions;
}

} // namespace greenbank::carbon
