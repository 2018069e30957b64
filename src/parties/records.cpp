// records.cpp — descriptions of what parties stores.
#include "parties/records.h"

#include "kernel/country.h"
#include "parties/engine/credit_code.h"

namespace greenbank::parties {

static void check_organisation(const void* value, Problems& problems) {
    const auto& organisation = *static_cast<const Organisation*>(value);
    if (!is_country(organisation.country))
        problems.push_back({"country", "organisation.country", "This is not a country; it is written as two capital letters of ISO 3166-1, such as CN."});
    if (organisation.credit_code && !is_credit_code(*organisation.credit_code))
        problems.push_back({"credit_code", "organisation.credit_code", "This is not a unified social credit code of 18 characters; compare the check digit."});
}

Record describe(const Organisation*) {
    return {"organisation", "A holder of technologies, an owner of needs, a provider of capital, an authority.",
        {
            field<&Organisation::id>("id", "Id.", {.read_only = true}),
            field<&Organisation::name>("name", "What it is called.", {.min = 1, .max = 300, .sort = true}),
            field<&Organisation::kind>("kind", "What it does in the bank.", {.filter = true, .sort = true}),
            field<&Organisation::country>("country", "Where it is registered (ISO 3166-1 alpha-2).", {.min = 2, .max = 2, .filter = true, .sort = true}),
            field<&Organisation::city>("city", "The city of its seat.", {.max = 200}),
            field<&Organisation::about>("about", "What it does, in a few sentences.", {.max = 5000}),
            field<&Organisation::credit_code>("credit_code", "Unified social credit code (GB 32100-2015), for organisations in China.", {.min = 18, .max = 18}),
            field<&Organisation::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Organisation::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true}),
            field<&Organisation::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Organisation::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_organisation, true};
}

