// events.cpp — entering an event and leading it through its states.
#include "events/forum/events.h"
#include "parties/acting.h"

#include <fmt/format.h>

namespace greenbank::events {

bool runs(const Caller& caller, const Event& event) {
    return caller.actor.may(manage_events) || (caller.actor.may(organise_events) && event.organiser.text == caller.actor.organisation);
}

std::string seen_events(const Caller& caller, std::string_view column, std::vector<Value>& parameters) {
    if (caller.actor.may(manage_events)) return "1 = 1";
    if (!caller.actor.may(organise_events) || caller.actor.organisation.empty())
        return fmt::format("{} IN (SELECT id FROM event WHERE state <> 'draft')", column);
    parameters.emplace_back(caller.actor.organisation);
    return fmt::format("{} IN (SELECT id FROM event WHERE state <> 'draft' OR organiser = ${})", column, parameters.size());
}

Result<Event> event_seen(Transaction& transaction, const Caller& caller, const Id<Event>& id) {
    Event event = TRY(transaction.get(id));
    if (event.state == EventState::draft && !runs(caller, event)) return not_found(record_of<Event>(), id.text);
    return event;
}

Result<Event> event_to_run(Transaction& transaction, const Caller& caller, const Id<Event>& id) {
    Event event = TRY(event_seen(transaction, caller, id));
    if (!runs(caller, event)) return Error{Failure::forbidden, "event.not_yours", "Another organisation runs this event."};
    return event;
}

Result<Event> event_to_change(Transaction& transaction, const Caller& caller, const Id<Event>& id) {
    Event event = TRY(event_to_run(transaction, caller, id));
    if (!may_change(event.state)) return Error{Failure::conflict, "event.archived", "The event is archived; take it out of the archive before changing it."};
    return event;
}

Record describe(const EventKey*) { return {"event_key", "Names an event.", {field<&EventKey::id>("id", "Its id.")}}; }

namespace {

struct EventStepAsk {
    Id<Event> id;
    EventAction action = EventAction::publish;
};
Record describe(const EventStepAsk*) {
    return {"event_step", "Leads an event into its next state.",
        {field<&EventStepAsk::id>("id", "Which event."), field<&EventStepAsk::action>("action", "What is done.")}};
}

Result<Page<Event>> event_list(Transaction& transaction, const Caller& caller, const ListOf<Event>& list) {
    std::vector<Value> parameters;
    const std::string where = seen_events(caller, "id", parameters);
    return list_page<Event>(transaction, caller, list, where, std::move(parameters));
}

Result<Event> event_get(Transaction& transaction, const Caller& caller, const EventKey& key) { return event_seen(transaction, caller, key.id); }

Result<Reply<Event>> event_create(Transaction& transaction, const Caller& caller, const Event& draft) {
    TRY(parties::acting_organisation(caller));
    Event event = draft;
    event.id = caller.new_id<Event>();
    event.organiser = Id<Organisation>(caller.actor.organisation);
    event.state = EventState::draft;
    event.created_at = event.updated_at = caller.now;
    TRY(transaction.insert(event));
    return Reply<Event>{.body = std::move(event), .status = 201};
}

Result<Event> event_update(Transaction& transaction, const Caller& caller, const Patch<Event>& patch) {
    TRY(event_to_change(transaction, caller, patch.id));
    Event event = TRY(apply_patch(transaction, caller, patch));
    event.updated_at = caller.now;
    TRY(transaction.update(event));
    return event;
}

Result<Event> event_take_step(Transaction& transaction, const Caller& caller, const EventStepAsk& ask) {
    Event event = TRY(event_to_run(transaction, caller, ask.id));
    event.state = TRY(event_step(event.state, ask.action));
    event.updated_at = caller.now;
    TRY(transaction.update(event));
    return event;
}

Result<Done> event_delete(Transaction& transaction, const Caller& caller, const EventKey& key) {
    const Event event = TRY(event_to_run(transaction, caller, key.id));
    if (event.state != EventState::draft) return Error{Failure::conflict, "event.published", "A published event is closed and archived, not deleted."};
    for (const char* table : {"registration", "signing"})
        if (!TRY(transaction.query(fmt::format("SELECT id FROM {} WHERE event = $1 LIMIT 1", table), {event.id.text})).empty())
            return Error{Failure::conflict, "event.has_people", "People are registered or something is signed at this event; it cannot be deleted."};
    for (const char* table : {"meeting_wish", "meeting_attendee", "meeting_plan", "meeting_round", "roadshow_slot", "booth", "pavilion", "programme_item",
             "speaker", "sub_event", "hall"})
        TRY(transaction.execute(fmt::format("DELETE FROM {} WHERE event = $1", table), {event.id.text}));
    return transaction.erase(event.id);
}

} // namespace

std::vector<Endpoint> event_endpoints() {
    return {
        // clang-format off
        {"event_list", Method::get, "/events", "Events.", Mode::read, open_to_all, call(event_list)},
        {"event_get", Method::get, "/events/{id}", "One event.", Mode::read, open_to_all, call(event_get)},
        {"event_create", Method::post, "/events", "Enter an event as a draft.", Mode::write, organise_events, call(event_create)},
        {"event_update", Method::patch, "/events/{id}", "Change an event.", Mode::write, organise_events, call(event_update)},
        {"event_step", Method::post, "/events/{id}/step", "Lead an event into its next state.", Mode::write, organise_events, call(event_take_step)},
        {"event_delete", Method::remove, "/events/{id}", "Delete a draft with all its parts.", Mode::write, organise_events, call(event_delete)},
        // clang-format on
    };
}

} // namespace greenbank::events
