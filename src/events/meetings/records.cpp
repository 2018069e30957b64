// records.cpp — the descriptions.
#include "events/meetings/records.h"

#include "events/meetings/dzn.h"

namespace greenbank::events::meetings {

Record describe(const SessionRow*) {
    return {"meeting_session", "A part of the day that requests may be bound to.",
        {field<&SessionRow::name>("name", "Name, for example morning.", {.min = 1, .max = 80}),
            field<&SessionRow::first_slot>("first_slot", "First slot.", {.min = 1, .max = slots_max}),
            field<&SessionRow::last_slot>("last_slot", "Last slot.", {.min = 1, .max = slots_max})}};
}
Record describe(const ParticipantRow*) {
    return {"meeting_participant", "Somebody who meets others, one at a time.",
        {field<&ParticipantRow::id>("id", "Short name, unique.", {.min = 1, .max = 80}),
            field<&ParticipantRow::name>("name", "Name for people.", {.max = 200, .defaulted = true}),
            field<&ParticipantRow::forbidden_slots>("forbidden_slots", "Slots when it cannot meet.", {.max = slots_max, .defaulted = true})}};
}
Record describe(const RequestRow*) {
    return {"meeting_request", "Two participants who wish to meet for one slot.",
        {field<&RequestRow::id>("id", "Short name, unique.", {.min = 1, .max = 80}), field<&RequestRow::from>("from", "Who asked.", {.min = 1, .max = 80}),
            field<&RequestRow::to>("to", "Who was asked.", {.min = 1, .max = 80}),
            field<&RequestRow::value_from>("value_from", "What it is worth to the one who asked.", {.min = 0, .max = 1'000'000, .defaulted = true}),
            field<&RequestRow::value_to>("value_to", "What it is worth to the one who was asked.", {.min = 0, .max = 1'000'000, .defaulted = true}),
            field<&RequestRow::session>("session", "The session it must take place in.", {.min = 1, .max = 80}),
            field<&RequestRow::fixed_slot>("fixed_slot", "The slot it must take place in.", {.min = 1, .max = slots_max}),
            field<&RequestRow::after>("after", "Requests that must take place in earlier slots, if they do.", {.max = 1000, .defaulted = true})}};
}
Record describe(const TablesRow*) {
    return {"meeting_tables", "A slot with another number of tables.",
        {field<&TablesRow::slot>("slot", "Slot.", {.min = 1, .max = slots_max}),
            field<&TablesRow::tables>("tables", "Tables.", {.min = 0, .max = tables_max})}};
}
Record describe(const InstanceFile*) {
    return {"meeting_instance", "A round of one-to-one meetings.",
        {field<&InstanceFile::slots>("slots", "Slots, one after the other.", {.min = 1, .max = slots_max}),
            field<&InstanceFile::tables>("tables", "Meetings at once.", {.min = 1, .max = tables_max}),
            field<&InstanceFile::other_tables>("other_tables", "Slots with another number of tables.", {.max = slots_max, .defaulted = true}),
            field<&InstanceFile::break_spread_max>("break_spread_max", "Fairness: how much the numbers of breaks of two participants may differ.",
                {.min = 0, .max = slots_max, .defaulted = true}),
            field<&InstanceFile::sessions>("sessions", "Parts of the day.", {.max = 50, .defaulted = true}),
            field<&InstanceFile::participants>("participants", "Who meets.", {.min = 1, .max = participants_max}),
            field<&InstanceFile::requests>("requests", "Who wishes to meet whom.", {.max = requests_max})}};
}
Record describe(const BoundRow*) {
    return {"meeting_bound", "A number reached and the number that nothing can beat.",
        {field<&BoundRow::reached>("reached", "Reached."), field<&BoundRow::bound>("bound", "Nothing can be better than this."),
            field<&BoundRow::proven>("proven", "Both are equal: it is the best.")}};
}
Record describe(const PlacedRow*) {
    return {"meeting_placed", "A meeting with slot and table.",
        {field<&PlacedRow::request>("request", "Request.", {.min = 1, .max = 80}), field<&PlacedRow::from>("from", "Who asked.", {.min = 1, .max = 80}),
            field<&PlacedRow::to>("to", "Who was asked.", {.min = 1, .max = 80}), field<&PlacedRow::slot>("slot", "Slot.", {.min = 1, .max = slots_max}),
            field<&PlacedRow::table>("table", "Table.", {.min = 1, .max = tables_max})}};
}
Record describe(const UnplacedRow*) {
    return {"meeting_unplaced", "A request without a place, and why.",
        {field<&UnplacedRow::request>("request", "Request.", {.min = 1, .max = 80}), field<&UnplacedRow::from>("from", "Who asked.", {.min = 1, .max = 80}),
            field<&UnplacedRow::to>("to", "Who was asked.", {.min = 1, .max = 80}), field<&UnplacedRow::reason>("reason", "Why it has no place."),
            field<&UnplacedRow::sentence>("sentence", "The reason in a sentence.", {.max = 1000})}};
}
Record describe(const AgendaEntry*) {
    return {"meeting_agenda_entry", "One meeting of a participant.",
        {field<&AgendaEntry::slot>("slot", "Slot.", {.min = 1, .max = slots_max}), field<&AgendaEntry::table>("table", "Table.", {.min = 1, .max = tables_max}),
            field<&AgendaEntry::session>("session", "Session.", {.max = 80}), field<&AgendaEntry::with>("with", "Whom it meets.", {.min = 1, .max = 80}),
            field<&AgendaEntry::with_name>("with_name", "The other's name.", {.max = 200}),
            field<&AgendaEntry::request>("request", "Request.", {.min = 1, .max = 80})}};
}
Record describe(const AgendaRow*) {
    return {"meeting_agenda", "The meetings of a participant in their order.",
        {field<&AgendaRow::participant>("participant", "Participant.", {.min = 1, .max = 80}), field<&AgendaRow::name>("name", "Name.", {.max = 200}),
            field<&AgendaRow::breaks>("breaks", "Breaks: runs of idle slots between two meetings.", {.min = 0, .max = slots_max}),
            field<&AgendaRow::meetings>("meetings", "Meetings by slot.", {.max = slots_max})}};
}
Record describe(const MoveRow*) {
    return {"meeting_move", "What a repair changed of what was announced.",
        {field<&MoveRow::request>("request", "Request.", {.min = 1, .max = 80}),
            field<&MoveRow::slot_before>("slot_before", "Slot that was announced.", {.min = 1, .max = slots_max}),
            field<&MoveRow::slot>("slot", "Slot now; absent: it has no place any more.", {.min = 1, .max = slots_max})}};
}
Record describe(const ScheduleFile*) {
    return {"meeting_schedule", "A schedule of one-to-one meetings with its bounds.",
        {field<&ScheduleFile::status>("status", "Whether every objective is proven to be the best."),
            field<&ScheduleFile::meetings>("meetings", "Meetings placed.", {.min = 0, .max = requests_max}),
            field<&ScheduleFile::value>("value", "Value to both sides, and the most that any schedule can have."),
            field<&ScheduleFile::idle_breaks>("idle_breaks", "Idle breaks, and the fewest that any schedule of this value and fairness can have."),
            field<&ScheduleFile::break_spread>("break_spread", "The most breaks of a participant minus the fewest.", {.min = 0, .max = slots_max}),
            field<&ScheduleFile::fair>("fair", "Whether the spread is within the limit."),
            field<&ScheduleFile::this_choice_only>("this_choice_only", "Whether breaks and changes are proven for this choice of requests only."),
            field<&ScheduleFile::changes>("changes", "Announced meetings that were moved or withdrawn by a repair, and the fewest possible."),
            field<&ScheduleFile::changed>("changed", "What was changed.", {.max = requests_max}),
            field<&ScheduleFile::placed>("placed", "Meetings.", {.max = requests_max}),
            field<&ScheduleFile::unplaced>("unplaced", "Requests without a place.", {.max = requests_max}),
            field<&ScheduleFile::agendas>("agendas", "The day of each participant.", {.max = participants_max}),
            field<&ScheduleFile::instance>("instance", "What was scheduled.")}};
}

} // namespace greenbank::events::meetings
