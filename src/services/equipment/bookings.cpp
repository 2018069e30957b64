// bookings.cpp — booking shared equipment by slots: never twice, and who finds it taken is told what is free next.
#include <fmt/format.h>

#include "services/equipment/equipment.h"

namespace greenbank::services {

Record describe(const ById<EquipmentBooking>*) { return {"equipment_booking_key", "Names a booking.", {field<&ById<EquipmentBooking>::id>("id", "Its id.")}}; }

struct CalendarRequest {
    Id<Equipment> id;
    std::optional<Date> from;
    std::int64_t days = 7;
};
Record describe(const CalendarRequest*) {
    return {"calendar_request", "Which days of which equipment.",
        {field<&CalendarRequest::id>("id", "The equipment."),
            field<&CalendarRequest::from>("from", "The first day, on the calendar of the place; left out: today."),
            field<&CalendarRequest::days>("days", "How many days.", {.min = 1, .max = 62, .defaulted = true})}};
}

enum class SlotState { free, taken, own, past };
struct CalendarSlot {
    Time begins_at, ends_at;
    std::int64_t hour = 0; // on the clock of the place
    SlotState state = SlotState::free;
    std::optional<Id<EquipmentBooking>> booking; // of one's own; for the operator and the desk of anybody
    Text organisation_name;
    Text purpose;
};
Record describe(const CalendarSlot*) {
    using Slot = CalendarSlot;
    return {"calendar_slot", "One slot.",
        {field<&Slot::begins_at>("begins_at", "From when."), field<&Slot::ends_at>("ends_at", "Until when."),
            field<&Slot::hour>("hour", "On the clock of the place.", {.unit = "h"}), field<&Slot::state>("state", "Free, taken, one's own or past."),
            field<&Slot::booking>("booking", "The booking, for those who may see it."),
            field<&Slot::organisation_name>("organisation_name", "Who has it, for those who may see it."),
            field<&Slot::purpose>("purpose", "What for, for those who may see it.")}};
}
struct CalendarDay {
    Date day;
    std::vector<CalendarSlot> slots; // none: closed
};
Record describe(const CalendarDay*) {
    return {
        "calendar_day", "One day.", {field<&CalendarDay::day>("day", "Which."), field<&CalendarDay::slots>("slots", "Its slots; none: closed.", {.max = 24})}};
}
struct EquipmentCalendar {
    Equipment equipment;
    std::vector<CalendarDay> days;
    std::optional<Time> next_free;
    bool calibration_overdue = false;
};
Record describe(const EquipmentCalendar*) {
    using Calendar = EquipmentCalendar;
    return {"equipment_calendar", "When equipment is free.",
        {field<&Calendar::equipment>("equipment", "Which."), field<&Calendar::days>("days", "Day by day.", {.max = 62}),
            field<&Calendar::next_free>("next_free", "The next free slot."),
            field<&Calendar::calibration_overdue>("calibration_overdue", "It should have been calibrated.")}};
}

} // namespace greenbank::services

namespace greenbank {
template <> struct Choices<services::SlotState> {
    static constexpr std::string_view name = "slot_state";
    static constexpr std::string_view values[] = {"free", "taken", "own", "past"};
};
} // namespace greenbank

