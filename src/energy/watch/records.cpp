// records.cpp — descriptions of rules, alarms, their events and addresses.
#include "energy/watch/records.h"

namespace greenbank::energy {

RuleDefinition definition_of(const AlarmRule& rule) {
    RuleDefinition definition;
    for (const RuleCondition& one : rule.conditions)
        definition.conditions.push_back({one.name, one.kind, one.channels, one.outgoing, one.comparison, one.raise, one.clear, one.seconds, one.of});
    for (const RuleLevel& one : rule.levels) definition.levels.push_back({one.severity, one.condition, one.pending_seconds, one.keep_firing_seconds});
    return definition;
}

namespace {

void check_rule(const void* value, Problems& problems) {
    const auto& rule = *static_cast<const AlarmRule*>(value);
    if (!rule.device && rule.template_.empty() && !rule.site)
        problems.push_back({"site", "rule.subject", "Say what is watched: a device, the devices of a template, or a site."});
    if (rule.device && !rule.template_.empty())
        problems.push_back({"template", "rule.subject", "Say what is watched: a device, the devices of a template, or a site."});
    auto compiled = compile(definition_of(rule));
    if (!compiled) add_unsaid(problems, std::move(compiled.error().problems));
}

void check_hook(const void* value, Problems& problems) {
    const std::string& url = static_cast<const WebHook*>(value)->url;
    if (!url.starts_with("https://") && !url.starts_with("http://") && !url.starts_with("mailto:"))
        problems.push_back({"url", "web_hook.url", "Write a whole address that begins with https://, http:// or, for mail, mailto:."});
}

} // namespace

Record describe(const RuleCondition*) {
    using R = RuleCondition;
    return {"rule_condition", "One condition of a rule.",
        {field<&R::name>("name", "Its name within the rule.", {.min = 1, .max = 60}), field<&R::kind>("kind", "What is compared.", {.defaulted = true}),
            field<&R::channels>("channels", "Keys of the channels; of a plan the measured and the planned one; of a balance what goes in.",
                {.max = rule_channels_max, .defaulted = true}),
            field<&R::outgoing>("outgoing", "Of a balance: keys of what comes out.", {.max = rule_channels_max, .defaulted = true}),
            field<&R::comparison>("comparison", "Above or below the limit.", {.defaulted = true}),
            field<&R::raise>("raise", "The limit that turns it on: in the channel's unit, per hour of a rate, in % of balance and plan.", {.defaulted = true}),
            field<&R::clear>("clear", "The limit that turns it off again.", {.defaulted = true}),
            field<&R::seconds>("seconds", "Of missing data: silent for so long.", {.unit = "s", .min = 0, .max = rule_seconds_max, .defaulted = true}),
            field<&R::of>("of", "Of all, any, none: names of the conditions it joins.", {.max = conditions_max, .defaulted = true})}};
}

Record describe(const RuleLevel*) {
    using R = RuleLevel;
    return {"rule_level", "A severity, when it fires and when it ends.",
        {field<&R::severity>("severity", "How bad it is.", {.defaulted = true}),
            field<&R::condition>("condition", "The condition's name.", {.min = 1, .max = 60}),
            field<&R::pending_seconds>(
                "pending_seconds", "On for so long before it fires.", {.unit = "s", .min = 0, .max = rule_seconds_max, .defaulted = true}),
            field<&R::keep_firing_seconds>(
                "keep_firing_seconds", "Off for so long before it ends.", {.unit = "s", .min = 0, .max = rule_seconds_max, .defaulted = true})}};
}

Record describe(const AlarmRule*) {
    using R = AlarmRule;
    return {"alarm_rule", "When an alarm is raised.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose rule it is.", {.read_only = true, .filter = true}),
            field<&R::name>("name", "What the alarm is called.", {.min = 1, .max = 200}),
            field<&R::advice>("advice", "What to do about it.", {.max = 2000, .defaulted = true}), field<&R::site>("site", "The site.", {.filter = true}),
            field<&R::device>("device", "The one device.", {.filter = true}),
            field<&R::template_>("template", "All devices of this template.", {.max = 60, .defaulted = true}),
            field<&R::conditions>("conditions", "What is compared with what.", {.min = 1, .max = conditions_max}),
            field<&R::levels>("levels", "Severities, from mild to severe.", {.min = 1, .max = levels_max}),
            field<&R::enabled>("enabled", "It is watched.", {.defaulted = true, .filter = true}),
            field<&R::escalate_after_minutes>(
                "escalate_after_minutes", "Escalated if nobody has acknowledged it by then.", {.unit = "min", .min = 1, .max = 10'080}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}), field<&R::created_at>("created_at", "When.", {.read_only = true}),
            field<&R::updated_at>("updated_at", "When changed.", {.read_only = true, .sort = true}),
            field<&R::version>("version", "Grows with each change.", {.read_only = true})},
        check_rule};
}

Record describe(const Alarm*) {
    using R = Alarm;
    return {"alarm", "Something is not as it should be.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true, .filter = true}),
            field<&R::rule>("rule", "The rule that raised it.", {.read_only = true, .filter = true}),
            field<&R::site>("site", "Where.", {.read_only = true, .filter = true}),
            field<&R::device>("device", "Of which device.", {.read_only = true, .filter = true}),
            field<&R::subject>("subject", "The device or site.", {.read_only = true}), field<&R::name>("name", "What.", {.read_only = true}),
            field<&R::subject_name>("subject_name", "The name of device or site.", {.read_only = true}),
            field<&R::severity>("severity", "How bad it is now.", {.read_only = true, .filter = true, .sort = true}),
            field<&R::severity_worst>("severity_worst", "How bad it was at worst.", {.read_only = true}),
            field<&R::state>("state", "What has been done about it.", {.read_only = true, .filter = true}),
            field<&R::channel>("channel", "The channel that was compared.", {.read_only = true}),
            field<&R::value>("value", "What was compared when it was raised.", {.read_only = true}),
            field<&R::unit>("unit", "Of the value.", {.read_only = true}),
            field<&R::raised_at>("raised_at", "Since when, by the readings' clocks.", {.read_only = true, .sort = true}),
            field<&R::severity_since>("severity_since", "Since when it is so bad.", {.read_only = true}),
            field<&R::noticed_at>("noticed_at", "When the bank knew.", {.read_only = true, .sort = true}),
            field<&R::acknowledged_at>("acknowledged_at", "When somebody took it on.", {.read_only = true}),
            field<&R::shelved_until>("shelved_until", "Until when it is put aside.", {.read_only = true}),
            field<&R::cleared_at>("cleared_at", "When it was over.", {.read_only = true, .sort = true}),
            field<&R::acknowledged_by>("acknowledged_by", "Who took it on.", {.read_only = true}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&R::version>("version", "Grows with each change.", {.read_only = true})}};
}

Record describe(const AlarmEvent*) {
    using R = AlarmEvent;
    return {"alarm_event", "What happened to an alarm.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::alarm>("alarm", "Which alarm.", {.read_only = true, .filter = true}),
            field<&R::organisation>("organisation", "Whose.", {.read_only = true}), field<&R::kind>("kind", "What.", {.read_only = true}),
            field<&R::state>("state", "The alarm's state after it.", {.read_only = true}),
            field<&R::severity>("severity", "How bad it was then.", {.read_only = true}), field<&R::at>("at", "When.", {.read_only = true}),
            field<&R::person_name>("person_name", "Who; empty: the bank itself.", {.read_only = true}),
            field<&R::text>("text", "What was said.", {.max = 2000, .read_only = true}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true})}};
}

