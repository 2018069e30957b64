// sign_in.h — the first administrator, signing in and out, passwords, the second factor, sessions and tokens.
#pragma once

#include "api/call.h"
#include "parties/parties.h"

namespace greenbank::parties {

struct OrganisationName {
    Id<Organisation> id;
    Text name;
};
Record describe(const OrganisationName*);

struct MembershipView {
    Id<Organisation> organisation;
    Text organisation_name;
    Role role = Role::reader;
};
Record describe(const MembershipView*);

struct PersonView {
    Id<Person> id;
    std::string name, email, language;
    bool second_factor = false;
};
Record describe(const PersonView*);

/// What the page needs to know about its caller.
struct SessionView {
    bool signed_in = false;
    std::optional<PersonView> person;
    std::optional<OrganisationName> organisation;
    std::vector<MembershipView> memberships;
    std::vector<std::string> rights;
    bool setup_needed = false;
    bool sample_loaded = false;
    std::string version;
};
Record describe(const SessionView*);

struct SetupCheck {
    std::string token;
};
Record describe(const SetupCheck*);
struct SetupAnswer {
    bool valid = false;
};
Record describe(const SetupAnswer*);
struct Setup {
    std::string token, email, name, password, language;
};
Record describe(const Setup*);
struct SignIn {
    std::string email, password;
    std::optional<std::string> code;
};
Record describe(const SignIn*);
struct PasswordChange {
    std::string current, password;
};
Record describe(const PasswordChange*);
struct ChooseOrganisation {
    Id<Organisation> organisation;
};
Record describe(const ChooseOrganisation*);
struct PersonChange {
    std::optional<std::string> name, language;
};
Record describe(const PersonChange*);
struct SecondFactor {
    std::string secret, uri;
};
Record describe(const SecondFactor*);
struct SecondFactorCode {
    std::string code;
};
Record describe(const SecondFactorCode*);
struct RecoveryCodes {
    std::vector<std::string> recovery_codes;
};
Record describe(const RecoveryCodes*);
struct PasswordOnly {
    std::string password;
};
Record describe(const PasswordOnly*);
struct SessionRow {
    Id<Session> id;
    std::string address, agent;
    Time created_at, seen_at;
    bool current = false;
};
Record describe(const SessionRow*);
struct SessionKey {
    Id<Session> id;
};
Record describe(const SessionKey*);
struct TokenDraft {
    std::string name;
    std::vector<std::string> rights;
    std::int64_t days = 90;
};
Record describe(const TokenDraft*);
struct NewToken {
    Id<ApiToken> id;
    std::string token;
    Time expires_at;
};
Record describe(const NewToken*);
struct TokenKey {
    Id<ApiToken> id;
};
Record describe(const TokenKey*);

/// Reads who is calling into what the page shows.
Result<SessionView> session_view(Transaction& transaction, const Access& access, const Caller& caller);
/// Starts a session; the reply carries the cookie and the view.
Result<Reply<SessionView>> start_session(Transaction& transaction, const Access& access, const Caller& caller, const Person& person);
/// Refuses a weak new password with a sentence.
Result<Done> check_new_password(std::string_view password, std::string_view email);
std::string lower_email(std::string_view email);

/// Guesses at one person's password are counted under this key, whatever way they come.
std::string throttle_key(std::string_view email);
/// Failure::too_many while one must wait; `tolerance` failures more than usual are forgiven.
Result<Done> check_throttle(Transaction& transaction, const std::string& key, Time now, std::int64_t tolerance = 0);
Result<Done> note_failure(Transaction& transaction, const std::string& key, Time now);

std::vector<Endpoint> sign_in_endpoints(Access& access);
std::vector<Endpoint> security_endpoints(Access& access);
std::vector<Endpoint> member_endpoints(Access& access);
std::vector<Endpoint> organisation_endpoints(Access& access);

} // namespace greenbank::parties
