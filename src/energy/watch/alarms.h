// alarms.h — how alarms change: always inside the store's writer, with their event and what web hooks are to be told.
#pragma once

#include "api/api.h"
#include "api/tell.h"
#include "energy/engine/rules/evaluate.h"
#include "energy/watch/records.h"

namespace greenbank::energy {

/// What a rule says of its subject now.
struct Verdict {
    const AlarmRule* rule = nullptr;
    Id<Site> site;
    std::optional<Id<Device>> device;
    std::string subject;
    Text subject_name;
    std::optional<Severity> severity; // none: all is well
    Moment raised_at = 0, severity_since = 0;
    std::string channel, unit;
    std::optional<double> value;
};

/// Raises, changes or clears the one alarm of (subject, rule); what happened, or nothing where the alarm says the same already.
Result<std::optional<AlarmEventKind>> keep_verdict(Transaction& transaction, const Caller& bank, const Verdict& verdict);
/// A move of the bank's or of a person's (then with his name).
Result<Done> move_alarm(Transaction& transaction, const Caller& caller, Alarm& alarm, AlarmMove move, const std::string& person_name, const std::string& text);
/// Escalates what nobody acknowledged in time, brings back what was shelved until now.
Result<std::int64_t> move_by_time(Transaction& transaction, const Caller& bank, Time now);

std::vector<Endpoint> alarm_endpoints();
std::vector<Endpoint> rule_endpoints();
std::vector<Endpoint> web_hook_endpoints();

/// Web hooks that are due for this event, into the outbox.
Result<Done> queue_hooks(Transaction& transaction, const Caller& caller, const Alarm& alarm, const AlarmEvent& event);
/// Delivers what is due; what fails is tried again after 10 s, 1 min, 10 min, an hour … for a day.
Result<Done> deliver_hooks(Store& store, Tell& tell, Time now);

} // namespace greenbank::energy
