// records.h — rules, the alarms they raise, what happened to each, and the addresses that are told.
#pragma once

#include "energy/engine/alarms/alarm_states.h"
#include "energy/engine/rules/rule.h"
#include "energy/sites/records.h"

namespace greenbank::energy {

/// As Condition and Level of engine/rules/rule.h.
struct RuleCondition {
    std::string name;
    ConditionKind kind = ConditionKind::threshold;
    std::vector<std::string> channels, outgoing;
    Comparison comparison = Comparison::above;
    double raise = 0, clear = 0;
    std::int64_t seconds = 0;
    std::vector<std::string> of;
};
Record describe(const RuleCondition*);

struct RuleLevel {
    Severity severity = Severity::warning;
    std::string condition;
    std::int64_t pending_seconds = 0, keep_firing_seconds = 0;
};
Record describe(const RuleLevel*);

/// Watches one device, every device of a template (at one site or at all), or a whole site.
struct AlarmRule {
    static constexpr std::string_view id_prefix = "rule";
    Id<AlarmRule> id;
    Id<Organisation> organisation;
    Text name, advice; // what to do about it
    std::optional<Id<Site>> site;
    std::optional<Id<Device>> device;
    std::string template_; // empty: none
    std::vector<RuleCondition> conditions;
    std::vector<RuleLevel> levels;
    bool enabled = true;
    std::optional<std::int64_t> escalate_after_minutes; // nobody has acknowledged it by then
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const AlarmRule*);
RuleDefinition definition_of(const AlarmRule& rule);

/// At most one of a subject and rule is open; an index sees to it, whatever servers readings come by.
struct Alarm {
    static constexpr std::string_view id_prefix = "alarm";
    Id<Alarm> id;
    Id<Organisation> organisation;
    Id<AlarmRule> rule;
    Id<Site> site;
    std::optional<Id<Device>> device;
    std::string subject; // the id of the device or site
    Text name, subject_name;
    Severity severity = Severity::warning, severity_worst = Severity::warning;
    AlarmState state = AlarmState::raised;
    std::string channel; // what was measured when it was raised, as far as one reading tells it
    std::optional<double> value;
    std::string unit;
    Time raised_at, severity_since; // by the readings' own clocks
    Time noticed_at;                // when the bank knew
    std::optional<Time> acknowledged_at, shelved_until, cleared_at;
    std::string acknowledged_by; // a name
    bool sample = false;
    std::int64_t version = 1;
};
Record describe(const Alarm*);

enum class AlarmEventKind { raise, severity, acknowledge, comment, escalate, shelve, unshelve, clear };

struct AlarmEvent {
    static constexpr std::string_view id_prefix = "alarmevent";
    Id<AlarmEvent> id;
    Id<Alarm> alarm;
    Id<Organisation> organisation;
    AlarmEventKind kind = AlarmEventKind::raise;
    AlarmState state = AlarmState::raised; // after it
    Severity severity = Severity::warning;
    Time at;
    std::string person_name; // empty: the bank itself
    std::string text;
    bool sample = false;
};
Record describe(const AlarmEvent*);

/// What a watcher knows, kept so that a server that starts goes on where one ended.
struct RuleMemory {
    static constexpr std::string_view id_prefix = "rulememory";
    Id<RuleMemory> id;
    Id<AlarmRule> rule;
    std::string subject;
    std::int64_t rule_version = 1;
    std::string state; // engine/rules/watcher.h: encode_state
    Time kept_at;
    bool sample = false;
};
Record describe(const RuleMemory*);

struct WebHook {
    static constexpr std::string_view id_prefix = "webhook";
    Id<WebHook> id;
    Id<Organisation> organisation;
    std::string name, url;
    Severity severity_least = Severity::warning;
    bool enabled = true;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const WebHook*);

enum class HookState { waiting, delivered, given_up };

/// One event for one address: written with the event, delivered later, and again until it is.
struct HookMessage {
    static constexpr std::string_view id_prefix = "hookmessage";
    Id<HookMessage> id;
    Id<Organisation> organisation;
    Id<WebHook> hook;
    Id<Alarm> alarm;
    std::string body; // JSON
    HookState state = HookState::waiting;
    std::int64_t attempts = 0;
    Time created_at, next_at;
    std::optional<Time> ended_at;
    std::string answer; // the last status, or why nobody answered
    bool sample = false;
};
Record describe(const HookMessage*);

} // namespace greenbank::energy

namespace greenbank {
template <> struct Choices<energy::ConditionKind> {
    static constexpr std::string_view name = "condition_kind";
    static constexpr std::string_view values[] = {"threshold", "rate", "balance", "plan", "missing", "all", "any", "none"};
};
template <> struct Choices<energy::Comparison> {
    static constexpr std::string_view name = "comparison";
    static constexpr std::string_view values[] = {"above", "below"};
};
template <> struct Choices<energy::Severity> {
    static constexpr std::string_view name = "alarm_severity";
    static constexpr std::string_view values[] = {"information", "warning", "critical", "emergency"};
};
template <> struct Choices<energy::AlarmEventKind> {
    static constexpr std::string_view name = "alarm_event_kind";
    static constexpr std::string_view values[] = {"raise", "severity", "acknowledge", "comment", "escalate", "shelve", "unshelve", "clear"};
};
template <> struct Choices<energy::HookState> {
    static constexpr std::string_view name = "hook_state";
    static constexpr std::string_view values[] = {"waiting", "delivered", "given_up"};
};
} // namespace greenbank
