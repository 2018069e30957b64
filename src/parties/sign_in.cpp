// sign_in.cpp — the first administrator, signing in and out, and what the page knows about its caller.
#include "parties/sign_in.h"

#include <fmt/format.h>

#include "parties/secrets.h"

namespace greenbank::parties {

namespace {

constexpr std::int64_t free_attempts = 5;

/// After five failures each further one doubles the wait: 2, 4, … at most 900 s.
Duration wait_after(std::int64_t failures) {
    if (failures < free_attempts) return {};
    const std::int64_t power = std::min<std::int64_t>(failures - free_attempts + 1, 10);
    return seconds(std::min<std::int64_t>(std::int64_t{1} << power, 900));
}

std::string cookie_header(const Caller& caller, std::string_view value, Duration age) {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", caller.secure ? secure_session_cookie : session_cookie, value,
        age.microseconds / 1'000'000, caller.secure ? "; Secure" : "");
}

Result<Done> check_language(const std::string& language) {
    if (language == "zh" || language == "en" || language == "ru") return Done{};
    return invalid({{"language", "choice.unknown", "This must be one of {choices}.", {{"choices", "zh, en, ru"}}}});
}

/// The code of an app (once) or a recovery code (once); uses it up.
bool use_second_factor(Person& person, const std::string& code, Time now) {
    if (const auto step = check_totp(*person.totp_secret, code, now, person.totp_last_step)) {
        person.totp_last_step = *step;
        return true;
    }
    const std::string hash = token_hash(code);
    std::vector<std::string> left;
    bool used = false;
    for (const std::string_view kept : split(person.recovery_codes, ' ')) {
        if (kept == hash && !used) used = true;
        else left.emplace_back(kept);
    }
    if (used) person.recovery_codes = join(left, " ");
    return used;
}

} // namespace

std::string throttle_key(std::string_view email) { return "person " + lower_email(email); }

Result<Done> check_throttle(Transaction& transaction, const std::string& key, Time now, std::int64_t tolerance) {
    const Rows rows = TRY(transaction.query("SELECT failures, last_at FROM sign_in_failure WHERE key = $1", {key}));
    if (rows.empty()) return Done{};
    const Time until = Time{as_integer(rows.rows[0][1])} + wait_after(as_integer(rows.rows[0][0]) - tolerance);
    if (until <= now) return Done{};
    return Error{Failure::too_many, "sign_in.wait", "Too many attempts; wait {seconds} s and try again.",
        {{"seconds", std::to_string((until - now).microseconds / 1'000'000 + 1)}}};
}

Result<Done> note_failure(Transaction& transaction, const std::string& key, Time now) {
    TRY(transaction.execute("DELETE FROM sign_in_failure WHERE last_at < $1", {(now - hours(24)).microseconds}));
    TRY(transaction.execute("INSERT INTO sign_in_failure (key, failures, last_at) VALUES ($1, 1, $2) ON CONFLICT (key) DO UPDATE SET failures = "
                            "sign_in_failure.failures + 1, last_at = excluded.last_at",
        {key, now.microseconds}));
    return Done{};
}

std::string lower_email(std::string_view email) {
    std::string lower(trim(email));
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return lower;
}

Result<Done> check_new_password(std::string_view password, std::string_view email) {
    const auto weakness = weak_password(password, email);
    if (!weakness) return Done{};
    if (*weakness == "password.too_short")
        return invalid({{"password", "password.too_short", "The password needs at least 10 characters; a sentence is fine."}});
    if (*weakness == "password.too_long") return invalid({{"password", "password.too_long", "The password is too long."}});
    return invalid({{"password", "password.too_common", "This password is easy to guess; take another one."}});
}

Result<SessionView> session_view(Transaction& transaction, const Access& access, const Caller& caller) {
    SessionView view{.version = access.settings().version};
    view.setup_needed = TRY(transaction.query("SELECT id FROM person LIMIT 1")).empty();
    view.sample_loaded = !TRY(transaction.query("SELECT id FROM organisation WHERE sample = true LIMIT 1")).empty();
    if (caller.actor.person.empty()) return view;
    const Person person = TRY(transaction.get(Id<Person>(caller.actor.person)));
    view.signed_in = true;
    view.person = {person.id, person.name, person.email, person.language, person.totp_confirmed};
    view.rights = caller.actor.rights;
    for (const Membership& membership : TRY(transaction.find<Membership>("person = $1 ORDER BY created_at", {person.id.text}))) {
        const Organisation organisation = TRY(transaction.get(membership.organisation));
        view.memberships.push_back({organisation.id, organisation.name, membership.role});
        if (organisation.id.text == caller.actor.organisation) view.organisation = {organisation.id, organisation.name};
    }
    return view;
}

