// request_states.cpp — the table, and reading it.
#include "services/engine/request_states.h"

#include <algorithm>

#include "kernel/text.h"

namespace greenbank::services {

namespace {

using State = RequestState;
using Action = RequestAction;
using Part = RequestPart;

// clang-format off
const std::vector<RequestTransition> transitions = {
    {{},                   Action::submit,            State::submitted,     {Part::asker}},
    {State::submitted,     Action::correct,           State::submitted,     {Part::asker}},
    {State::submitted,     Action::find_eligible,     State::eligible,      {Part::desk}},
    {State::submitted,     Action::find_not_eligible, State::not_eligible,  {Part::desk}},
    {State::not_eligible,  Action::correct,           State::submitted,     {Part::asker}},
    {State::eligible,      Action::find_eligible,     State::eligible,      {Part::desk}},
    {State::eligible,      Action::find_not_eligible, State::not_eligible,  {Part::desk}},
    {State::eligible,      Action::rank,              State::ranked,        {Part::desk}},
    {State::ranked,        Action::find_eligible,     State::eligible,      {Part::desk}},
    {State::ranked,        Action::find_not_eligible, State::not_eligible,  {Part::desk}},
    {State::ranked,        Action::propose_plan,      State::plan_proposed, {Part::desk}},
    {State::plan_proposed, Action::propose_plan,      State::plan_proposed, {Part::desk}},
    {State::plan_proposed, Action::agree_plan,        State::plan_agreed,   {Part::asker}},
    {State::plan_proposed, Action::return_plan,       State::ranked,        {Part::asker}, true},
    {State::plan_agreed,   Action::start,             State::running,       {Part::provider, Part::desk}},
    {State::running,       Action::deliver,           State::delivered,     {Part::provider, Part::desk}},
    {State::delivered,     Action::return_delivery,   State::running,       {Part::asker}, true},
    {State::delivered,     Action::close,             State::closed,        {Part::asker, Part::desk}},
    {State::submitted,     Action::withdraw,          State::withdrawn,     {Part::asker}},
    {State::eligible,      Action::withdraw,          State::withdrawn,     {Part::asker}},
    {State::not_eligible,  Action::withdraw,          State::withdrawn,     {Part::asker}},
    {State::ranked,        Action::withdraw,          State::withdrawn,     {Part::asker}},
    {State::plan_proposed, Action::withdraw,          State::withdrawn,     {Part::asker}},
    {State::plan_agreed,   Action::withdraw,          State::withdrawn,     {Part::asker}, true},
    {State::running,       Action::withdraw,          State::withdrawn,     {Part::asker}, true},
    {State::submitted,     Action::refuse,            State::refused,       {Part::desk}, true},
    {State::eligible,      Action::refuse,            State::refused,       {Part::desk}, true},
    {State::not_eligible,  Action::refuse,            State::refused,       {Part::desk}, true},
    {State::ranked,        Action::refuse,            State::refused,       {Part::desk}, true},
    {State::plan_proposed, Action::refuse,            State::refused,       {Part::desk}, true},
};
// clang-format on

bool is_of(const RequestPerson& person, const RequestTransition& row) {
    return std::any_of(row.parts.begin(), row.parts.end(),
        [&](Part part) { return (part == Part::asker && person.asker) || (part == Part::provider && person.provider) || (part == Part::desk && person.desk); });
}

} // namespace

std::span<const RequestTransition> request_transitions() { return transitions; }

bool is_final(RequestState state) {
    return std::none_of(transitions.begin(), transitions.end(), [&](const RequestTransition& row) { return row.from == state; });
}

std::optional<RequestPart> request_next(RequestState state) {
    switch (state) {
    case State::submitted:
    case State::eligible:
    case State::ranked: return Part::desk;
    case State::not_eligible:
    case State::plan_proposed:
    case State::delivered: return Part::asker;
    case State::plan_agreed:
    case State::running: return Part::provider;
    default: return {};
    }
}

bool takes_capacity(RequestState state) { return state == State::plan_proposed || state == State::plan_agreed || state == State::running; }

Result<RequestState> request_step(std::optional<RequestState> from, RequestAction action, const RequestPerson& person, bool has_reason) {
    for (const RequestTransition& row : transitions) {
        if (row.from != from || row.action != action) continue;
        if (!is_of(person, row))
            return Error{Failure::forbidden, "service_request.not_yours",
                "This step is for the asker, the provider or the desk of the bank to take; here it is not yours."};
        if (row.reason_needed && !has_reason) return invalid({{"comment", "service_request.reason", "Give a reason: the other side must know why."}});
        return row.to;
    }
    std::vector<std::string> possible;
    for (const RequestTransition& row : transitions)
        if (row.from == from && std::find(possible.begin(), possible.end(), name_of(row.action)) == possible.end()) possible.emplace_back(name_of(row.action));
    if (possible.empty())
        return Error{Failure::conflict, "service_request.ended", "This request has ended ({state}); submit a new one.",
            {{"state", from ? std::string(name_of(*from)) : std::string()}}};
    return Error{Failure::conflict, "service_request.wrong_step", "In the state {state} this step is not possible; possible are: {steps}.",
        {{"state", from ? std::string(name_of(*from)) : std::string()}, {"steps", join(possible, ", ")}}};
}

std::vector<RequestAction> request_actions(RequestState from, const RequestPerson& person) {
    std::vector<RequestAction> actions;
    for (const RequestTransition& row : transitions)
        if (row.from == from && is_of(person, row)) actions.push_back(row.action);
    return actions;
}

} // namespace greenbank::services
