// event_states.h — the life of an event as a table: draft → published → registration open → booking open → running → closed → archived. Pure.
#pragma once

#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"

namespace greenbank::events {

enum class EventState { draft, published, registration_open, booking_open, running, closed, archived };
enum class EventAction { publish, open_registration, open_booking, start, close, archive, back };

/// Failure::conflict "event.state" where the table has no such step. `back` undoes the last step up to the start, for what was pressed too early.
Result<EventState> event_step(EventState from, EventAction action);
/// What may come next, the usual step first.
std::vector<EventAction> event_actions(EventState from);

/// People may put themselves down.
bool registration_is_open(EventState state);
/// Wishes for meetings may be made and answered.
bool booking_is_open(EventState state);
/// The programme may still be changed.
bool may_change(EventState state);

} // namespace greenbank::events

namespace greenbank {
template <> struct Choices<events::EventState> {
    static constexpr std::string_view name = "event_state";
    static constexpr std::string_view values[] = {"draft", "published", "registration_open", "booking_open", "running", "closed", "archived"};
};
template <> struct Choices<events::EventAction> {
    static constexpr std::string_view name = "event_action";
    static constexpr std::string_view values[] = {"publish", "open_registration", "open_booking", "start", "close", "archive", "back"};
};
} // namespace greenbank