Result<Reply<SessionView>> start_session(Transaction& transaction, const Access& access, const Caller& caller, const Person& person) {
    const std::string secret = random_token();
    Session session{.id = caller.new_id<Session>(),
        .token_hash = token_hash(secret),
        .person = person.id,
        .address = caller.address,
        .agent = is_utf8(caller.agent) ? caller.agent.substr(0, 300) : std::string(),
        .created_at = caller.now,
        .seen_at = caller.now,
        .expires_at = caller.now + access.settings().session_length};
    if (!is_utf8(session.agent)) session.agent.clear();
    const auto membership = TRY(transaction.find_one<Membership>("person = $1 ORDER BY created_at LIMIT 1", {person.id.text}));
    if (membership) session.organisation = membership->organisation;
    TRY(transaction.execute("DELETE FROM session WHERE expires_at < $1", {caller.now.microseconds}));
    TRY(transaction.insert(session));
    Caller known = caller;
    known.actor = {.person = person.id.text, .session = session.id.text};
    if (membership) {
        known.actor.organisation = membership->organisation.text;
        known.actor.rights = access.rights_of(membership->role);
    }
    Reply<SessionView> reply{.body = TRY(session_view(transaction, access, known)), .keep = false};
    reply.headers.push_back({"Set-Cookie", cookie_header(caller, secret, access.settings().session_length)});
    return reply;
}

static Result<SetupAnswer> setup_check(Transaction& transaction, const Caller& caller, const SetupCheck& check) {
    const auto link = TRY(transaction.find_one<OneTimeLink>("token_hash = $1", {token_hash(check.token)}));
    return SetupAnswer{link && !link->used_at && link->expires_at > caller.now};
}

static Result<Reply<SessionView>> setup(Access& access, Store& store, const Caller& caller, const Setup& body) {
    const std::string email = lower_email(body.email);
    if (email.find('@') == std::string::npos) return invalid({{"email", "email.invalid", "This is not an e-mail address."}});
    TRY(check_language(body.language));
    TRY(check_new_password(body.password, email));
    const std::string hash = hash_password(body.password);
    Reply<SessionView> reply;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        auto link = TRY(transaction.find_one<OneTimeLink>("token_hash = $1 AND purpose = 'first_administrator'", {token_hash(body.token)}));
        if (!link || link->used_at || link->expires_at < caller.now)
            return Error{Failure::gone, "setup.link_used", "This link was used or has expired; `greenbank admin link` makes a new one."};
        link->used_at = caller.now;
        TRY(transaction.update(*link));
        Person person{.id = caller.new_id<Person>(),
            .email = email,
            .name = body.name,
            .language = body.language,
            .password_hash = hash,
            .created_at = caller.now,
            .updated_at = caller.now};
        TRY(transaction.insert(person));
        Organisation centre{.id = caller.new_id<Organisation>(),
            .name = {"绿色技术银行", "Green Technology Bank", "Банк зелёных технологий"},
            .kind = OrganisationKind::centre,
            .country = "CN",
            .created_at = caller.now,
            .updated_at = caller.now};
        TRY(transaction.insert(centre));
        TRY(transaction.insert(Membership{caller.new_id<Membership>(), person.id, centre.id, Role::administrator, caller.now}));
        reply = TRY(start_session(transaction, access, caller, person));
        Caller known = caller;
        known.actor = {.person = person.id.text, .organisation = centre.id.text};
        return access.audit(transaction, known, "setup", "ok", transaction.changes());
    }));
    return reply;
}

