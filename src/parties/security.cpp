// security.cpp — a person's own password, second factor, sessions and API tokens.
#include <fmt/format.h>

#include "parties/secrets.h"
#include "parties/sign_in.h"

namespace greenbank::parties {

namespace {

Result<Person> caller_person(Store& store, const Caller& caller) {
    Person person;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> { return person = TRY(transaction.get(Id<Person>(caller.actor.person))), Done{}; }));
    return person;
}

/// Programs neither make or end tokens (theirs may be restricted) and sessions, nor change how their person signs in.
Result<Done> in_a_browser(const Caller& caller) {
    if (!caller.actor.session.starts_with(ApiToken::id_prefix)) return Done{};
    return Error{Failure::forbidden, "token.not_here", "An API token cannot do this; sign in with a browser."};
}

/// A stolen session must not be a way to guess the password: it waits like a sign-in, and counts with it.
Result<Person> with_password(Access& access, Store& store, const Caller& caller, std::string_view operation, const std::string& password) {
    TRY(in_a_browser(caller));
    Person person = TRY(caller_person(store, caller));
    const std::string key = throttle_key(person.email);
    TRY(store.read([&](Transaction& transaction) { return check_throttle(transaction, key, caller.now); }));
    if (verify_password(person.password_hash, password)) return person;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        TRY(note_failure(transaction, key, caller.now));
        return access.audit(transaction, caller, operation, "password.wrong", {});
    }));
    return Error{Failure::forbidden, "password.wrong", "The password is not right."};
}

Result<Done> password_change(Access& access, Store& store, const Caller& caller, const PasswordChange& body) {
    const Person person = TRY(with_password(access, store, caller, "password_change", body.current));
    TRY(check_new_password(body.password, person.email));
    const std::string hash = hash_password(body.password);
    return store.write([&](Transaction& transaction) -> Result<Done> {
        Person fresh = TRY(transaction.get(person.id));
        fresh.password_hash = hash;
        fresh.updated_at = caller.now;
        TRY(transaction.update(fresh));
        // All other browsers and programs must sign in anew.
        TRY(transaction.execute("DELETE FROM session WHERE person = $1 AND id <> $2", {person.id.text, caller.actor.session}));
        TRY(transaction.execute("DELETE FROM api_token WHERE person = $1", {person.id.text}));
        return access.audit(transaction, caller, "password_change", "ok", transaction.changes());
    });
}

Result<Reply<SecondFactor>> second_factor_begin(Transaction& transaction, const Caller& caller) {
    TRY(in_a_browser(caller));
    Person person = TRY(transaction.get(Id<Person>(caller.actor.person)));
    if (person.totp_confirmed) return Error{Failure::conflict, "second_factor.on", "The second factor is already on; remove it first."};
    person.totp_secret = random_totp_secret();
    TRY(transaction.update(person));
    std::string label;
    for (const char c : person.email)
        label += std::string_view("@+ %?&#").find(c) == std::string_view::npos ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return Reply<SecondFactor>{
        .body = {*person.totp_secret, fmt::format("otpauth://totp/Greenbank:{}?secret={}&issuer=Greenbank", label, *person.totp_secret)}, .keep = false};
}

Result<Reply<RecoveryCodes>> second_factor_confirm(Transaction& transaction, const Caller& caller, const SecondFactorCode& body) {
    TRY(in_a_browser(caller));
    Person person = TRY(transaction.get(Id<Person>(caller.actor.person)));
    if (person.totp_confirmed || !person.totp_secret) return Error{Failure::conflict, "second_factor.not_begun", "Begin with a new secret first."};
    const auto step = check_totp(*person.totp_secret, body.code, caller.now, 0);
    if (!step) return invalid({{"code", "second_factor.code", "The code is not right; compare the clocks of the telephone and of this computer."}});
    person.totp_confirmed = true;
    person.totp_last_step = *step;
    RecoveryCodes codes;
    std::vector<std::string> hashes;
    for (int i = 0; i < 8; ++i) {
        codes.recovery_codes.push_back(random_recovery_code());
        hashes.push_back(token_hash(codes.recovery_codes.back()));
    }
    person.recovery_codes = join(hashes, " ");
    TRY(transaction.update(person));
    return Reply<RecoveryCodes>{.body = std::move(codes), .keep = false};
}

