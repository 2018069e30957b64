// registrations.cpp — who finds a place is the engine's to say; here its answer is kept.
#include "events/registration/registrations.h"

#include <algorithm>

#include <fmt/format.h>

#include "events/engine/admission.h"
#include "parties/secrets.h"

namespace greenbank::events {

Record describe(const RegistrationKey*) { return {"registration_key", "Names a registration.", {field<&RegistrationKey::id>("id", "Its id.")}}; }

namespace {

constexpr std::size_t categories = std::size(Choices<RegistrationCategory>::values);
constexpr std::size_t code_length = 10;
constexpr std::int64_t applications_max = 20'000; // of one event, so that nobody fills the disk with guests

struct RegistrationDecide {
    Id<Registration> id;
    RegistrationDecision decision = RegistrationDecision::approve;
};
Record describe(const RegistrationDecide*) {
    return {"registration_decide", "Decides about a registration.",
        {field<&RegistrationDecide::id>("id", "Which."), field<&RegistrationDecide::decision>("decision", "Let the person come, or not.")}};
}

struct CheckInAsk {
    Id<Event> event;
    std::string code;
};
Record describe(const CheckInAsk*) {
    return {"check_in_ask", "A code that is shown at the desk.",
        {field<&CheckInAsk::event>("event", "At which event."),
            field<&CheckInAsk::code>("code", "The code, or the address that the badge's square holds.", {.min = 1, .max = 500})}};
}

/// Crockford's base 32: no letters that are mistaken for figures. 50 random bits.
std::string new_code() {
    static constexpr char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::uint64_t number = parties::random_number();
    std::string code;
    for (std::size_t i = 0; i < code_length; ++i, number >>= 5) code += digits[number & 31];
    return code;
}

/// The code within what a scanner gives: a whole address, small letters, spaces, a dash; O and I as they are read.
std::string read_code(std::string_view shown) {
    if (const std::size_t at = shown.rfind("code="); at != std::string_view::npos) shown.remove_prefix(at + 5);
    std::string code;
    for (char c : shown) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) code += c;
    }
    return code;
}

Room room_of(const Event& event) {
    Room room{event.capacity, std::vector<std::optional<std::int64_t>>(categories)};
    for (const CategoryLimit& limit : event.category_limits) room.by_category[static_cast<std::size_t>(limit.category)] = limit.capacity;
    return room;
}

Taken taken_of(const Attendance& attendance) {
    Taken taken(categories);
    for (const RegistrationCount& count : attendance.categories) taken[static_cast<std::size_t>(count.category)] = count.approved;
    return taken;
}

bool is_own(const Caller& caller, const Registration& one) {
    return !caller.actor.person.empty() &&
           (one.registered_by == caller.actor.person || (one.organisation && one.organisation->text == caller.actor.organisation));
}

/// Who speaks, shows or writes is somebody the organiser has chosen.
bool needs_decision(const Event& event, RegistrationCategory category) {
    return event.approval_needed || (category != RegistrationCategory::participant && category != RegistrationCategory::investor);
}

Result<RegistrationState> state_of_approved(Transaction& transaction, const Event& event, RegistrationCategory category) {
    const Attendance attendance = TRY(attendance_of(transaction, event));
    return has_place(room_of(event), taken_of(attendance), static_cast<int>(category)) ? RegistrationState::approved : RegistrationState::waiting;
}

/// Whoever waits longest takes what has become free.
Result<Done> move_up(Transaction& transaction, const Caller& caller, const Event& event) {
    std::vector<Registration> waiting = TRY(transaction.find<Registration>("event = $1 AND state = 'waiting' ORDER BY created_at, id", {event.id.text}));
    std::vector<int> waiting_categories;
    for (const Registration& one : waiting) waiting_categories.push_back(static_cast<int>(one.category));
    for (const std::size_t i : moving_up(room_of(event), taken_of(TRY(attendance_of(transaction, event))), waiting_categories)) {
        waiting[i].state = RegistrationState::approved;
        waiting[i].updated_at = caller.now;
        TRY(transaction.update(waiting[i]));
    }
    return Done{};
}

Result<Page<Registration>> registration_list(Transaction& transaction, const Caller& caller, const ListOf<Registration>& list) {
    if (caller.actor.may(manage_events)) return list_page<Registration>(transaction, caller, list);
    std::vector<Value> parameters{caller.actor.person};
    std::string where = "(registered_by = $1";
    if (!caller.actor.organisation.empty()) {
        parameters.emplace_back(caller.actor.organisation);
        where += " OR organisation = $2";
        if (caller.actor.may(organise_events)) where += " OR event IN (SELECT id FROM event WHERE organiser = $2)";
    }
    return list_page<Registration>(transaction, caller, list, where + ")", std::move(parameters));
}

