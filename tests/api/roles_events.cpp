// roles_events.cpp — the rows of events. Whose event it is, events_test asks.
#include "roles.h"

namespace greenbank::testing {

namespace {

void add_part(Probes& rows, const std::string& name, const std::string& path, const std::string& id) {
    rows.insert({
        {name + "_list", {200, at(path)}},
        {name + "_get", {404, at(path + "/" + id)}},
        {name + "_create", {422, at(path), "{}"}},
        {name + "_update", {404, at(path + "/" + id), "{}"}},
        {name + "_delete", {404, at(path + "/" + id)}},
    });
}

void add_events(Stage&, Probes& rows) {
    for (const auto& [name, path, id] : {std::tuple("event", "/events", "event_nobody"), {"sub_event", "/sub-events", "subevent_nobody"},
             {"hall", "/halls", "hall_nobody"}, {"speaker", "/speakers", "speaker_nobody"}, {"programme_item", "/programme-items", "programmeitem_nobody"},
             {"pavilion", "/pavilions", "pavilion_nobody"}, {"booth", "/booths", "booth_nobody"}, {"roadshow_slot", "/roadshow-slots", "pitch_nobody"},
             {"signing", "/signings", "signing_nobody"}, {"promise_step", "/promise-steps", "promise_nobody"},
             {"meeting_round", "/meeting-rounds", "meetinground_nobody"}, {"meeting_attendee", "/meeting-attendees", "attendee_nobody"},
             {"meeting_wish", "/meeting-wishes", "wish_nobody"}})
        add_part(rows, name, path, id);
    rows.insert({
        {"event_step", {404, at("/events/event_nobody/step"), R"({"action":"publish"})"}},
        {"event_overview", {404, at("/events/event_nobody/overview")}},
        {"event_proceedings", {404, at("/events/event_nobody/proceedings")}},
        {"event_badges", {404, at("/events/event_nobody/badges")}},
        {"badge_pdf", {404, at("/badges/0000000000")}},
        {"registration_list", {200, at("/registrations")}},
        {"registration_get", {404, at("/registrations/registration_nobody")}},
        {"registration_create", {422, at("/registrations"), "{}"}},
        {"registration_update", {404, at("/registrations/registration_nobody"), "{}"}},
        {"registration_decide", {404, at("/registrations/registration_nobody/decide"), R"({"decision":"approve"})"}},
        {"registration_cancel", {404, at("/registrations/registration_nobody/cancel")}},
        {"check_in_create", {404, at("/check-ins"), R"({"event":"event_nobody","code":"0000000000"})"}},
        {"attendance_get", {404, at("/events/event_nobody/attendance")}},
        {"signing_sign", {404, at("/signings/signing_nobody/sign"), "{}"}},
        {"signing_withdraw", {404, at("/signings/signing_nobody/withdraw")}},
        {"signing_steps", {404, at("/signings/signing_nobody/steps")}},
        {"board_get", {404, at("/events/event_nobody/board")}},
        {"board_follow", {404, at("/events/event_nobody/board/follow")}},
        {"promise_report", {200, at("/promise-report")}},
        {"meeting_wish_answer", {404, at("/meeting-wishes/wish_nobody/answer"), R"({"answer":"declined"})"}},
        {"meeting_round_schedule", {404, at("/meeting-rounds/meetinground_nobody/schedule"), "{}"}},
        {"meeting_plan_list", {200, at("/meeting-plans")}},
        {"meeting_plan_get", {404, at("/meeting-plans/meetingplan_nobody")}},
        {"meeting_plan_announce", {404, at("/meeting-plans/meetingplan_nobody/announce")}},
        {"meeting_plan_repair", {404, at("/meeting-plans/meetingplan_nobody/repair"), "{}"}},
        {"meeting_plan_tables", {404, at("/meeting-plans/meetingplan_nobody/tables")}},
        {"meeting_agenda_get", {404, at("/meeting-plans/meetingplan_nobody/agenda?attendee=attendee_nobody")}},
        {"meeting_agenda_calendar", {404, at("/meeting-plans/meetingplan_nobody/agenda/calendar?attendee=attendee_nobody")}},
    });
}

const RoleRows events(add_events);

} // namespace

} // namespace greenbank::testing