Result<Done> second_factor_remove(Access& access, Store& store, const Caller& caller, const PasswordOnly& body) {
    const Person person = TRY(with_password(access, store, caller, "second_factor_remove", body.password));
    return store.write([&](Transaction& transaction) -> Result<Done> {
        Person fresh = TRY(transaction.get(person.id));
        fresh.totp_secret.reset();
        fresh.totp_confirmed = false;
        fresh.recovery_codes.clear();
        TRY(transaction.update(fresh));
        return access.audit(transaction, caller, "second_factor_remove", "ok", transaction.changes());
    });
}

Result<Page<SessionRow>> session_list(Transaction& transaction, const Caller& caller) {
    Page<SessionRow> page;
    for (const Session& session :
        TRY(transaction.find<Session>("person = $1 AND expires_at > $2 ORDER BY seen_at DESC", {caller.actor.person, caller.now.microseconds})))
        page.items.push_back({session.id, session.address, session.agent, session.created_at, session.seen_at, session.id.text == caller.actor.session});
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

Result<Done> session_end(Transaction& transaction, const Caller& caller, const SessionKey& key) {
    TRY(in_a_browser(caller));
    const Session session = TRY(transaction.get(key.id));
    if (session.person.text != caller.actor.person) return not_found(record_of<Session>(), key.id.text);
    return transaction.erase(key.id);
}

Result<Page<ApiToken>> token_list(Transaction& transaction, const Caller& caller) {
    Page<ApiToken> page{.items = TRY(transaction.find<ApiToken>("person = $1 ORDER BY created_at DESC", {caller.actor.person})), .next = {}};
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

Result<Reply<NewToken>> token_create(Transaction& transaction, const Caller& caller, const TokenDraft& draft) {
    TRY(in_a_browser(caller));
    Problems problems;
    for (std::size_t i = 0; i < draft.rights.size(); ++i)
        if (!caller.actor.may(Right{draft.rights[i]}))
            problems.push_back({fmt::format("rights[{}]", i), "token.right", "You do not have this right yourself."});
    if (!problems.empty()) return invalid(std::move(problems));
    const std::string secret = "gb_" + random_token();
    ApiToken token{.id = caller.new_id<ApiToken>(),
        .name = draft.name,
        .token_hash = token_hash(secret),
        .person = Id<Person>(caller.actor.person),
        .rights = draft.rights,
        .created_at = caller.now,
        .expires_at = caller.now + days(draft.days)};
    if (!caller.actor.organisation.empty()) token.organisation = Id<Organisation>(caller.actor.organisation);
    TRY(transaction.insert(token));
    return Reply<NewToken>{.body = {token.id, secret, token.expires_at}, .status = 201, .keep = false};
}

Result<Done> token_delete(Transaction& transaction, const Caller& caller, const TokenKey& key) {
    TRY(in_a_browser(caller));
    const ApiToken token = TRY(transaction.get(key.id));
    if (token.person.text != caller.actor.person) return not_found(record_of<ApiToken>(), key.id.text);
    return transaction.erase(key.id);
}

} // namespace

std::vector<Endpoint> security_endpoints(Access& access) {
    return {
        // clang-format off
        {"password_change", Method::post, "/password", "Set a new password; other sessions and tokens end.", Mode::compute, signed_in,
         call(access, password_change)},
        {"second_factor_begin", Method::post, "/second-factor", "Get a secret for an authenticator app.", Mode::write, signed_in, call(second_factor_begin)},
        {"second_factor_confirm", Method::post, "/second-factor/confirm", "Turn the second factor on with the app's first code.", Mode::write, signed_in, call(second_factor_confirm)},
        {"second_factor_remove", Method::post, "/second-factor/remove", "Turn the second factor off.", Mode::compute, signed_in,
         call(access, second_factor_remove)},
        {"session_list", Method::get, "/sessions", "One's own signed-in browsers.", Mode::read, signed_in, call(session_list)},
        {"session_end", Method::remove, "/sessions/{id}", "Sign one of them out.", Mode::write, signed_in, call(session_end)},
        {"token_list", Method::get, "/tokens", "One's own API tokens.", Mode::read, signed_in, call(token_list)},
        {"token_create", Method::post, "/tokens", "Make an API token; its secret is shown once.", Mode::write, signed_in, call(token_create)},
        {"token_delete", Method::remove, "/tokens/{id}", "Take an API token back.", Mode::write, signed_in, call(token_delete)},
        // clang-format on
    };
}

} // namespace greenbank::parties