Result<Registration> registration_get(Transaction& transaction, const Caller& caller, const RegistrationKey& key) {
    return registration_seen(transaction, caller, key.id);
}

Result<Reply<Registration>> registration_create(Transaction& transaction, const Caller& caller, const Registration& draft) {
    const Event event = TRY(event_seen(transaction, caller, draft.event));
    const bool organiser = runs(caller, event);
    if (!registration_is_open(event.state) && !organiser) return Error{Failure::conflict, "registration.closed", "Registration for this event is not open."};
    if (caller.actor.person.empty() && !event.self_registration)
        return Error{Failure::unauthenticated, "registration.sign_in", "Sign in to register for this event; guests without an account are not admitted."};
    Registration one = draft;
    std::transform(one.email.begin(), one.email.end(), one.email.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (TRY(transaction.find_one<Registration>("event = $1 AND email = $2", {event.id.text, one.email})))
        return Error{Failure::conflict, "registration.twice", "Somebody with this e-mail address is registered for the event already."};
    if (!organiser && as_integer(TRY(transaction.query("SELECT COUNT(*) FROM registration WHERE event = $1", {event.id.text})).single()) >= applications_max)
        return Error{Failure::too_many, "registration.too_many", "The event takes no more registrations."};
    one.id = caller.new_id<Registration>();
    one.organisation.reset();
    if (!caller.actor.organisation.empty() && !organiser) one.organisation = Id<Organisation>(caller.actor.organisation);
    one.registered_by = caller.actor.person;
    one.code = new_code();
    one.checked_in_at.reset();
    one.checked_in_by.clear();
    one.created_at = one.updated_at = caller.now;
    one.state = RegistrationState::applied;
    if (organiser || !needs_decision(event, one.category)) one.state = TRY(state_of_approved(transaction, event, one.category));
    TRY(transaction.insert(one));
    return Reply<Registration>{.body = std::move(one), .status = 201};
}

Result<Registration> registration_update(Transaction& transaction, const Caller& caller, const Patch<Registration>& patch) {
    const Registration before = TRY(registration_seen(transaction, caller, patch.id));
    const Event event = TRY(event_seen(transaction, caller, before.event));
    Registration one = TRY(apply_patch(transaction, caller, patch));
    Problems problems;
    if (one.event != before.event) problems.push_back({"event", "event.part_moves", "A part stays with its event; enter it anew at the other one."});
    if (one.email != before.email) problems.push_back({"email", "registration.email_fixed", "The address stays; cancel, and register anew with another one."});
    if (one.category != before.category && !runs(caller, event))
        problems.push_back({"category", "registration.category_fixed", "Only the organiser changes the category."});
    TRY([&]() -> Result<Done> { return problems.empty() ? Result<Done>(Done{}) : invalid(std::move(problems)); }());
    one.updated_at = caller.now;
    TRY(transaction.update(one));
    return one;
}

Result<Registration> registration_decide(Transaction& transaction, const Caller& caller, const RegistrationDecide& ask) {
    Registration one = TRY(registration_seen(transaction, caller, ask.id));
    const Event event = TRY(event_to_change(transaction, caller, one.event));
    if (one.state == RegistrationState::cancelled)
        return Error{Failure::conflict, "registration.cancelled", "This registration was cancelled; the person has to register anew."};
    if (ask.decision == RegistrationDecision::decline) {
        if (one.checked_in_at) return Error{Failure::conflict, "registration.here", "The person is here already."};
        one.state = RegistrationState::declined;
    } else {
        if (one.state == RegistrationState::approved) return Error{Failure::conflict, "registration.approved", "This registration is approved already."};
        one.state = TRY(state_of_approved(transaction, event, one.category));
    }
    one.updated_at = caller.now;
    TRY(transaction.update(one));
    TRY(move_up(transaction, caller, event));
    return one;
}

Result<Registration> registration_cancel(Transaction& transaction, const Caller& caller, const RegistrationKey& key) {
    Registration one = TRY(registration_seen(transaction, caller, key.id));
    const Event event = TRY(event_seen(transaction, caller, one.event));
    if (one.state == RegistrationState::cancelled) return one;
    if (one.checked_in_at) return Error{Failure::conflict, "registration.here", "The person is here already."};
    one.state = RegistrationState::cancelled;
    one.email = fmt::format("{}#{}", one.email, one.id.text); // the person may register again
    one.updated_at = caller.now;
    TRY(transaction.update(one));
    TRY(move_up(transaction, caller, event));
    return one;
}

Result<CheckIn> check_in_create(Transaction& transaction, const Caller& caller, const CheckInAsk& ask) {
    const Event event = TRY(event_to_run(transaction, caller, ask.event));
    if (event.state == EventState::draft || event.state == EventState::closed || event.state == EventState::archived)
        return Error{Failure::conflict, "check_in.closed", "The desk is closed: the event has not begun to be public, or is over."};
    const std::string code = read_code(ask.code);
    auto found = TRY(transaction.find_one<Registration>("code = $1", {code}));
    if (!found)
        return Error{Failure::not_found, "check_in.unknown", "Nobody has the code {code}; read it from the badge again.", {{"code", code.substr(0, 20)}}};
    if (found->event != event.id) return Error{Failure::conflict, "check_in.other_event", "This badge is for another event."};
    if (found->state != RegistrationState::approved)
        return Error{Failure::conflict, "check_in.not_approved", "{name} has no place at this event.", {{"name", found->name}}};
    CheckIn answer{.registration = std::move(*found)};
    answer.first = !answer.registration.checked_in_at;
    if (answer.first) {
        answer.registration.checked_in_at = caller.now;
        answer.registration.checked_in_by = caller.actor.person;
        answer.registration.updated_at = caller.now;
        TRY(transaction.update(answer.registration));
    }
    answer.attendance = TRY(attendance_of(transaction, event));
    return answer;
}

Result<Attendance> attendance_get(Transaction& transaction, const Caller& caller, const EventKey& key) {
    return attendance_of(transaction, TRY(event_to_run(transaction, caller, key.id)));
}

} // namespace

