// access.cpp — callers, rights and the audit trail.
#include "kernel/log.h"
#include "parties/audit_trail.h"
#include "parties/parties.h"
#include "parties/secrets.h"

namespace greenbank::parties {

namespace {

const Error not_signed_in{Failure::unauthenticated, "access.session_ended", "You are no longer signed in; sign in again."};

} // namespace

void Access::learn(const std::vector<RightRow>& rows) { rows_.insert(rows_.end(), rows.begin(), rows.end()); }

std::vector<std::string> Access::rights_of(Role role) const {
    std::vector<std::string> rights;
    for (const RightRow& row : rows_)
        if (std::find(row.roles.begin(), row.roles.end(), name_of(role)) != row.roles.end()) rights.emplace_back(row.right.name);
    return rights;
}

Result<Actor> Access::actor_of(Transaction& transaction, const Id<Person>& person, const std::optional<Id<Organisation>>& organisation, std::string session) {
    Actor actor{.person = person.text, .session = std::move(session)};
    const Rows disabled = TRY(transaction.query("SELECT disabled FROM person WHERE id = $1", {person.text}));
    if (disabled.empty() || as_integer(disabled.single())) return not_signed_in;
    if (!organisation) return actor;
    const Rows rows = TRY(
        transaction.query("SELECT m.role, o.kind FROM membership m JOIN organisation o ON o.id = m.organisation WHERE m.person = $1 AND m.organisation = $2",
            {person.text, organisation->text}));
    if (rows.empty()) return actor;
    const auto role = parse_choice<Role>(as_text(rows.rows[0][0]));
    actor.organisation = organisation->text;
    actor.of_the_bank = as_text(rows.rows[0][1]) == "centre" && (role == Role::officer || role == Role::administrator);
    actor.rights = rights_of(role.value_or(Role::reader));
    return actor;
}

Result<Actor> Access::identify(Transaction& transaction, const Credentials& credentials, Time now) {
    if (!credentials.bearer.empty()) {
        const auto token = TRY(transaction.find_one<ApiToken>("token_hash = $1", {token_hash(credentials.bearer)}));
        if (!token || token->expires_at < now)
            return Error{Failure::unauthenticated, "access.token", "This API token is not good or has expired; make a new one."};
        Actor actor = TRY(actor_of(transaction, token->person, token->organisation, token->id.text));
        if (!token->rights.empty())
            std::erase_if(
                actor.rights, [&](const std::string& right) { return std::find(token->rights.begin(), token->rights.end(), right) == token->rights.end(); });
        return actor;
    }
    const auto session = TRY(transaction.find_one<Session>("token_hash = $1", {token_hash(credentials.cookie)}));
    if (!session || session->expires_at < now || session->seen_at + settings_.session_idle < now) return not_signed_in;
    touch(*session, now);
    return actor_of(transaction, session->person, session->organisation, session->id.text);
}

/// A sign of life every five minutes keeps the idle limit without a write for every request.
void Access::touch(const Session& session, Time now) {
    if (session.seen_at + minutes(5) > now) return;
    store_.write(
        [id = session.id.text, now](Transaction& transaction) -> Result<Done> {
            TRY(transaction.execute("UPDATE session SET seen_at = $1 WHERE id = $2 AND seen_at < $1", {now.microseconds, id}));
            return Done{};
        },
        [](Result<Done>) {});
}

Result<Done> Access::audit(
    Transaction& transaction, const Caller& caller, std::string_view operation, std::string_view outcome, const std::vector<Change>& changes) {
    AuditEntry entry{.id = caller.new_id<AuditEntry>(),
        .at = caller.now,
        .person = caller.actor.person,
        .organisation = caller.actor.organisation,
        .address = caller.address,
        .agent = caller.agent.substr(0, 300),
        .operation = std::string(operation),
        .outcome = std::string(outcome)};
    if (!is_utf8(entry.agent)) entry.agent.clear();
    if (!entry.person.empty()) {
        const Rows name = TRY(transaction.query("SELECT name FROM person WHERE id = $1", {entry.person}));
        entry.person_name = as_text(name.single());
    }
    return keep_audit_entry(transaction, transparency_, std::move(entry), changes);
}

Result<std::optional<std::string>> first_administrator_token(Store& store, Time now) {
    const std::string token = random_token();
    bool needed = false;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        needed = as_integer(TRY(transaction.query("SELECT COUNT(*) FROM person")).single()) == 0;
        if (!needed) return Done{};
        TRY(transaction.execute("DELETE FROM one_time_link WHERE purpose = 'first_administrator'"));
        Random random(random_number());
        TRY(transaction.insert(OneTimeLink{.id = make_id<OneTimeLink>(now, random),
            .purpose = "first_administrator",
            .token_hash = token_hash(token),
            .created_at = now,
            .expires_at = now + days(7)}));
        return Done{};
    }));
    return needed ? std::optional(token) : std::nullopt;
}

} // namespace greenbank::parties