Record describe(const RuleMemory*) {
    using R = RuleMemory;
    return {"rule_memory", "What a rule knows of a device.",
        {field<&R::id>("id", "Its id."), field<&R::rule>("rule", "Of which rule."), field<&R::subject>("subject", "The device or site."),
            field<&R::rule_version>("rule_version", "Of the rule."), field<&R::state>("state", "Readings and phases."), field<&R::kept_at>("kept_at", "When."),
            field<&R::sample>("sample", "Part of the sample bank.")}};
}

Record describe(const WebHook*) {
    using R = WebHook;
    return {"web_hook", "An address that is told of alarms.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true}),
            field<&R::name>("name", "What it is for.", {.min = 1, .max = 120}),
            field<&R::url>("url", "The address; it is sent JSON, or with mailto: a mail.", {.min = 8, .max = 1000}),
            field<&R::severity_least>("severity_least", "Milder ones are not told.", {.defaulted = true}),
            field<&R::enabled>("enabled", "It is told.", {.defaulted = true}), field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&R::created_at>("created_at", "When.", {.read_only = true}), field<&R::updated_at>("updated_at", "When changed.", {.read_only = true}),
            field<&R::version>("version", "Grows with each change.", {.read_only = true})},
        check_hook};
}

Record describe(const HookMessage*) {
    using R = HookMessage;
    return {"hook_message", "What an address was or will be told.",
        {field<&R::id>("id", "Its id.", {.read_only = true}), field<&R::organisation>("organisation", "Whose.", {.read_only = true}),
            field<&R::hook>("hook", "Which address.", {.read_only = true, .filter = true}), field<&R::alarm>("alarm", "Of which alarm.", {.read_only = true}),
            field<&R::body>("body", "What is sent.", {.read_only = true}),
            field<&R::state>("state", "Waiting, delivered or given up.", {.read_only = true, .filter = true}),
            field<&R::attempts>("attempts", "How often it was tried.", {.read_only = true}), field<&R::created_at>("created_at", "When.", {.read_only = true}),
            field<&R::next_at>("next_at", "When it is tried next.", {.read_only = true}),
            field<&R::ended_at>("ended_at", "When it ended.", {.read_only = true}), field<&R::answer>("answer", "The last answer.", {.read_only = true}),
            field<&R::sample>("sample", "Part of the sample bank.", {.read_only = true})}};
}

} // namespace greenbank::energy
