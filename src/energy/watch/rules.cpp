// rules.cpp — entering rules, and trying one on what was measured before it is let loose.
#include <fmt/format.h>

#include "energy/watch/alarm_desk.h"
#include "energy/watch/operations.h"

namespace greenbank::energy {

namespace {

constexpr std::int64_t rules_of_organisation_max = 2'000;

/// What the rule names must be there and one's own.
Result<Done> check_subject(Transaction& transaction, const Caller& caller, const AlarmRule& rule) {
    if (rule.site) TRY(to_change(transaction, caller, *rule.site));
    if (rule.device) {
        const Device device = TRY(to_change(transaction, caller, *rule.device));
        if (rule.site && device.site != rule.site) return invalid({{"device", "rule.device_elsewhere", "This device stands at another site."}});
        for (std::size_t i = 0; i < rule.conditions.size(); ++i)
            for (const auto& keys : {rule.conditions[i].channels, rule.conditions[i].outgoing})
                for (const std::string& key : keys)
                    if (!key.starts_with("plan:") &&
                        TRY(transaction.query("SELECT 1 FROM channel WHERE device = $1 AND key = $2", {device.id.text, key})).empty())
                        return invalid(
                            {{fmt::format("conditions[{}].channels", i), "rule.channel_unknown", "There is no channel {key} here.", {{"key", key}}}});
    }
    if (!rule.device && rule.template_.empty() && rule.site)
        for (std::size_t i = 0; i < rule.conditions.size(); ++i)
            for (const auto& keys : {rule.conditions[i].channels, rule.conditions[i].outgoing})
                for (const std::string& key : keys) {
                    if (key.starts_with("plan:")) continue;
                    const std::size_t found =
                        TRY(transaction.query("SELECT 1 FROM channel WHERE site = $1 AND key = $2 LIMIT 2", {rule.site->text, key})).size();
                    if (found == 0)
                        return invalid(
                            {{fmt::format("conditions[{}].channels", i), "rule.channel_unknown", "There is no channel {key} here.", {{"key", key}}}});
                    if (found > 1)
                        return invalid({{fmt::format("conditions[{}].channels", i), "rule.channel_several",
                            "Several channels of this site are called {key}; watch one device instead.", {{"key", key}}}});
                }
    return Done{};
}

Result<Reply<AlarmRule>> alarm_rule_create(Transaction& transaction, const Caller& caller, const AlarmRule& draft) {
    AlarmRule rule = draft;
    rule.id = caller.new_id<AlarmRule>();
    rule.organisation = TRY(acting_organisation(caller));
    rule.created_at = rule.updated_at = caller.now;
    TRY(check_subject(transaction, caller, rule));
    if (as_integer(TRY(transaction.query("SELECT count(*) FROM alarm_rule WHERE organisation = $1", {rule.organisation.text})).single()) >=
        rules_of_organisation_max)
        return Error{Failure::conflict, "rule.many", "An organisation has at most 2,000 rules; let one rule watch all devices of a template."};
    TRY(transaction.insert(rule));
    return Reply<AlarmRule>{.body = std::move(rule), .status = 201};
}

Result<AlarmRule> alarm_rule_update(Transaction& transaction, const Caller& caller, const Patch<AlarmRule>& patch) {
    TRY(to_change(transaction, caller, patch.id));
    AlarmRule rule = TRY(apply_patch(transaction, caller, patch));
    TRY(check_subject(transaction, caller, rule));
    rule.updated_at = caller.now;
    TRY(transaction.update(rule));
    return rule;
}

Result<Done> alarm_rule_delete(Transaction& transaction, const Caller& caller, const KeyOf<AlarmRule>& key) {
    const AlarmRule rule = TRY(to_change(transaction, caller, key.id));
    TRY(transaction.execute("DELETE FROM rule_memory WHERE rule = $1", {rule.id.text}));
    return transaction.erase(rule.id);
}

Result<AlarmRule> alarm_rule_get(Transaction& transaction, const Caller& caller, const KeyOf<AlarmRule>& key) { return seen(transaction, caller, key.id); }
Result<Page<AlarmRule>> alarm_rule_list(Transaction& transaction, const Caller& caller, const ListOf<AlarmRule>& list) {
    return listed(transaction, caller, list);
}

} // namespace

std::vector<Endpoint> rule_endpoints() {
    return {
        // clang-format off
        {"alarm_rule_list", Method::get, "/alarm-rules", "Rules of one's organisation.", Mode::read, signed_in, call(alarm_rule_list)},
        {"alarm_rule_get", Method::get, "/alarm-rules/{id}", "One rule.", Mode::read, signed_in, call(alarm_rule_get)},
        {"alarm_rule_create", Method::post, "/alarm-rules", "Enter a rule.", Mode::write, write_watch, call(alarm_rule_create)},
        {"alarm_rule_update", Method::patch, "/alarm-rules/{id}", "Change a rule; it is watched anew.", Mode::write, write_watch, call(alarm_rule_update)},
        {"alarm_rule_delete", Method::remove, "/alarm-rules/{id}", "Delete a rule; its open alarms clear.", Mode::write, write_watch, call(alarm_rule_delete)},
        // clang-format on
    };
}

} // namespace greenbank::energy
