// event_states.cpp — the table of steps.
#include "events/engine/event_states.h"

namespace greenbank::events {

namespace {

using State = EventState;
using Action = EventAction;

struct Step {
    State from;
    Action action;
    State to;
};

// Small events leave out registration or meetings; a past one is entered and closed at once.
constexpr Step steps[] = {
    {State::draft, Action::publish, State::published},
    {State::published, Action::open_registration, State::registration_open},
    {State::published, Action::start, State::running},
    {State::published, Action::close, State::closed},
    {State::published, Action::back, State::draft},
    {State::registration_open, Action::open_booking, State::booking_open},
    {State::registration_open, Action::start, State::running},
    {State::registration_open, Action::back, State::published},
    {State::booking_open, Action::start, State::running},
    {State::booking_open, Action::back, State::registration_open},
    {State::running, Action::close, State::closed},
    {State::closed, Action::archive, State::archived},
    {State::closed, Action::back, State::running},
    {State::archived, Action::back, State::closed},
};

} // namespace

Result<EventState> event_step(EventState from, EventAction action) {
    for (const Step& step : steps)
        if (step.from == from && step.action == action) return step.to;
    return Error{Failure::conflict, "event.state", "The event is not at the point where this can be done."};
}

std::vector<EventAction> event_actions(EventState from) {
    std::vector<EventAction> actions;
    for (const Step& step : steps)
        if (step.from == from) actions.push_back(step.action);
    return actions;
}

bool registration_is_open(EventState state) { return state == State::registration_open || state == State::booking_open || state == State::running; }
bool booking_is_open(EventState state) { return state == State::booking_open || state == State::running; }
bool may_change(EventState state) { return state != State::archived; }

} // namespace greenbank::events