Record describe(const Person*) {
    return {"person", "Somebody who signs in.",
        {
            field<&Person::id>("id", "Id.", {.read_only = true}),
            field<&Person::email>("email", "The e-mail address to sign in with.", {.min = 3, .max = 254, .unique = true, .read_only = true}),
            field<&Person::name>("name", "The name others see.", {.min = 1, .max = 200}),
            field<&Person::language>("language", "zh, en or ru.", {.min = 2, .max = 2}),
            field<&Person::password_hash>("password_hash", "Argon2id.", {.read_only = true, .secret = true}),
            field<&Person::totp_secret>("totp_secret", "The second factor's secret.", {.read_only = true, .secret = true}),
            field<&Person::totp_confirmed>("totp_confirmed", "The second factor is on.", {.read_only = true}),
            field<&Person::totp_last_step>("totp_last_step", "The last code's time step; a code is good once.", {.read_only = true, .secret = true}),
            field<&Person::recovery_codes>("recovery_codes", "Hashes of the codes for a lost second factor.", {.read_only = true, .secret = true}),
            field<&Person::disabled>("disabled", "May no longer sign in.", {.read_only = true}),
            field<&Person::created_at>("created_at", "When the account was made.", {.read_only = true}),
            field<&Person::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&Person::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const Membership*) {
    return {"membership", "A person's role in an organisation.",
        {
            field<&Membership::id>("id", "Id.", {.read_only = true}),
            field<&Membership::person>("person", "Who."),
            field<&Membership::organisation>("organisation", "Where."),
            field<&Membership::role>("role", "As what."),
            field<&Membership::created_at>("created_at", "Since when.", {.read_only = true}),
        }};
}

Record describe(const Invitation*) {
    return {"invitation", "A link that lets somebody join an organisation.",
        {
            field<&Invitation::id>("id", "Id.", {.read_only = true}),
            field<&Invitation::organisation>("organisation", "Which organisation.", {.filter = true}),
            field<&Invitation::email>("email", "Who is invited.", {.min = 3, .max = 254}),
            field<&Invitation::role>("role", "As what."),
            field<&Invitation::token_hash>("token_hash", "Hash of the link's secret.", {.read_only = true, .secret = true}),
            field<&Invitation::invited_by>("invited_by", "By whom.", {.read_only = true}),
            field<&Invitation::created_at>("created_at", "When.", {.read_only = true}),
            field<&Invitation::expires_at>("expires_at", "Until when it can be used.", {.read_only = true}),
            field<&Invitation::accepted_at>("accepted_at", "When it was used.", {.read_only = true}),
        }};
}

Record describe(const Session*) {
    return {"session", "A signed-in browser.",
        {
            field<&Session::id>("id", "Id.", {.read_only = true}),
            field<&Session::token_hash>("token_hash", "Hash of the cookie's secret.", {.read_only = true, .secret = true}),
            field<&Session::person>("person", "Whose."),
            field<&Session::organisation>("organisation", "For which organisation the person acts."),
            field<&Session::address>("address", "From which address."),
            field<&Session::agent>("agent", "With which program.", {.max = 500}),
            field<&Session::created_at>("created_at", "Since when."),
            field<&Session::seen_at>("seen_at", "When it was last used."),
            field<&Session::expires_at>("expires_at", "Until when it is good."),
        }};
}

Record describe(const ApiToken*) {
    return {"api_token", "A secret for programs.",
        {
            field<&ApiToken::id>("id", "Id.", {.read_only = true}),
            field<&ApiToken::name>("name", "What it is for.", {.min = 1, .max = 200}),
            field<&ApiToken::token_hash>("token_hash", "Hash of the secret.", {.read_only = true, .secret = true}),
            field<&ApiToken::person>("person", "Whose."),
            field<&ApiToken::organisation>("organisation", "For which organisation it acts."),
            field<&ApiToken::rights>("rights", "What it may do; none named: all that the person may."),
            field<&ApiToken::created_at>("created_at", "Since when."),
            field<&ApiToken::expires_at>("expires_at", "Until when it is good."),
            field<&ApiToken::used_at>("used_at", "When it was last used."),
        }};
}

Record describe(const OneTimeLink*) {
    return {"one_time_link", "A link that works once.",
        {
            field<&OneTimeLink::id>("id", "Id.", {.read_only = true}),
            field<&OneTimeLink::purpose>("purpose", "What it is for."),
            field<&OneTimeLink::token_hash>("token_hash", "Hash of the link's secret.", {.read_only = true, .secret = true}),
            field<&OneTimeLink::created_at>("created_at", "When it was made."),
            field<&OneTimeLink::expires_at>("expires_at", "Until when it can be used."),
            field<&OneTimeLink::used_at>("used_at", "When it was used."),
        }};
}

Record describe(const AuditChange*) {
    return {"audit_change", "One record before and after.",
        {
            field<&AuditChange::record>("record", "What kind of record."),
            field<&AuditChange::id>("id", "Which one."),
            field<&AuditChange::before>("before", "JSON before; empty if it was new.", {.max = 1'000'000}),
            field<&AuditChange::after>("after", "JSON after; empty if it was removed.", {.max = 1'000'000}),
        }};
}

Record describe(const AuditEntry*) {
    return {"audit_entry", "Who did what, when, from where, and what came of it.",
        {
            field<&AuditEntry::id>("id", "Id.", {.read_only = true}),
            field<&AuditEntry::at>("at", "When (UTC).", {.sort = true}),
            field<&AuditEntry::person>("person", "Who; empty if nobody had signed in.", {.filter = true}),
            field<&AuditEntry::person_name>("person_name", "The name at that time."),
            field<&AuditEntry::organisation>("organisation", "For which organisation.", {.filter = true}),
            field<&AuditEntry::address>("address", "From which address."),
            field<&AuditEntry::agent>("agent", "With which program.", {.max = 500}),
            field<&AuditEntry::operation>("operation", "The operation's name.", {.filter = true}),
            field<&AuditEntry::record>("record", "The first record it touched.", {.filter = true}),
            field<&AuditEntry::record_id>("record_id", "That record's id.", {.filter = true}),
            field<&AuditEntry::outcome>("outcome", "ok, or the code of the refusal.", {.filter = true}),
            field<&AuditEntry::changes>("changes", "Every record before and after.", {.max = 10'000}),
        }};
}

} // namespace greenbank::parties
