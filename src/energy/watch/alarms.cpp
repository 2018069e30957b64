// alarms.cpp — what people at the desk do with alarms.
#include "energy/watch/alarms.h"

#include "energy/watch/operations.h"

namespace greenbank::energy {

struct AlarmNote {
    Id<Alarm> id;
    std::string text;
};
Record describe(const AlarmNote*) {
    return {"alarm_note", "What is said with a step.",
        {field<&AlarmNote::id>("id", "The alarm."), field<&AlarmNote::text>("text", "What is said.", {.max = 2000, .defaulted = true})}};
}

struct AlarmShelving {
    Id<Alarm> id;
    std::string text;
    std::int64_t minutes = 60;
};
Record describe(const AlarmShelving*) {
    return {"alarm_shelving", "For how long an alarm is put aside, and why.",
        {field<&AlarmShelving::id>("id", "The alarm."), field<&AlarmShelving::text>("text", "Why.", {.min = 1, .max = 2000}),
            field<&AlarmShelving::minutes>("minutes", "For so long.", {.unit = "min", .min = 1, .max = 10'080, .defaulted = true})}};
}

struct AlarmView {
    Alarm alarm;
    Text advice;
    std::vector<AlarmEvent> events;
    std::vector<AlarmMove> moves; // what the caller may do
};
Record describe(const AlarmView*) {
    return {"alarm_view", "An alarm with its history.",
        {field<&AlarmView::alarm>("alarm", "The alarm."), field<&AlarmView::advice>("advice", "What to do about it."),
            field<&AlarmView::events>("events", "What happened, the newest last."), field<&AlarmView::moves>("moves", "Steps that are possible now.")}};
}

namespace {

Result<AlarmView> view_of(Transaction& transaction, const Caller& caller, Alarm alarm) {
    AlarmView view{.alarm = std::move(alarm)};
    if (const auto rule = TRY(transaction.find_one<AlarmRule>("id = $1", {view.alarm.rule.text}))) view.advice = rule->advice;
    view.events = TRY(transaction.find<AlarmEvent>("alarm = $1 ORDER BY at DESC, id DESC LIMIT 500", {view.alarm.id.text}));
    std::reverse(view.events.begin(), view.events.end());
    if (caller.actor.may(write_watch) && acts_for(caller, view.alarm.organisation)) view.moves = alarm_moves(view.alarm.state);
    return view;
}

Result<AlarmView> moved(
    Transaction& transaction, const Caller& caller, const Id<Alarm>& id, AlarmMove move, const std::string& text, std::optional<Time> shelved_until = {}) {
    Alarm alarm = TRY(to_change(transaction, caller, id));
    alarm.shelved_until = shelved_until;
    TRY(move_alarm(transaction, caller, alarm, move, name_of_person(transaction, caller), text));
    return view_of(transaction, caller, std::move(alarm));
}

Result<Page<Alarm>> alarm_list(Transaction& transaction, const Caller& caller, const ListOf<Alarm>& list) { return listed(transaction, caller, list); }
Result<AlarmView> alarm_get(Transaction& transaction, const Caller& caller, const KeyOf<Alarm>& key) {
    return view_of(transaction, caller, TRY(seen(transaction, caller, key.id)));
}
Result<AlarmView> alarm_acknowledge(Transaction& transaction, const Caller& caller, const AlarmNote& note) {
    return moved(transaction, caller, note.id, AlarmMove::acknowledge, note.text);
}
Result<AlarmView> alarm_escalate(Transaction& transaction, const Caller& caller, const AlarmNote& note) {
    return moved(transaction, caller, note.id, AlarmMove::escalate, note.text);
}
Result<AlarmView> alarm_unshelve(Transaction& transaction, const Caller& caller, const AlarmNote& note) {
    return moved(transaction, caller, note.id, AlarmMove::unshelve, note.text);
}
Result<AlarmView> alarm_shelve(Transaction& transaction, const Caller& caller, const AlarmShelving& asked) {
    return moved(transaction, caller, asked.id, AlarmMove::shelve, asked.text, caller.now + minutes(asked.minutes));
}

Result<AlarmView> alarm_comment(Transaction& transaction, const Caller& caller, const AlarmNote& note) {
    const Alarm alarm = TRY(to_change(transaction, caller, note.id));
    if (trim(note.text).empty()) return invalid({{"text", "alarm.comment", "Write what you want to say."}});
    TRY(transaction.insert(AlarmEvent{.id = caller.new_id<AlarmEvent>(),
        .alarm = alarm.id,
        .organisation = alarm.organisation,
        .kind = AlarmEventKind::comment,
        .state = alarm.state,
        .severity = alarm.severity,
        .at = caller.now,
        .person_name = name_of_person(transaction, caller),
        .text = note.text}));
    return view_of(transaction, caller, alarm);
}

} // namespace

std::vector<Endpoint> alarm_endpoints() {
    return {
        // clang-format off
        {"alarm_list", Method::get, "/alarms", "Alarms of one's organisation.", Mode::read, signed_in, call(alarm_list)},
        {"alarm_get", Method::get, "/alarms/{id}", "One alarm with its history.", Mode::read, signed_in, call(alarm_get)},
        {"alarm_acknowledge", Method::post, "/alarms/{id}/acknowledge", "Take an alarm on.", Mode::write, write_watch, call(alarm_acknowledge)},
        {"alarm_escalate", Method::post, "/alarms/{id}/escalate", "Call for somebody else.", Mode::write, write_watch, call(alarm_escalate)},
        {"alarm_shelve", Method::post, "/alarms/{id}/shelve", "Put an alarm aside for a while.", Mode::write, write_watch, call(alarm_shelve)},
        {"alarm_unshelve", Method::post, "/alarms/{id}/unshelve", "Bring an alarm back.", Mode::write, write_watch, call(alarm_unshelve)},
        {"alarm_comment", Method::post, "/alarms/{id}/comment", "Write a comment.", Mode::write, write_watch, call(alarm_comment)},
        // clang-format on
    };
}

} // namespace greenbank::energy