Result<Registration> registration_seen(Transaction& transaction, const Caller& caller, const Id<Registration>& id) {
    Registration one = TRY(transaction.get(id));
    if (is_own(caller, one)) return one;
    const Event event = TRY(transaction.get(one.event));
    if (!runs(caller, event)) return not_found(record_of<Registration>(), id.text);
    return one;
}

Result<Attendance> attendance_of(Transaction& transaction, const Event& event) {
    Attendance attendance{.event = event.id, .capacity = event.capacity};
    for (std::size_t i = 0; i < categories; ++i) attendance.categories.push_back({static_cast<RegistrationCategory>(i), 0, 0, 0, 0});
    const Rows rows = TRY(transaction.query("SELECT category, state, COUNT(*), COUNT(checked_in_at) FROM registration WHERE event = $1 AND state IN "
                                            "('applied', 'waiting', 'approved') GROUP BY category, state",
        {event.id.text}));
    for (const auto& row : rows.rows) {
        const auto category = parse_choice<RegistrationCategory>(as_text(row[0]));
        if (!category) continue;
        RegistrationCount& count = attendance.categories[static_cast<std::size_t>(*category)];
        const std::int64_t number = as_integer(row[2]);
        if (as_text(row[1]) == "applied") count.applied = number, attendance.applied += number;
        else if (as_text(row[1]) == "waiting") count.waiting = number, attendance.waiting += number;
        else {
            count.approved = number, attendance.approved += number;
            count.checked_in = as_integer(row[3]), attendance.checked_in += as_integer(row[3]);
        }
    }
    attendance.places_left = places_left(room_of(event), taken_of(attendance));
    return attendance;
}

std::vector<Endpoint> registration_endpoints() {
    return {
        // clang-format off
        {"registration_list", Method::get, "/registrations", "One's own registrations and those of one's organisation; of an event for those who run it.", Mode::read, signed_in, call(registration_list)},
        {"registration_get", Method::get, "/registrations/{id}", "One registration.", Mode::read, signed_in, call(registration_get)},
        {"registration_create", Method::post, "/registrations", "Register somebody for an event.", Mode::write, open_to_all, call(registration_create)},
        {"registration_update", Method::patch, "/registrations/{id}", "Change a registration.", Mode::write, signed_in, call(registration_update)},
        {"registration_decide", Method::post, "/registrations/{id}/decide", "Approve or decline a registration.", Mode::write, organise_events, call(registration_decide)},
        {"registration_cancel", Method::post, "/registrations/{id}/cancel", "Cancel a registration; whoever waits longest moves up.", Mode::write, signed_in, call(registration_cancel)},
        {"check_in_create", Method::post, "/check-ins", "Let in whoever shows a code.", Mode::write, organise_events, call(check_in_create)},
        {"attendance_get", Method::get, "/events/{id}/attendance", "How full an event is.", Mode::read, organise_events, call(attendance_get)},
        // clang-format on
    };
}

} // namespace greenbank::events
