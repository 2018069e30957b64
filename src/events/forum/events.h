// events.h — whose an event is, who sees it and who may change it; the event's own operations.
#pragma once

#include "api/call.h"
#include "events/forum/records.h"

namespace greenbank::events {

inline constexpr Right organise_events{"events.organise"};
inline constexpr Right manage_events{"bank.events"};

/// The caller runs this event: for its organiser, or as staff of the bank.
bool runs(const Caller& caller, const Event& event);
/// SQL on a column that holds an event's id: those that the caller sees. Drafts are for those who run them. Parameters are added.
std::string seen_events(const Caller& caller, std::string_view column, std::vector<Value>& parameters);

/// Those who may not see it learn nothing of it.
Result<Event> event_seen(Transaction& transaction, const Caller& caller, const Id<Event>& id);
/// Those who see it and do not run it learn that they may not.
Result<Event> event_to_run(Transaction& transaction, const Caller& caller, const Id<Event>& id);
/// An archived event stays as it is.
Result<Event> event_to_change(Transaction& transaction, const Caller& caller, const Id<Event>& id);

struct EventKey {
    Id<Event> id;
};
Record describe(const EventKey*);

std::vector<Endpoint> event_endpoints();

} // namespace greenbank::events
