// web_hooks.cpp — addresses that are told of alarms, by JSON or by mail: an outbox in the alarm's own transaction, delivered until it is taken.
#include <fmt/format.h>

#include "api/figures.h"
#include "api/words.h"
#include "energy/watch/alarms.h"
#include "energy/watch/operations.h"
#include "json/json.h"

namespace greenbank::energy {

namespace {

constexpr std::int64_t hooks_of_organisation_max = 20;
constexpr std::int64_t attempt_seconds[] = {10, 60, 600, 3600, 3600, 7200, 14'400, 28'800};
constexpr std::size_t attempts_max = std::size(attempt_seconds);

std::string body_of(const Alarm& alarm, const AlarmEvent& event) {
    JsonWriter json;
    json.begin_object().member("event", greenbank::name_of(event.kind)).member("alarm", alarm.id.text).member("at", to_text(event.at));
    json.member("severity", greenbank::name_of(alarm.severity)).member("state", greenbank::name_of(alarm.state)).member("name", alarm.name.best(Language::en));
    json.member("subject", alarm.subject).member("subject_name", alarm.subject_name.best(Language::en)).member("site", alarm.site.text);
    json.member("channel", alarm.channel).key("value");
    if (alarm.value) json.real(*alarm.value);
    else json.null();
    json.member("unit", alarm.unit).member("raised_at", to_text(alarm.raised_at)).end_object();
    return json.take();
}

constexpr std::string_view mail = "mailto:";

/// The language of the person of that organisation who signs in with the address; nothing where there is none, or no longer.
Result<std::optional<Language>> reader_of(Transaction& transaction, const Id<Organisation>& organisation, const std::string& url) {
    const Rows rows = TRY(transaction.query("SELECT person.language FROM person JOIN membership ON membership.person = person.id WHERE "
                                            "membership.organisation = $1 AND person.email = $2 AND person.disabled = false",
        {organisation.text, url.substr(mail.size())}));
    if (rows.empty()) return std::optional<Language>{};
    return std::optional(parse_language(as_text(rows.rows[0][0])).value_or(Language::en));
}

/// A mail as Tell takes it: the subject, then the text.
std::string mail_of(const Alarm& alarm, const AlarmEvent& event, Language language) {
    const auto choice = [&](std::string_view list, std::string_view value) { return word(fmt::format("choice.{}.{}", list, value), language); };
    const std::string severity = choice("alarm_severity", greenbank::name_of(alarm.severity)), name(alarm.name.best(language)),
                      subject(alarm.subject_name.best(language)), what = choice("alarm_event_kind", greenbank::name_of(event.kind));
    std::string text = fill_in(word("energy.mail.subject", language), {{"severity", severity}, {"alarm", name}, {"subject", subject}, {"event", what}}) + "\n";
    const auto line = [&](std::string_view field, const std::string& value) {
        if (!value.empty()) text += fmt::format("{}: {}\n", word(fmt::format("field.alarm.{}", field), language), value);
    };
    line("name", name);
    line("subject_name", subject);
    line("severity", severity);
    line("state", choice("alarm_state", greenbank::name_of(alarm.state)));
    line("value", alarm.value ? alarm.channel + " " + Figures(language).quantity(*alarm.value, alarm.unit) : std::string());
    line("raised_at", to_text(alarm.raised_at));
    if (!event.text.empty()) text += fmt::format("\n{}: {}\n", event.person_name, event.text);
    return text + "\n" + word("energy.mail.foot", language) + "\n";
}

Result<Done> check_reader(Transaction& transaction, const WebHook& hook) {
    if (!hook.url.starts_with(mail) || TRY(reader_of(transaction, hook.organisation, hook.url))) return Done{};
    return invalid({{"url", "web_hook.stranger", "Mail goes only to people of the organisation; write the address with which one of them signs in."}});
}

Result<Reply<WebHook>> web_hook_create(Transaction& transaction, const Caller& caller, const WebHook& draft) {
    WebHook hook = draft;
    hook.id = caller.new_id<WebHook>();
    hook.organisation = TRY(acting_organisation(caller));
    hook.created_at = hook.updated_at = caller.now;
    if (as_integer(TRY(transaction.query("SELECT count(*) FROM web_hook WHERE organisation = $1", {hook.organisation.text})).single()) >=
        hooks_of_organisation_max)
        return Error{Failure::conflict, "web_hook.many", "An organisation has at most 20 addresses."};
    TRY(check_reader(transaction, hook));
    TRY(transaction.insert(hook));
    return Reply<WebHook>{.body = std::move(hook), .status = 201};
}
Result<WebHook> web_hook_update(Transaction& transaction, const Caller& caller, const Patch<WebHook>& patch) {
    TRY(to_change(transaction, caller, patch.id));
    WebHook hook = TRY(apply_patch(transaction, caller, patch));
    TRY(check_reader(transaction, hook));
    hook.updated_at = caller.now;
    TRY(transaction.update(hook));
    return hook;
}
Result<Done> web_hook_delete(Transaction& transaction, const Caller& caller, const KeyOf<WebHook>& key) {
    const WebHook hook = TRY(to_change(transaction, caller, key.id));
    TRY(transaction.execute("DELETE FROM hook_message WHERE hook = $1", {hook.id.text}));
    return transaction.erase(hook.id);
}
Result<WebHook> web_hook_get(Transaction& transaction, const Caller& caller, const KeyOf<WebHook>& key) { return to_change(transaction, caller, key.id); }
Result<Page<WebHook>> web_hook_list(Transaction& transaction, const Caller& caller, const ListOf<WebHook>& list) {
    return list_page<WebHook>(transaction, caller, list, "$1 <> '' AND organisation = $1", {caller.actor.organisation});
}
Result<Page<HookMessage>> hook_message_list(Transaction& transaction, const Caller& caller, const ListOf<HookMessage>& list) {
    return list_page<HookMessage>(transaction, caller, list, "$1 <> '' AND organisation = $1", {caller.actor.organisation});
}

void settle(HookMessage& message, const Result<int>& answered, Time now) {
    ++message.attempts;
    const bool taken = answered && answered.value() >= 200 && answered.value() < 300;
    message.answer = answered ? std::to_string(answered.value()) : fill_in(answered.error().message, answered.error().parameters);
    if (taken || static_cast<std::size_t>(message.attempts) >= attempts_max) {
        message.state = taken ? HookState::delivered : HookState::given_up;
        message.ended_at = now;
    } else message.next_at = now + seconds(attempt_seconds[message.attempts - 1]);
}

} // namespace

Result<Done> queue_hooks(Transaction& transaction, const Caller& caller, const Alarm& alarm, const AlarmEvent& event) {
    if (alarm.sample) return Done{};
    for (const WebHook& hook : TRY(transaction.find<WebHook>("organisation = $1 AND enabled = true", {alarm.organisation.text}))) {
        if (std::max(alarm.severity, alarm.severity_worst) < hook.severity_least) continue;
        std::optional<Language> reader;
        if (hook.url.starts_with(mail) && !(reader = TRY(reader_of(transaction, alarm.organisation, hook.url)))) continue; // has left
        TRY(transaction.insert(HookMessage{.id = caller.new_id<HookMessage>(),
            .organisation = alarm.organisation,
            .hook = hook.id,
            .alarm = alarm.id,
            .body = reader ? mail_of(alarm, event, *reader) : body_of(alarm, event),
            .created_at = caller.now,
            .next_at = caller.now}));
    }
    return Done{};
}

Result<Done> deliver_hooks(Store& store, Tell& tell, Time now) {
    std::vector<HookMessage> due;
    std::map<std::string, std::string> urls;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        due = TRY(transaction.find<HookMessage>("state = 'waiting' AND next_at <= $1 ORDER BY next_at LIMIT 20", {now.microseconds}));
        for (const HookMessage& message : due)
            if (const auto hook = TRY(transaction.find_one<WebHook>("id = $1", {message.hook.text}))) urls[message.hook.text] = hook->url;
        return Done{};
    }));
    for (HookMessage& message : due) {
        // Taken for two minutes first: another server, or this one after a crash, comes only then.
        bool mine = false;
        TRY(store.write([&](Transaction& transaction) -> Result<Done> {
            mine = TRY(transaction.execute("UPDATE hook_message SET next_at = $1 WHERE id = $2 AND state = 'waiting' AND next_at = $3",
                       {(now + minutes(2)).microseconds, message.id.text, message.next_at.microseconds})) == 1;
            return Done{};
        }));
        if (!mine) continue;
        settle(message, tell.tell(urls[message.hook.text], message.body), now);
        TRY(store.write([&](Transaction& transaction) -> Result<Done> {
            transaction.capture_changes = false;
            TRY(transaction.update(message));
            return Done{};
        }));
    }
    return Done{};
}

std::vector<Endpoint> web_hook_endpoints() {
    return {
        // clang-format off
        {"web_hook_list", Method::get, "/web-hooks", "Addresses that are told of alarms.", Mode::read, write_watch, call(web_hook_list)},
        {"web_hook_get", Method::get, "/web-hooks/{id}", "One address.", Mode::read, write_watch, call(web_hook_get)},
        {"web_hook_create", Method::post, "/web-hooks", "Tell another address.", Mode::write, write_watch, call(web_hook_create)},
        {"web_hook_update", Method::patch, "/web-hooks/{id}", "Change an address.", Mode::write, write_watch, call(web_hook_update)},
        {"web_hook_delete", Method::remove, "/web-hooks/{id}", "Tell it no more.", Mode::write, write_watch, call(web_hook_delete)},
        {"hook_message_list", Method::get, "/hook-messages", "What addresses were told, and what waits.", Mode::read, write_watch, call(hook_message_list)},
        // clang-format on
    };
}

} // namespace greenbank::energy
