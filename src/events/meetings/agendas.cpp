// agendas.cpp — a plan as people read it: the whole of it for the organiser, one's own meetings for an attendee; as calendar and on paper.
#include <algorithm>

#include <fmt/format.h>

#include "api/words.h"
#include "events/forum/local_time.h"
#include "events/meetings/calendar.h"
#include "events/meetings/rounds.h"
#include "paper/paper.h"

namespace greenbank::events {

struct PlanMeeting {
    Id<MeetingWish> wish;
    std::int64_t slot = 0, table = 0, value = 0;
    Id<MeetingAttendee> asking, asked;
    Text asking_name, asked_name;
    bool mutual = false;
};
Record describe(const PlanMeeting*) {
    return {"plan_meeting", "A meeting with its slot and table.",
        {field<&PlanMeeting::wish>("wish", "The wish it fulfils."), field<&PlanMeeting::slot>("slot", "Slot."), field<&PlanMeeting::table>("table", "Table."),
            field<&PlanMeeting::value>("value", "What it is worth to both."), field<&PlanMeeting::asking>("asking", "Who asked."),
            field<&PlanMeeting::asked>("asked", "Who was asked."), field<&PlanMeeting::asking_name>("asking_name", "What the one is called."),
            field<&PlanMeeting::asked_name>("asked_name", "What the other is called."), field<&PlanMeeting::mutual>("mutual", "Both want it.")}};
}

struct PlanUnplaced {
    Id<MeetingWish> wish;
    Id<MeetingAttendee> asking, asked;
    Text asking_name, asked_name;
    std::int64_t value = 0;
    std::string sentence;
};
Record describe(const PlanUnplaced*) {
    return {"plan_unplaced", "A wish that found no place, and why.",
        {field<&PlanUnplaced::wish>("wish", "Which wish."), field<&PlanUnplaced::asking>("asking", "Who asked."),
            field<&PlanUnplaced::asked>("asked", "Who was asked."), field<&PlanUnplaced::asking_name>("asking_name", "What the one is called."),
            field<&PlanUnplaced::asked_name>("asked_name", "What the other is called."), field<&PlanUnplaced::value>("value", "What it would be worth."),
            field<&PlanUnplaced::sentence>("sentence", "Why, in a sentence.")}};
}

struct PlanMove {
    Id<MeetingWish> wish;
    Text asking_name, asked_name;
    std::int64_t slot_before = 0;
    std::optional<std::int64_t> slot;
};
Record describe(const PlanMove*) {
    return {"plan_move", "What a repair changed.",
        {field<&PlanMove::wish>("wish", "Which meeting."), field<&PlanMove::asking_name>("asking_name", "What the one is called."),
            field<&PlanMove::asked_name>("asked_name", "What the other is called."), field<&PlanMove::slot_before>("slot_before", "Its slot before."),
            field<&PlanMove::slot>("slot", "Its slot now; absent: it has no place any more.")}};
}

struct PlanView {
    MeetingPlan plan;
    bool whole = false;
    Text round_title;
    std::int64_t tables = 0;
    std::vector<SlotTime> slots;
    std::vector<PlanMeeting> meetings;
    std::vector<PlanUnplaced> unplaced;
    std::vector<PlanMove> moves;
};
Record describe(const PlanView*) {
    return {"meeting_plan_view", "A plan as the caller may read it.",
        {
            field<&PlanView::plan>("meeting_plan", "Its figures and bounds."),
            field<&PlanView::whole>("whole", "All meetings are here, not only the caller's own."),
            field<&PlanView::round_title>("round_title", "What the round is called."),
            field<&PlanView::tables>("tables", "How many tables there are."),
            field<&PlanView::slots>("slots", "When the slots are.", {.max = 512}),
            field<&PlanView::meetings>("meetings", "Meetings by slot and table.", {.max = 50'000}),
            field<&PlanView::unplaced>("unplaced", "Wishes without a place, the most valuable first.", {.max = 50'000}),
            field<&PlanView::moves>("moves", "What a repair changed.", {.max = 50'000}),
        }};
}

struct AgendaAsk {
    Id<MeetingPlan> id;
    Id<MeetingAttendee> attendee;
};
Record describe(const AgendaAsk*) {
    return {"meeting_agenda_ask", "Whose agenda.", {field<&AgendaAsk::id>("id", "In which plan."), field<&AgendaAsk::attendee>("attendee", "Whose.")}};
}

struct AgendaMeeting {
    std::int64_t slot = 0, table = 0;
    Time starts_at, ends_at;
    Id<MeetingAttendee> with;
    Text with_name;
    std::string country;
    Text offers, looks_for;
    std::optional<std::string> remark;
    Id<MeetingWish> wish;
};
Record describe(const AgendaMeeting*) {
    return {"agenda_meeting", "One meeting of an agenda.",
        {field<&AgendaMeeting::slot>("slot", "Slot."), field<&AgendaMeeting::table>("table", "Table."),
            field<&AgendaMeeting::starts_at>("starts_at", "When it begins."), field<&AgendaMeeting::ends_at>("ends_at", "When it ends."),
            field<&AgendaMeeting::with>("with", "With whom."), field<&AgendaMeeting::with_name>("with_name", "What the other is called."),
            field<&AgendaMeeting::country>("country", "From which country."), field<&AgendaMeeting::offers>("offers", "What the other offers."),
            field<&AgendaMeeting::looks_for>("looks_for", "What the other looks for."), field<&AgendaMeeting::remark>("remark", "Why it was asked for."),
            field<&AgendaMeeting::wish>("wish", "The wish it fulfils.")}};
}

struct Agenda {
    Id<MeetingPlan> plan;
    std::int64_t number = 0; // of the plan
    Id<Event> event;
    Text event_title, venue;
    std::string time_zone;
    Id<MeetingAttendee> attendee;
    Text name;
    std::int64_t breaks = 0;
    std::vector<AgendaMeeting> meetings;
};
Record describe(const Agenda*) {
    return {"agenda", "The meetings of one attendee.",
        {
            field<&Agenda::plan>("plan", "In which plan."),
            field<&Agenda::number>("number", "Its number."),
            field<&Agenda::event>("event", "At which event."),
            field<&Agenda::event_title>("event_title", "What the event is called."),
            field<&Agenda::venue>("venue", "Where."),
            field<&Agenda::time_zone>("time_zone", "How far its clock is from UTC."),
            field<&Agenda::attendee>("attendee", "Whose."),
            field<&Agenda::name>("name", "What it is called."),
            field<&Agenda::breaks>("breaks", "Idle breaks between meetings."),
            field<&Agenda::meetings>("meetings", "In their order.", {.max = 512}),
        }};
}

namespace {

/// A plan with what surrounds it, as far as the caller sees it.
struct Opened {
    MeetingPlan plan;
    Event event;
    MeetingRound round;
    std::map<std::string, MeetingAttendee> attendees;
    std::map<std::string, MeetingWish> wishes;
    bool whole = false;

    Text name(const std::string& attendee) const {
        const auto found = attendees.find(attendee);
        if (found != attendees.end()) return found->second.name;
        for (const meetings::ParticipantRow& row : plan.schedule.instance.participants)
            if (row.id == attendee) return Text{"", row.name, ""};
        return {};
    }
    bool own(const Caller& caller, const std::string& attendee) const {
        const auto found = attendees.find(attendee);
        return found != attendees.end() && answers_for(caller, event, found->second);
    }
};

Result<Opened> open_plan(Transaction& transaction, const Caller& caller, const Id<MeetingPlan>& id) {
    Opened all{.plan = TRY(transaction.get(id))};
    auto event = event_seen(transaction, caller, all.plan.event);
    if (!event) return not_found(record_of<MeetingPlan>(), id.text);
    all.event = std::move(event).value();
    all.whole = runs(caller, all.event);
    if (!all.whole && !all.plan.announced_at) return not_found(record_of<MeetingPlan>(), id.text);
    all.round = TRY(transaction.get(all.plan.round));
    all.attendees = TRY(attendees_of(transaction, all.round.id));
    for (MeetingWish& wish : TRY(transaction.find<MeetingWish>("round = $1", {all.round.id.text}))) all.wishes.emplace(wish.id.text, std::move(wish));
    return all;
}

std::map<std::string, const meetings::RequestRow*> requests_of(const MeetingPlan& plan) {
    std::map<std::string, const meetings::RequestRow*> requests;
    for (const meetings::RequestRow& row : plan.schedule.instance.requests) requests[row.id] = &row;
    return requests;
}

Result<PlanView> plan_get(Transaction& transaction, const Caller& caller, const PartKey<MeetingPlan>& key) {
    const Opened all = TRY(open_plan(transaction, caller, key.id));
    PlanView view{.plan = all.plan, .whole = all.whole, .round_title = all.round.title, .tables = all.round.tables, .slots = slots_of(all.round)};
    view.plan.schedule = {};
    const auto requests = requests_of(all.plan);
    const auto shown = [&](const std::string& from, const std::string& to) { return all.whole || all.own(caller, from) || all.own(caller, to); };
    const auto value = [&](const std::string& request) {
        const auto found = requests.find(request);
        return found == requests.end() ? 0 : found->second->value_from + found->second->value_to;
    };
    for (const meetings::PlacedRow& row : all.plan.schedule.placed) {
        if (!shown(row.from, row.to)) continue;
        const auto wish = all.wishes.find(row.request);
        view.meetings.push_back({Id<MeetingWish>(row.request), row.slot, row.table, value(row.request), Id<MeetingAttendee>(row.from),
            Id<MeetingAttendee>(row.to), all.name(row.from), all.name(row.to), wish != all.wishes.end() && wish->second.answer == WishAnswer::accepted});
    }
    for (const meetings::UnplacedRow& row : all.plan.schedule.unplaced) {
        if (!shown(row.from, row.to)) continue;
        const std::vector<Parameter> names = {{"first", all.name(row.from).best(caller.language)}, {"second", all.name(row.to).best(caller.language)}};
        view.unplaced.push_back({Id<MeetingWish>(row.request), Id<MeetingAttendee>(row.from), Id<MeetingAttendee>(row.to), all.name(row.from), all.name(row.to),
            value(row.request), fill_in(word(fmt::format("error.meetings.unplaced_{}", name_of(row.reason)), caller.language), names)});
    }
    std::stable_sort(view.unplaced.begin(), view.unplaced.end(), [](const PlanUnplaced& a, const PlanUnplaced& b) { return a.value > b.value; });
    for (const meetings::MoveRow& row : all.plan.schedule.changed) {
        const auto request = requests.find(row.request);
        if (request == requests.end() || !shown(request->second->from, request->second->to)) continue;
        view.moves.push_back({Id<MeetingWish>(row.request), all.name(request->second->from), all.name(request->second->to), row.slot_before, row.slot});
    }
    return view;
}

Result<Agenda> agenda_get(Transaction& transaction, const Caller& caller, const AgendaAsk& ask) {
    const Opened all = TRY(open_plan(transaction, caller, ask.id));
    const auto own = all.attendees.find(ask.attendee.text);
    if (own == all.attendees.end() || !answers_for(caller, all.event, own->second)) return not_found(record_of<MeetingAttendee>(), ask.attendee.text);
    Agenda agenda{.plan = all.plan.id,
        .number = all.plan.number,
        .event = all.event.id,
        .event_title = all.event.title,
        .venue = all.event.venue,
        .time_zone = all.event.time_zone,
        .attendee = own->second.id,
        .name = own->second.name};
    const std::vector<SlotTime> slots = slots_of(all.round);
    for (const meetings::AgendaRow& row : all.plan.schedule.agendas) {
        if (row.participant != ask.attendee.text) continue;
        agenda.breaks = row.breaks;
        for (const meetings::AgendaEntry& entry : row.meetings) {
            if (entry.slot < 1 || entry.slot > static_cast<std::int64_t>(slots.size())) continue; // the round was shortened since
            const SlotTime& slot = slots[static_cast<std::size_t>(entry.slot) - 1];
            AgendaMeeting meeting{.slot = entry.slot, .table = entry.table, .starts_at = slot.starts_at, .ends_at = slot.ends_at};
            meeting.with = Id<MeetingAttendee>(entry.with);
            meeting.with_name = all.name(entry.with);
            meeting.wish = Id<MeetingWish>(entry.request);
            if (const auto other = all.attendees.find(entry.with); other != all.attendees.end()) {
                meeting.country = other->second.country;
                meeting.offers = other->second.offers;
                meeting.looks_for = other->second.looks_for;
            }
            if (const auto wish = all.wishes.find(entry.request); wish != all.wishes.end()) meeting.remark = wish->second.remark;
            agenda.meetings.push_back(std::move(meeting));
        }
    }
    return agenda;
}

std::string table_name(std::int64_t table, Language language) { return fill_in(word("events.table", language), {{"number", std::to_string(table)}}); }

Result<Raw> agenda_calendar(Transaction& transaction, const Caller& caller, const AgendaAsk& ask) {
    const Agenda agenda = TRY(agenda_get(transaction, caller, ask));
    std::vector<CalendarEntry> entries;
    for (const AgendaMeeting& meeting : agenda.meetings) {
        std::string where = table_name(meeting.table, caller.language);
        if (!agenda.venue.empty()) where = agenda.venue.best(caller.language) + " · " + where;
        std::string about = agenda.event_title.best(caller.language);
        for (const auto& [key, text] : {std::pair("field.meeting_attendee.offers", &meeting.offers), {"field.meeting_attendee.looks_for", &meeting.looks_for}})
            if (!text->empty()) about += fmt::format("\n{}: {}", word(key, caller.language), text->best(caller.language));
        entries.push_back({meeting.wish.text + "@greenbank", meeting.starts_at, meeting.ends_at,
            fill_in(word("events.meeting_with", caller.language), {{"name", meeting.with_name.best(caller.language)}}), std::move(where), std::move(about)});
    }
    return Raw{"text/calendar; charset=utf-8", to_calendar(entries, caller.now, agenda.number),
        {{"Content-Disposition", fmt::format("attachment; filename=\"{}.ics\"", agenda.attendee.text)}}};
}

/// Slots down, tables across, six of them beside each other on a page.
Result<Response> table_plan(Store& store, const Caller& caller, const PartKey<MeetingPlan>& key) {
    Opened all;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        all = TRY(open_plan(transaction, caller, key.id));
        if (!all.whole) return Error{Failure::forbidden, "event.not_yours", "Another organisation runs this event."};
        return Done{};
    }));
    constexpr std::int64_t tables_a_page = 6;
    const Language language = caller.language;
    paper::Document document{.front = {.title = word("events.table_plan", language),
                                 .subtitle = fmt::format("{} · {}", all.event.title.best(language), all.round.title.best(language)),
                                 .organisation = word("document.bank", language),
                                 .edition = fill_in(word("events.plan_number", language), {{"number", std::to_string(all.plan.number)}}),
                                 .date = date_of(caller.now),
                                 .language = language,
                                 .orientation = paper::Orientation::landscape,
                                 .title_page = false,
                                 .contents_levels = 0,
                                 .numbered = false,
                                 .created_at = caller.now},
        .blocks = {}};
    if (all.plan.sample) document.front.marks.push_back(paper::badge(paper::Status::sample, language));
    const std::vector<SlotTime> slots = slots_of(all.round);
    std::int64_t tables = 1;
    std::map<std::pair<std::int64_t, std::int64_t>, std::string> cells;
    for (const meetings::PlacedRow& row : all.plan.schedule.placed) {
        tables = std::max(tables, row.table);
        cells[{row.slot, row.table}] = fmt::format("{} – {}", all.name(row.from).best(language), all.name(row.to).best(language));
    }
    for (std::int64_t first = 1; first <= tables; first += tables_a_page) {
        if (first > 1) document.blocks.push_back(paper::PageBreak{});
        const std::int64_t last = std::min(tables, first + tables_a_page - 1);
        paper::Table table{
            .title = first == last ? table_name(first, language) : fmt::format("{} – {}", table_name(first, language), table_name(last, language)),
            .columns = {{word("events.time", language)}},
            .rows = {}};
        for (std::int64_t number = first; number <= last; ++number)
            table.columns.push_back({table_name(number, language), paper::Align::left, 1.0 / static_cast<double>(last - first + 2)});
        for (const SlotTime& slot : slots) {
            paper::Row row{.cells = {fmt::format("{} {}–{}", to_text(local_day(slot.starts_at, all.event.time_zone)),
                               local_clock(slot.starts_at, all.event.time_zone), local_clock(slot.ends_at, all.event.time_zone))}};
            for (std::int64_t number = first; number <= last; ++number) {
                const auto found = cells.find({slot.number, number});
                row.cells.push_back(found == cells.end() ? std::string("—") : found->second);
            }
            table.rows.push_back(std::move(row));
        }
        document.blocks.push_back(std::move(table));
    }
    return inline_pdf(TRY(paper::to_pdf(document)), fmt::format("tables-{}", all.plan.id.text));
}

} // namespace

std::vector<Endpoint> agenda_endpoints() {
    return {
        // clang-format off
        {"meeting_plan_get", Method::get, "/meeting-plans/{id}", "A plan: all of it for the organiser, one's own meetings for others.", Mode::read, signed_in, call(plan_get)},
        {"meeting_agenda_get", Method::get, "/meeting-plans/{id}/agenda", "The meetings of one attendee.", Mode::read, signed_in, call(agenda_get)},
        {"meeting_agenda_calendar", Method::get, "/meeting-plans/{id}/agenda/calendar", "The same as an iCalendar file.", Mode::read, signed_in, as_file("text/calendar", call(agenda_calendar))},
        {"meeting_plan_tables", Method::get, "/meeting-plans/{id}/tables", "The plan of tables as PDF.", Mode::compute, organise_events, as_file("application/pdf", call(table_plan))},
        // clang-format on
    };
}

} // namespace greenbank::events