namespace greenbank::services {

namespace {

Result<std::set<Time>> busy_slots(Transaction& transaction, const Id<Equipment>& id, Time from) {
    std::set<Time> busy;
    for (const auto& row :
        TRY(transaction.query("SELECT begins_at FROM equipment_slot WHERE equipment = $1 AND begins_at >= $2", {id.text, from.microseconds})).rows)
        busy.insert({as_integer(row[0])});
    return busy;
}

Result<EquipmentCalendar> equipment_calendar_get(Transaction& transaction, const Caller& caller, const CalendarRequest& asked) {
    EquipmentCalendar calendar{.equipment = TRY(equipment_seen(transaction, caller, asked.id))};
    const Equipment& equipment = calendar.equipment;
    const SlotRule rule = slot_rule(equipment);
    const Date from = asked.from.value_or(day_at(rule, caller.now));
    std::map<Time, EquipmentBooking> taken;
    for (const EquipmentSlot& slot : TRY(transaction.find<EquipmentSlot>("equipment = $1", {equipment.id.text})))
        if (const auto booking = TRY(transaction.find_one<EquipmentBooking>("id = $1", {slot.booking}))) taken.emplace(slot.begins_at, *booking);
    std::map<std::string, Text> names;
    for (std::int32_t i = 0; i < asked.days; ++i) {
        CalendarDay day{.day = {from.days + i}};
        for (const Time begins : slots_of_day(rule, day.day)) {
            CalendarSlot slot{.begins_at = begins, .ends_at = begins + hours(rule.slot_hours)};
            slot.hour = ((begins + minutes(rule.utc_offset_minutes)).microseconds / 3'600'000'000) % 24;
            if (const auto found = taken.find(begins); found != taken.end()) {
                const EquipmentBooking& booking = found->second;
                const bool own = booking.organisation.text == caller.actor.organisation && !caller.actor.organisation.empty();
                slot.state = own ? SlotState::own : SlotState::taken;
                if (own || acts_or_desk(caller, equipment.operator_.text)) {
                    slot.booking = booking.id;
                    slot.purpose = booking.purpose;
                    if (!names.contains(booking.organisation.text))
                        if (const auto one = TRY(transaction.find_one<Organisation>("id = $1", {booking.organisation.text})))
                            names[booking.organisation.text] = one->name;
                    slot.organisation_name = names[booking.organisation.text];
                }
            } else if (begins < caller.now) slot.state = SlotState::past;
            day.slots.push_back(std::move(slot));
        }
        calendar.days.push_back(std::move(day));
    }
    calendar.next_free = next_free(rule, TRY(busy_slots(transaction, equipment.id, caller.now)), caller.now, 1);
    calendar.calibration_overdue = equipment.calibration_due && *equipment.calibration_due < date_of(caller.now);
    return calendar;
}

Error taken_error(const std::optional<Time>& next) {
    return {Failure::conflict, "booking.taken", "Somebody has booked this time; the next that is free begins at {next}.",
        {{"next", next ? to_text(*next) : std::string("—")}}};
}

Result<std::vector<Time>> slots_to_book(const Equipment& equipment, const EquipmentBooking& draft, Time now) {
    if (equipment.state != State::published) return Error{Failure::conflict, "booking.not_shared", "This equipment is not shared at the moment."};
    if (draft.begins_at < now) return invalid({{"begins_at", "booking.past", "This time has passed; book one that lies ahead."}});
    const SlotRule rule = slot_rule(equipment);
    if (const auto due = equipment.calibration_due; due && *due < day_at(rule, draft.begins_at))
        return Error{Failure::conflict, "booking.calibration", "Its calibration ends on {day}; book a time before, or ask its operator to calibrate it.",
            {{"day", to_text(*due)}}};
    const auto slots = slots_of(rule, draft.begins_at, draft.ends_at);
    if (!slots)
        return invalid(
            {{"begins_at", "booking.slots", "Book whole slots of {hours} h between {opens} and {closes} o'clock of one day, on the clock of the place.",
                {{"hours", std::to_string(rule.slot_hours)}, {"opens", std::to_string(rule.opens_hour)}, {"closes", std::to_string(rule.closes_hour)}}}});
    return *slots;
}

Result<Reply<EquipmentBooking>> equipment_booking_create(Transaction& transaction, const Caller& caller, const EquipmentBooking& draft) {
    const Equipment equipment = TRY(equipment_seen(transaction, caller, draft.equipment));
    EquipmentBooking booking = draft;
    booking.id = caller.new_id<EquipmentBooking>();
    booking.organisation = TRY(acting_organisation(caller));
    booking.operator_ = equipment.operator_;
    booking.person_name = as_text(TRY(transaction.query("SELECT name FROM person WHERE id = $1", {caller.actor.person})).single());
    booking.created_at = caller.now;
    const std::vector<Time> slots = TRY(slots_to_book(equipment, draft, caller.now));
    if (equipment.cost_per_hour) {
        booking.cost = *equipment.cost_per_hour;
        booking.cost->minor *= static_cast<std::int64_t>(slots.size()) * equipment.slot_hours;
    }
    for (const Time slot : slots) {
        const std::int64_t kept = TRY(
            transaction.execute("INSERT INTO equipment_slot (id, equipment, begins_at, booking, sample) VALUES ($1, $2, $3, $4, false) ON CONFLICT DO NOTHING",
                {caller.new_id<EquipmentSlot>().text, equipment.id.text, slot.microseconds, booking.id.text}));
        if (kept == 0) { // what was kept before goes with the whole unit of work
            TRY(transaction.execute("DELETE FROM equipment_slot WHERE booking = $1", {booking.id.text}));
            return taken_error(next_free(slot_rule(equipment), TRY(busy_slots(transaction, equipment.id, draft.begins_at)), draft.begins_at, slots.size()));
        }
    }
    TRY(transaction.insert(booking));
    return Reply<EquipmentBooking>{.body = std::move(booking), .status = 201};
}

Result<Page<EquipmentBooking>> equipment_booking_list(Transaction& transaction, const Caller& caller, const ListOf<EquipmentBooking>& list) {
    if (caller.actor.may(run_desk)) return list_page<EquipmentBooking>(transaction, caller, list);
    return list_page<EquipmentBooking>(transaction, caller, list, "$1 <> '' AND (organisation = $1 OR operator = $1)", {caller.actor.organisation});
}

Result<EquipmentBooking> booking_seen(Transaction& transaction, const Caller& caller, const Id<EquipmentBooking>& id) {
    EquipmentBooking booking = TRY(transaction.get(id));
    if (!acts_or_desk(caller, booking.organisation.text) && !acts_or_desk(caller, booking.operator_.text))
        return not_found(record_of<EquipmentBooking>(), id.text);
    return booking;
}
Result<EquipmentBooking> equipment_booking_get(Transaction& transaction, const Caller& caller, const ById<EquipmentBooking>& key) {
    return booking_seen(transaction, caller, key.id);
}

Result<EquipmentBooking> equipment_booking_cancel(Transaction& transaction, const Caller& caller, const ById<EquipmentBooking>& key) {
    EquipmentBooking booking = TRY(booking_seen(transaction, caller, key.id));
    if (booking.state == BookingState::cancelled) return Error{Failure::conflict, "booking.cancelled", "This booking is cancelled already."};
    if (booking.begins_at < caller.now) return Error{Failure::conflict, "booking.begun", "It has begun; only bookings that lie ahead are cancelled."};
    booking.state = BookingState::cancelled;
    TRY(transaction.execute("DELETE FROM equipment_slot WHERE booking = $1", {booking.id.text}));
    TRY(transaction.update(booking));
    return booking;
}

} // namespace

std::vector<Endpoint> booking_endpoints() {
    return {
        // clang-format off
        {"equipment_calendar_get", Method::get, "/equipment/{id}/calendar", "When equipment is free.", Mode::read, open_to_all, call(equipment_calendar_get)},
        {"equipment_booking_list", Method::get, "/equipment-bookings", "Bookings by one's organisation, and of its equipment.", Mode::read, signed_in, call(equipment_booking_list)},
        {"equipment_booking_get", Method::get, "/equipment-bookings/{id}", "One booking.", Mode::read, signed_in, call(equipment_booking_get)},
        {"equipment_booking_create", Method::post, "/equipment-bookings", "Book equipment.", Mode::write, write_services, call(equipment_booking_create)},
        {"equipment_booking_cancel", Method::post, "/equipment-bookings/{id}/cancel", "Cancel a booking that lies ahead.", Mode::write, write_services, call(equipment_booking_cancel)},
        // clang-format on
    };
}

} // namespace greenbank::services
