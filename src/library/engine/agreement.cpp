// agreement.cpp — the table of steps.
#include "library/engine/agreement.h"

namespace greenbank::library {

namespace {

using State = AgreementState;
using Action = AgreementAction;
using Part = AgreementPart;

struct Step {
    std::optional<State> from;
    Action action;
    Part part;
    State to;
};

constexpr Step steps[] = {
    {{}, Action::request, Part::recipient, State::requested},
    {{}, Action::offer, Part::owner, State::offered},
    {State::requested, Action::offer, Part::owner, State::offered},
    {State::requested, Action::refuse, Part::owner, State::refused},
    {State::requested, Action::refuse, Part::recipient, State::refused}, // takes the request back
    {State::offered, Action::offer, Part::owner, State::offered},        // better terms, while nobody has signed
    {State::offered, Action::sign, Part::owner, State::signed_by_owner},
    {State::offered, Action::sign, Part::recipient, State::signed_by_recipient},
    {State::offered, Action::refuse, Part::owner, State::refused},
    {State::offered, Action::refuse, Part::recipient, State::refused},
    {State::signed_by_owner, Action::sign, Part::recipient, State::signed_},
    {State::signed_by_owner, Action::refuse, Part::owner, State::refused},
    {State::signed_by_owner, Action::refuse, Part::recipient, State::refused},
    {State::signed_by_recipient, Action::sign, Part::owner, State::signed_},
    {State::signed_by_recipient, Action::refuse, Part::owner, State::refused},
    {State::signed_by_recipient, Action::refuse, Part::recipient, State::refused},
    {State::signed_, Action::end, Part::owner, State::ended},
    {State::signed_, Action::end, Part::recipient, State::ended},
};

} // namespace

Result<AgreementState> agreement_step(std::optional<AgreementState> from, AgreementAction action, AgreementPart part) {
    bool by_other = false;
    for (const Step& step : steps) {
        if (step.from != from || step.action != action) continue;
        if (step.part == part) return step.to;
        by_other = true;
    }
    if (by_other && action == Action::sign) return Error{Failure::conflict, "agreement.signed_already", "Your side has signed; it is the other side's turn."};
    if (by_other) return Error{Failure::forbidden, "agreement.part", "This is for the other side of the agreement to do."};
    return Error{Failure::conflict, "agreement.state", "The agreement is not at the point where this can be done."};
}

std::vector<AgreementAction> agreement_actions(AgreementState from, AgreementPart part) {
    std::vector<AgreementAction> actions;
    for (const Step& step : steps)
        if (step.from == from && step.part == part) actions.push_back(step.action);
    return actions;
}

bool in_force(AgreementState state, std::optional<Date> from, std::optional<Date> until, Date today) {
    return state == State::signed_ && (!from || *from <= today) && (!until || today <= *until);
}

} // namespace greenbank::library
