// rounds.cpp — entering rounds, taking part in them, wishing to meet and answering.
#include "events/meetings/rounds.h"
#include "parties/acting.h"

#include <algorithm>

#include <fmt/format.h>

namespace greenbank::events {

bool answers_for(const Caller& caller, const Event& event, const MeetingAttendee& attendee) {
    if (runs(caller, event)) return true;
    return attendee.organisation && !caller.actor.organisation.empty() && attendee.organisation->text == caller.actor.organisation;
}

Result<std::map<std::string, MeetingAttendee>> attendees_of(Transaction& transaction, const Id<MeetingRound>& round) {
    std::map<std::string, MeetingAttendee> all;
    for (MeetingAttendee& one : TRY(transaction.find<MeetingAttendee>("round = $1", {round.text}))) all.emplace(one.id.text, std::move(one));
    return all;
}

Result<Done> check_part(Transaction& transaction, const Caller&, const Event& event, MeetingRound& round) {
    Problems problems;
    for (std::size_t i = 0; i < round.day_parts.size(); ++i)
        if (date_of(round.day_parts[i].starts_at).days < event.first_day.days - 1 || date_of(round.day_parts[i].ends_at).days > event.last_day.days + 1)
            problems.push_back({fmt::format("day_parts[{}].starts_at", i), "programme.outside", "This is not within the days of the event, {first} to {last}.",
                {{"first", to_text(event.first_day)}, {"last", to_text(event.last_day)}}});
    const std::int64_t slots = static_cast<std::int64_t>(slots_of(round).size());
    for (const MeetingAttendee& one : TRY(transaction.find<MeetingAttendee>("round = $1", {round.id.text})))
        if (std::any_of(one.forbidden_slots.begin(), one.forbidden_slots.end(), [&](std::int64_t slot) { return slot > slots; }) && problems.empty())
            problems.push_back({"day_parts", "meetings.slots_lost",
                "There would be only {count} slots, but attendees have named later ones when they cannot meet.", {{"count", std::to_string(slots)}}});
    return none_of(std::move(problems));
}
Result<Done> before_removal(Transaction& transaction, const MeetingRound& round) {
    return check_unused(transaction, "meeting_attendee", "round", round.id.text);
}

namespace {

using AttendeeKey = PartKey<MeetingAttendee>;
using WishKey = PartKey<MeetingWish>;

struct WishAnswerAsk {
    Id<MeetingWish> id;
    WishAnswer answer = WishAnswer::accepted;
    std::optional<std::int64_t> value;
};
Record describe(const WishAnswerAsk*) {
    return {"meeting_wish_answer", "Answers a wish.",
        {field<&WishAnswerAsk::id>("id", "Which wish."), field<&WishAnswerAsk::answer>("answer", "Accepted or declined; open takes an answer back."),
            field<&WishAnswerAsk::value>("value", "What the meeting is worth to the one who was asked, 1 to 10.", {.min = 1, .max = wish_value_max})}};
}

constexpr std::int64_t attendees_max = 2'000, wishes_max = 20'000, wishes_of_one_max = 60;

/// SQL: rows of events that the caller runs; its parameters are added. Empty: of none.
std::string run_by(const Caller& caller, std::vector<Value>& parameters) {
    if (!caller.actor.may(organise_events) || caller.actor.organisation.empty()) return "1 = 0";
    parameters.emplace_back(caller.actor.organisation);
    return fmt::format("event IN (SELECT id FROM event WHERE organiser = ${})", parameters.size());
}

/// Who takes part in an event sees who else does.
Result<bool> comes_to(Transaction& transaction, const Caller& caller, const Id<Event>& event) {
    if (caller.actor.person.empty()) return false;
    return !TRY(
        transaction.query("SELECT id FROM registration WHERE event = $1 AND state = 'approved' AND (registered_by = $2 OR (organisation = $3 AND $3 <> '')) "
                          "UNION SELECT id FROM meeting_attendee WHERE event = $1 AND organisation = $3 AND $3 <> '' LIMIT 1",
            {event.text, caller.actor.person, caller.actor.organisation}))
                .empty();
}

// ---- attendees --------------------------------------------------------------------------------------------------

Result<Page<MeetingAttendee>> attendee_list(Transaction& transaction, const Caller& caller, const ListOf<MeetingAttendee>& list) {
    if (caller.actor.may(manage_events)) return list_page<MeetingAttendee>(transaction, caller, list);
    std::vector<Value> parameters{caller.actor.person, caller.actor.organisation};
    const std::string where =
        "event IN (SELECT event FROM registration WHERE state = 'approved' AND (registered_by = $1 OR (organisation = $2 AND $2 <> ''))) OR "
        "event IN (SELECT a.event FROM meeting_attendee a WHERE a.organisation = $2 AND $2 <> '') OR " +
        run_by(caller, parameters);
    return list_page<MeetingAttendee>(transaction, caller, list, where, std::move(parameters));
}

Result<MeetingAttendee> attendee_get(Transaction& transaction, const Caller& caller, const AttendeeKey& key) {
    MeetingAttendee one = TRY(transaction.get(key.id));
    const Event event = TRY(transaction.get(one.event));
    if (!answers_for(caller, event, one) && !TRY(comes_to(transaction, caller, event.id))) return not_found(record_of<MeetingAttendee>(), key.id.text);
    return one;
}

Result<Done> check_booking(const Caller& caller, const Event& event) {
    if (runs(caller, event) ? may_change(event.state) : booking_is_open(event.state)) return Done{};
    return Error{Failure::conflict, "meetings.booking_closed", "Meetings of this event cannot be booked now."};
}

Result<Done> check_attendee(Transaction& transaction, const MeetingRound& round, const MeetingAttendee& one) {
    Problems problems;
    const std::int64_t slots = static_cast<std::int64_t>(slots_of(round).size());
    for (std::size_t i = 0; i < one.forbidden_slots.size(); ++i)
        if (one.forbidden_slots[i] < 1 || one.forbidden_slots[i] > slots)
            problems.push_back({fmt::format("forbidden_slots[{}]", i), "meetings.slot", "There is no slot {slot}; the last one is {slots}.",
                {{"slot", std::to_string(one.forbidden_slots[i])}, {"slots", std::to_string(slots)}}});
    TRY(check_there(transaction, one.organisation, "organisation", problems));
    return none_of(std::move(problems));
}

Result<Reply<MeetingAttendee>> attendee_create(Transaction& transaction, const Caller& caller, const MeetingAttendee& draft) {
    const MeetingRound round = TRY(part_get<MeetingRound>(transaction, caller, {draft.round}));
    const Event event = TRY(transaction.get(round.event));
    TRY(check_booking(caller, event));
    MeetingAttendee one = draft;
    one.id = caller.new_id<MeetingAttendee>();
    one.event = event.id;
    one.created_at = caller.now;
    if (!runs(caller, event)) {
        TRY(parties::acting_organisation(caller));
        one.organisation = Id<Organisation>(caller.actor.organisation);
        if (!TRY(comes_to(transaction, caller, event.id)))
            return Error{Failure::conflict, "meetings.not_registered", "Register for the event first; who has a place there can book meetings."};
        if (TRY(transaction.find_one<MeetingAttendee>("round = $1 AND organisation = $2", {round.id.text, caller.actor.organisation})))
            return Error{Failure::conflict, "meetings.attends_twice", "Your organisation takes part in this round already."};
    }
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM meeting_attendee WHERE round = $1", {round.id.text})).single()) >= attendees_max)
        return Error{Failure::conflict, "meetings.too_many", "A round has at most {limit} of these.", {{"limit", std::to_string(attendees_max)}}};
    TRY(check_attendee(transaction, round, one));
    TRY(transaction.insert(one));
    return Reply<MeetingAttendee>{.body = std::move(one), .status = 201};
}

/// Those who see it and do not answer for it learn that they may not.
Result<std::pair<MeetingAttendee, Event>> own_attendee(Transaction& transaction, const Caller& caller, const Id<MeetingAttendee>& id) {
    MeetingAttendee one = TRY(attendee_get(transaction, caller, {id}));
    Event event = TRY(transaction.get(one.event));
    if (!answers_for(caller, event, one)) return Error{Failure::forbidden, "meetings.not_yours", "Another organisation answers for this attendee."};
    TRY(check_booking(caller, event));
    return std::pair(std::move(one), std::move(event));
}

Result<MeetingAttendee> attendee_update(Transaction& transaction, const Caller& caller, const Patch<MeetingAttendee>& patch) {
    const auto [before, event] = TRY(own_attendee(transaction, caller, patch.id));
    MeetingAttendee one = TRY(apply_patch(transaction, caller, patch));
    if (one.round != before.round) return invalid({{"round", "event.part_moves", "A part stays with its event; enter it anew at the other one."}});
    if (one.organisation != before.organisation && !runs(caller, event))
        return invalid({{"organisation", "meetings.organisation_fixed", "Only the organiser says who answers for an attendee."}});
    TRY(check_attendee(transaction, TRY(transaction.get(one.round)), one));
    TRY(transaction.update(one));
    return one;
}

Result<Done> attendee_delete(Transaction& transaction, const Caller& caller, const AttendeeKey& key) {
    const auto [one, event] = TRY(own_attendee(transaction, caller, key.id));
    const MeetingRound round = TRY(transaction.get(one.round));
    if (round.announced)
        return Error{Failure::conflict, "meetings.announced",
            "A plan is announced; who cannot come is cancelled in its repair, so that the others keep their meetings."};
    TRY(transaction.execute("DELETE FROM meeting_wish WHERE asking = $1 OR asked = $1", {one.id.text}));
    return transaction.erase(one.id);
}

// ---- wishes -----------------------------------------------------------------------------------------------------

Result<Page<MeetingWish>> wish_list(Transaction& transaction, const Caller& caller, const ListOf<MeetingWish>& list) {
    if (caller.actor.may(manage_events)) return list_page<MeetingWish>(transaction, caller, list);
    std::vector<Value> parameters{caller.actor.organisation};
    const std::string where =
        "asking IN (SELECT id FROM meeting_attendee WHERE organisation = $1 AND $1 <> '') OR asked IN (SELECT id FROM meeting_attendee WHERE "
        "organisation = $1 AND $1 <> '') OR " +
        run_by(caller, parameters);
    return list_page<MeetingWish>(transaction, caller, list, where, std::move(parameters));
}

struct Sides {
    MeetingWish wish;
    Event event;
    MeetingAttendee asking, asked;
};
Result<Sides> sides_of(Transaction& transaction, const Caller& caller, const Id<MeetingWish>& id) {
    MeetingWish wish = TRY(transaction.get(id));
    auto event = TRY(transaction.get(wish.event));
    auto asking = TRY(transaction.get(wish.asking));
    auto asked = TRY(transaction.get(wish.asked));
    Sides sides{wish, std::move(event), std::move(asking), std::move(asked)};
    if (!answers_for(caller, sides.event, sides.asking) && !answers_for(caller, sides.event, sides.asked)) return not_found(record_of<MeetingWish>(), id.text);
    return sides;
}

Result<MeetingWish> wish_get(Transaction& transaction, const Caller& caller, const WishKey& key) { return TRY(sides_of(transaction, caller, key.id)).wish; }

Result<Done> check_wish_terms(Transaction& transaction, const Caller& caller, const Event& event, const MeetingRound& round, const MeetingWish& wish) {
    Problems problems;
    const std::int64_t slots = static_cast<std::int64_t>(slots_of(round).size());
    if (wish.day_part && std::none_of(round.day_parts.begin(), round.day_parts.end(), [&](const MeetingDayPart& part) { return part.name == *wish.day_part; }))
        problems.push_back({"day_part", "meetings.unknown_session", "There is no session {name}.", {{"name", *wish.day_part}}});
    if (wish.fixed_slot && !runs(caller, event))
        problems.push_back({"fixed_slot", "meetings.fixed_by_organiser", "Only the organiser fixes the time of a meeting."});
    else if (wish.fixed_slot && *wish.fixed_slot > slots)
        problems.push_back({"fixed_slot", "meetings.slot", "There is no slot {slot}; the last one is {slots}.",
            {{"slot", std::to_string(*wish.fixed_slot)}, {"slots", std::to_string(slots)}}});
    for (std::size_t i = 0; i < wish.after.size(); ++i) {
        const auto other = TRY(transaction.find_one<MeetingWish>("id = $1", {wish.after[i].text}));
        if (!other || other->round != round.id || other->id == wish.id)
            problems.push_back({fmt::format("after[{}]", i), "meetings.other_wish", "There is no other wish of this round with this id."});
    }
    return none_of(std::move(problems));
}

Result<Reply<MeetingWish>> wish_create(Transaction& transaction, const Caller& caller, const MeetingWish& draft) {
    const auto [asking, event] = TRY(own_attendee(transaction, caller, draft.asking));
    const auto asked = TRY(transaction.find_one<MeetingAttendee>("id = $1 AND round = $2", {draft.asked.text, asking.round.text}));
    if (!asked) return invalid({{"asked", "meetings.unknown_attendee", "Nobody with this id takes part in the round."}});
    for (const auto& [one, name] : {std::pair(&asking, "asking"), std::pair(&*asked, "asked")})
        if (one->withdrawn) return invalid({{name, "meetings.withdrawn", "{name} does not come any more.", {{"name", one->name.best(caller.language)}}}});
    if (TRY(transaction.find_one<MeetingWish>("asking = $1 AND asked = $2", {asking.id.text, asked->id.text})))
        return Error{Failure::conflict, "meetings.wished", "You have asked for this meeting already."};
    if (TRY(transaction.find_one<MeetingWish>("asking = $1 AND asked = $2", {asked->id.text, asking.id.text})))
        return Error{Failure::conflict, "meetings.asked_already", "They have asked you already; answer that wish instead."};
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM meeting_wish WHERE asking = $1", {asking.id.text})).single()) >= wishes_of_one_max)
        return Error{Failure::conflict, "meetings.too_many", "A round has at most {limit} of these.", {{"limit", std::to_string(wishes_of_one_max)}}};
    if (as_integer(TRY(transaction.query("SELECT COUNT(*) FROM meeting_wish WHERE round = $1", {asking.round.text})).single()) >= wishes_max)
        return Error{Failure::conflict, "meetings.too_many", "A round has at most {limit} of these.", {{"limit", std::to_string(wishes_max)}}};
    MeetingWish wish = draft;
    wish.id = caller.new_id<MeetingWish>();
    wish.event = event.id;
    wish.round = asking.round;
    wish.answer = WishAnswer::open;
    wish.value_asked.reset();
    wish.answered_at.reset();
    wish.created_at = caller.now;
    TRY(check_wish_terms(transaction, caller, event, TRY(transaction.get(asking.round)), wish));
    TRY(transaction.insert(wish));
    return Reply<MeetingWish>{.body = std::move(wish), .status = 201};
}

Result<Sides> asking_side(Transaction& transaction, const Caller& caller, const Id<MeetingWish>& id) {
    Sides sides = TRY(sides_of(transaction, caller, id));
    if (!answers_for(caller, sides.event, sides.asking))
        return Error{Failure::forbidden, "meetings.not_your_wish", "The other side has made this wish; answer it."};
    TRY(check_booking(caller, sides.event));
    return sides;
}

Result<MeetingWish> wish_update(Transaction& transaction, const Caller& caller, const Patch<MeetingWish>& patch) {
    const Sides sides = TRY(asking_side(transaction, caller, patch.id));
    MeetingWish wish = TRY(apply_patch(transaction, caller, patch));
    Problems problems;
    for (const auto& [name, same] : {std::pair("asking", wish.asking == sides.wish.asking), {"asked", wish.asked == sides.wish.asked}})
        if (!same) problems.push_back({name, "meetings.sides_fixed", "A wish stays between its two sides; make another one."});
    TRY(none_of(std::move(problems)));
    TRY(check_wish_terms(transaction, caller, sides.event, TRY(transaction.get(wish.round)), wish));
    TRY(transaction.update(wish));
    return wish;
}

Result<MeetingWish> wish_answer(Transaction& transaction, const Caller& caller, const WishAnswerAsk& ask) {
    Sides sides = TRY(sides_of(transaction, caller, ask.id));
    if (!answers_for(caller, sides.event, sides.asked)) return Error{Failure::forbidden, "meetings.not_asked", "The other side answers this wish."};
    TRY(check_booking(caller, sides.event));
    MeetingWish& wish = sides.wish;
    wish.answer = ask.answer;
    wish.value_asked.reset();
    wish.answered_at.reset();
    if (ask.answer == WishAnswer::accepted) wish.value_asked = ask.value.value_or(5);
    if (ask.answer != WishAnswer::open) wish.answered_at = caller.now;
    TRY(transaction.update(wish));
    return wish;
}

Result<Done> wish_delete(Transaction& transaction, const Caller& caller, const WishKey& key) {
    const Sides sides = TRY(asking_side(transaction, caller, key.id));
    for (MeetingWish& other : TRY(transaction.find<MeetingWish>("round = $1", {sides.wish.round.text}))) {
        if (std::erase(other.after, sides.wish.id) == 0) continue;
        TRY(transaction.update(other));
    }
    return transaction.erase(sides.wish.id);
}

} // namespace

std::vector<Endpoint> round_endpoints() {
    std::vector<Endpoint> rows;
    // clang-format off
    add_part<MeetingRound>(rows, {"/meeting-rounds", "Rounds of one-to-one meetings.", "One round.", "Enter a round.", "Change a round.", "Delete a round in which nobody takes part."});
    for (Endpoint& row : std::vector<Endpoint>{
        {"meeting_attendee_list", Method::get, "/meeting-attendees", "Who takes part in rounds, for those who come to the event.", Mode::read, signed_in, call(attendee_list)},
        {"meeting_attendee_get", Method::get, "/meeting-attendees/{id}", "One attendee.", Mode::read, signed_in, call(attendee_get)},
        {"meeting_attendee_create", Method::post, "/meeting-attendees", "Take part in a round.", Mode::write, signed_in, call(attendee_create)},
        {"meeting_attendee_update", Method::patch, "/meeting-attendees/{id}", "Change what an attendee offers, and when it can meet.", Mode::write, signed_in, call(attendee_update)},
        {"meeting_attendee_delete", Method::remove, "/meeting-attendees/{id}", "Take part no more, before a plan is announced.", Mode::write, signed_in, call(attendee_delete)},
        {"meeting_wish_list", Method::get, "/meeting-wishes", "One's own wishes and those that wait for one's answer; all for the organiser.", Mode::read, signed_in, call(wish_list)},
        {"meeting_wish_get", Method::get, "/meeting-wishes/{id}", "One wish.", Mode::read, signed_in, call(wish_get)},
        {"meeting_wish_create", Method::post, "/meeting-wishes", "Wish to meet somebody.", Mode::write, signed_in, call(wish_create)},
        {"meeting_wish_update", Method::patch, "/meeting-wishes/{id}", "Change one's wish.", Mode::write, signed_in, call(wish_update)},
        {"meeting_wish_answer", Method::post, "/meeting-wishes/{id}/answer", "Accept or decline a wish.", Mode::write, signed_in, call(wish_answer)},
        {"meeting_wish_delete", Method::remove, "/meeting-wishes/{id}", "Take one's wish back.", Mode::write, signed_in, call(wish_delete)}})
        rows.push_back(std::move(row));
    // clang-format on
    return rows;
}

} // namespace greenbank::events
