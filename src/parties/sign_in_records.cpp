// sign_in_records.cpp — descriptions of what sign-in sends and receives.
#include "parties/sign_in.h"

namespace greenbank::parties {

Record describe(const OrganisationName*) {
    return {"organisation_name", "An organisation and its name.", {field<&OrganisationName::id>("id", "Id."), field<&OrganisationName::name>("name", "Name.")}};
}
Record describe(const MembershipView*) {
    return {"membership_view", "Where the caller belongs.",
        {field<&MembershipView::organisation>("organisation", "Which organisation."),
            field<&MembershipView::organisation_name>("organisation_name", "Its name."), field<&MembershipView::role>("role", "As what.")}};
}
Record describe(const PersonView*) {
    return {"person_view", "The caller.",
        {field<&PersonView::id>("id", "Id."), field<&PersonView::name>("name", "Name."), field<&PersonView::email>("email", "E-mail."),
            field<&PersonView::language>("language", "zh, en or ru."), field<&PersonView::second_factor>("second_factor", "The second factor is on.")}};
}
Record describe(const SessionView*) {
    return {"session_view", "Who is calling, and what the page should know.",
        {field<&SessionView::signed_in>("signed_in", "Somebody has signed in."), field<&SessionView::person>("person", "Who."),
            field<&SessionView::organisation>("organisation", "For which organisation."),
            field<&SessionView::memberships>("memberships", "All organisations of the caller."),
            field<&SessionView::rights>("rights", "What the caller may do.", {.max = 1000}),
            field<&SessionView::setup_needed>("setup_needed", "Nobody has an account yet."),
            field<&SessionView::sample_loaded>("sample_loaded", "The sample bank is in."), field<&SessionView::version>("version", "The program's version.")}};
}
Record describe(const SetupCheck*) { return {"setup_check", "A one-time link.", {field<&SetupCheck::token>("token", "From the link.", {.max = 200})}}; }
Record describe(const SetupAnswer*) { return {"setup_answer", "Whether the link still works.", {field<&SetupAnswer::valid>("valid", "It does.")}}; }
Record describe(const Setup*) {
    return {"setup", "The first administrator's account.",
        {field<&Setup::token>("token", "From the one-time link.", {.max = 200}),
            field<&Setup::email>("email", "E-mail to sign in with.", {.min = 3, .max = 254}), field<&Setup::name>("name", "Name.", {.min = 1, .max = 200}),
            field<&Setup::password>("password", "At least 10 characters.", {.max = 512, .secret = true}),
            field<&Setup::language>("language", "zh, en or ru.", {.min = 2, .max = 2})}};
}
Record describe(const SignIn*) {
    return {"sign_in", "E-mail and password.",
        {field<&SignIn::email>("email", "E-mail.", {.min = 1, .max = 254}), field<&SignIn::password>("password", "Password.", {.max = 512, .secret = true}),
            field<&SignIn::code>("code", "The second factor's code, or a recovery code.", {.max = 20})}};
}
Record describe(const PasswordChange*) {
    return {"password_change", "A new password.",
        {field<&PasswordChange::current>("current", "The password until now.", {.max = 512, .secret = true}),
            field<&PasswordChange::password>("password", "The new one, at least 10 characters.", {.max = 512, .secret = true})}};
}
Record describe(const ChooseOrganisation*) {
    return {"choose_organisation", "The organisation to act for.", {field<&ChooseOrganisation::organisation>("organisation", "One of the caller's own.")}};
}
Record describe(const PersonChange*) {
    return {"person_change", "The caller's own account.",
        {field<&PersonChange::name>("name", "Name.", {.min = 1, .max = 200}),
            field<&PersonChange::language>("language", "zh, en or ru.", {.min = 2, .max = 2})}};
}
Record describe(const SecondFactor*) {
    return {"second_factor", "What the authenticator app needs.",
        {field<&SecondFactor::secret>("secret", "To type in."), field<&SecondFactor::uri>("uri", "To show as a QR code.")}};
}
Record describe(const SecondFactorCode*) {
    return {"second_factor_code", "The app's code.", {field<&SecondFactorCode::code>("code", "Six digits.", {.min = 6, .max = 6})}};
}
Record describe(const RecoveryCodes*) {
    return {"recovery_codes", "Codes for a lost telephone, each good once.",
        {field<&RecoveryCodes::recovery_codes>("recovery_codes", "Shown once; keep them safe.")}};
}
Record describe(const PasswordOnly*) {
    return {"password_only", "The caller's password once more.", {field<&PasswordOnly::password>("password", "Password.", {.max = 512, .secret = true})}};
}
Record describe(const SessionRow*) {
    return {"session_row", "A signed-in browser.",
        {field<&SessionRow::id>("id", "Id."), field<&SessionRow::address>("address", "From which address."),
            field<&SessionRow::agent>("agent", "With which program.", {.max = 500}), field<&SessionRow::created_at>("created_at", "Since when."),
            field<&SessionRow::seen_at>("seen_at", "Last used, to five minutes."), field<&SessionRow::current>("current", "The one that asks.")}};
}
Record describe(const SessionKey*) { return {"session_key", "Names a session.", {field<&SessionKey::id>("id", "Its id.")}}; }
Record describe(const TokenDraft*) {
    return {"token_draft", "A new API token.",
        {field<&TokenDraft::name>("name", "What it is for.", {.min = 1, .max = 200}),
            field<&TokenDraft::rights>("rights", "What it may do; none named: all that the caller may."),
            field<&TokenDraft::days>("days", "How long it is good.", {.min = 1, .max = 730, .defaulted = true})}};
}
Record describe(const NewToken*) {
    return {"new_token", "The token, shown once.",
        {field<&NewToken::id>("id", "Id."), field<&NewToken::token>("token", "Send it as Authorization: Bearer …"),
            field<&NewToken::expires_at>("expires_at", "Until when it is good.")}};
}
Record describe(const TokenKey*) { return {"token_key", "Names a token.", {field<&TokenKey::id>("id", "Its id.")}}; }

} // namespace greenbank::parties