static Result<Reply<SessionView>> sign_in(Access& access, Store& store, const Caller& caller, const SignIn& body) {
    const std::string email = lower_email(body.email);
    const std::string person_key = throttle_key(email), address_key = "address " + caller.address;
    std::optional<Person> person;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        TRY(check_throttle(transaction, person_key, caller.now));
        TRY(check_throttle(transaction, address_key, caller.now, 45));
        person = TRY(transaction.find_one<Person>("email = $1", {email}));
        return Done{};
    }));
    bool good = false;
    if (person && !person->disabled) good = verify_password(person->password_hash, body.password);
    else verify_nothing(body.password);
    const bool needs_code = good && person->totp_confirmed;
    if (needs_code && !body.code) return Error{Failure::unauthenticated, "parties.second_factor_needed", "Type the code of your authenticator app."};

    Reply<SessionView> reply;
    bool signed_in_now = false;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        signed_in_now = good;
        Caller known = caller;
        if (good) {
            // Read again inside the transaction: a code must not be used twice at the same moment.
            Person fresh = TRY(transaction.get(person->id));
            known.actor.person = fresh.id.text;
            if (needs_code) {
                signed_in_now = use_second_factor(fresh, *body.code, caller.now);
                if (signed_in_now) TRY(transaction.update(fresh));
            }
            if (signed_in_now) {
                TRY(transaction.execute("DELETE FROM sign_in_failure WHERE key = $1", {person_key}));
                reply = TRY(start_session(transaction, access, caller, fresh));
                known.actor.organisation = reply.body.organisation ? reply.body.organisation->id.text : "";
            }
        }
        if (!signed_in_now) {
            TRY(note_failure(transaction, person_key, caller.now));
            TRY(note_failure(transaction, address_key, caller.now));
        }
        return access.audit(transaction, known, "sign_in", signed_in_now ? "ok" : "sign_in.refused", {});
    }));
    if (!signed_in_now) return Error{Failure::unauthenticated, "sign_in.refused", "The e-mail address, the password or the code is not right."};
    return reply;
}

static Result<Reply<SetupAnswer>> sign_out(Transaction& transaction, const Caller& caller) {
    TRY(transaction.erase(Id<Session>(caller.actor.session)));
    return Reply<SetupAnswer>{.body = {true}, .headers = {{"Set-Cookie", cookie_header(caller, "", {})}}, .keep = false};
}

static Result<SessionView> choose_organisation(Access& access, Transaction& transaction, const Caller& caller, const ChooseOrganisation& body) {
    const auto membership = TRY(transaction.find_one<Membership>("person = $1 AND organisation = $2", {caller.actor.person, body.organisation.text}));
    if (!membership) return Error{Failure::forbidden, "organisation.not_yours", "You do not belong to this organisation."};
    Session session = TRY(transaction.get(Id<Session>(caller.actor.session)));
    session.organisation = body.organisation;
    TRY(transaction.update(session));
    Caller changed = caller;
    changed.actor.organisation = body.organisation.text;
    changed.actor.rights = access.rights_of(membership->role);
    return session_view(transaction, access, changed);
}

static Result<SessionView> person_update(Access& access, Transaction& transaction, const Caller& caller, const PersonChange& body) {
    Person person = TRY(transaction.get(Id<Person>(caller.actor.person)));
    if (body.language) TRY(check_language(*body.language));
    person.name = body.name.value_or(person.name);
    person.language = body.language.value_or(person.language);
    person.updated_at = caller.now;
    TRY(transaction.update(person));
    return session_view(transaction, access, caller);
}

std::vector<Endpoint> sign_in_endpoints(Access& access) {
    return {
        // clang-format off
        {"session_get", Method::get, "/session", "Who is calling, and what the page should know.", Mode::read, open_to_all,
         call([&access](Transaction& transaction, const Caller& caller) -> Result<SessionView> { return session_view(transaction, access, caller); })},
        {"setup_check", Method::get, "/setup", "Whether a one-time link still works.", Mode::read, open_to_all, call(setup_check)},
        {"setup", Method::post, "/setup", "Make the first administrator's account with the one-time link.", Mode::compute, open_to_all,
         call(access, setup)},
        {"sign_in", Method::post, "/sign-in", "Sign in with e-mail, password and, where it is on, the second factor.", Mode::compute, open_to_all,
         call(access, sign_in)},
        {"sign_out", Method::post, "/sign-out", "End this session.", Mode::write, signed_in, call(sign_out)},
        {"organisation_choose", Method::post, "/session/organisation", "Act for another of one's organisations.", Mode::write, signed_in,
         call(access, choose_organisation)},
        {"person_update", Method::patch, "/person", "Change one's own name or language.", Mode::write, signed_in,
         call(access, person_update)},
        // clang-format on
    };
}

} // namespace greenbank::parties
