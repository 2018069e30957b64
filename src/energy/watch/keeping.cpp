// keeping.cpp — from verdicts to alarms: one transaction holds the alarm, its event and the messages of its web hooks.
#include "energy/watch/alarms.h"

namespace greenbank::energy {

namespace {

Result<Done> note(Transaction& transaction, const Caller& caller, const Alarm& alarm, AlarmEventKind kind, const std::string& person, const std::string& text) {
    const AlarmEvent event{.id = caller.new_id<AlarmEvent>(),
        .alarm = alarm.id,
        .organisation = alarm.organisation,
        .kind = kind,
        .state = alarm.state,
        .severity = alarm.severity,
        .at = caller.now,
        .person_name = person,
        .text = text};
    TRY(transaction.insert(event));
    return queue_hooks(transaction, caller, alarm, event);
}

Result<Done> raise(Transaction& transaction, const Caller& bank, const Verdict& verdict) {
    const auto state = TRY(alarm_step(std::nullopt, AlarmMove::raise, false, false));
    Alarm alarm{.id = bank.new_id<Alarm>(),
        .organisation = verdict.rule->organisation,
        .rule = verdict.rule->id,
        .site = verdict.site,
        .device = verdict.device,
        .subject = verdict.subject,
        .name = verdict.rule->name,
        .subject_name = verdict.subject_name,
        .severity = *verdict.severity,
        .severity_worst = *verdict.severity,
        .state = state,
        .channel = verdict.channel,
        .value = verdict.value,
        .unit = verdict.unit,
        .raised_at = {verdict.raised_at},
        .severity_since = {verdict.severity_since},
        .noticed_at = bank.now};
    TRY(transaction.insert(alarm));
    return note(transaction, bank, alarm, AlarmEventKind::raise, "", "");
}

AlarmEventKind event_of(AlarmMove move) {
    switch (move) {
    case AlarmMove::raise: return AlarmEventKind::raise;
    case AlarmMove::acknowledge: return AlarmEventKind::acknowledge;
    case AlarmMove::escalate: return AlarmEventKind::escalate;
    case AlarmMove::shelve: return AlarmEventKind::shelve;
    case AlarmMove::unshelve: return AlarmEventKind::unshelve;
    case AlarmMove::clear: break;
    }
    return AlarmEventKind::clear;
}

} // namespace

Result<std::optional<AlarmEventKind>> keep_verdict(Transaction& transaction, const Caller& bank, const Verdict& verdict) {
    using Kept = std::optional<AlarmEventKind>;
    auto open = TRY(transaction.find_one<Alarm>("subject = $1 AND rule = $2 AND state <> 'cleared'", {verdict.subject, verdict.rule->id.text}));
    if (!open) {
        if (!verdict.severity) return Kept{};
        TRY(raise(transaction, bank, verdict));
        return Kept{AlarmEventKind::raise};
    }
    Alarm& alarm = *open;
    if (!verdict.severity) {
        TRY(move_alarm(transaction, bank, alarm, AlarmMove::clear, "", ""));
        return Kept{AlarmEventKind::clear};
    }
    if (alarm.severity == *verdict.severity) return Kept{};
    alarm.severity = *verdict.severity;
    alarm.severity_worst = std::max(alarm.severity_worst, alarm.severity);
    alarm.severity_since = {verdict.severity_since};
    TRY(transaction.update(alarm));
    TRY(note(transaction, bank, alarm, AlarmEventKind::severity, "", ""));
    return Kept{AlarmEventKind::severity};
}

Result<Done> move_alarm(Transaction& transaction, const Caller& caller, Alarm& alarm, AlarmMove move, const std::string& person_name, const std::string& text) {
    alarm.state = TRY(alarm_step(alarm.state, move, !person_name.empty(), !text.empty()));
    if (move == AlarmMove::acknowledge) {
        alarm.acknowledged_at = caller.now;
        alarm.acknowledged_by = person_name;
    }
    if (move != AlarmMove::shelve) alarm.shelved_until.reset();
    if (move == AlarmMove::clear) alarm.cleared_at = caller.now;
    TRY(transaction.update(alarm));
    return note(transaction, caller, alarm, event_of(move), person_name, text);
}

Result<std::int64_t> move_by_time(Transaction& transaction, const Caller& bank, Time now) {
    std::int64_t moved = 0;
    const Rows late = TRY(
        transaction.query("SELECT alarm.id FROM alarm JOIN alarm_rule ON alarm_rule.id = alarm.rule WHERE alarm.state = 'raised' AND alarm.sample = false AND "
                          "alarm.noticed_at + alarm_rule.escalate_after_minutes * 60000000 <= $1 LIMIT 1000",
            {now.microseconds}));
    for (const auto& row : late.rows) {
        Alarm alarm = TRY(transaction.get(Id<Alarm>(as_text(row[0]))));
        TRY(move_alarm(transaction, bank, alarm, AlarmMove::escalate, "", ""));
        ++moved;
    }
    for (Alarm& alarm : TRY(transaction.find<Alarm>("state = 'shelved' AND sample = false AND shelved_until <= $1 LIMIT 1000", {now.microseconds}))) {
        TRY(move_alarm(transaction, bank, alarm, AlarmMove::unshelve, "", ""));
        ++moved;
    }
    return moved;
}

} // namespace greenbank::energy
