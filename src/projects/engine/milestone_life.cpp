// milestone_life.cpp — the table of steps.
#include "projects/engine/milestone_life.h"

namespace greenbank::projects {

namespace {

using State = MilestoneState;
using Action = MilestoneAction;

struct Step {
    State from;
    Action action;
    State to;
    bool decides; // the owner's, not the submitter's
};

constexpr Step steps[] = {
    {State::planned, Action::submit, State::submitted, false},
    {State::returned, Action::submit, State::submitted, false},
    {State::submitted, Action::take_back, State::planned, false},
    {State::submitted, Action::accept, State::accepted, true},
    {State::submitted, Action::give_back, State::returned, true},
};

} // namespace

Result<MilestoneState> milestone_step(State from, Action action, const MilestonePerson& person, const std::string& submitted_by) {
    for (const Step& step : steps) {
        if (step.from != from || step.action != action) continue;
        if (!(step.decides ? person.may_decide : person.may_submit))
            return Error{Failure::forbidden, "milestone.part", "This is for the other side to do: who is responsible submits, the project's owner decides."};
        if (step.decides && person.person == submitted_by)
            return Error{Failure::forbidden, "milestone.four_eyes", "You submitted this yourself; another person decides."};
        return step.to;
    }
    return Error{Failure::conflict, "milestone.state", "The milestone is not at the point where this can be done."};
}

std::vector<Action> milestone_actions(State from, const MilestonePerson& person, const std::string& submitted_by) {
    std::vector<Action> actions;
    for (const Step& step : steps)
        if (step.from == from && milestone_step(from, step.action, person, submitted_by)) actions.push_back(step.action);
    return actions;
}

} // namespace greenbank::projects
