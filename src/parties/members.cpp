// members.cpp — who belongs to an organisation, and how one joins it.
#include <fmt/format.h>

#include "parties/secrets.h"
#include "parties/sign_in.h"

namespace greenbank::parties {

struct OrganisationKey {
    Id<Organisation> id;
};
Record describe(const OrganisationKey*) { return {"organisation_key", "Names an organisation.", {field<&OrganisationKey::id>("id", "Its id.")}}; }

struct Member {
    Id<Membership> id;
    Id<Person> person;
    std::string name, email;
    Role role = Role::reader;
    bool second_factor = false;
    Time created_at;
};
Record describe(const Member*) {
    return {"member", "A person in an organisation.",
        {field<&Member::id>("id", "The membership's id."), field<&Member::person>("person", "Who."), field<&Member::name>("name", "Name."),
            field<&Member::email>("email", "E-mail."), field<&Member::role>("role", "As what."),
            field<&Member::second_factor>("second_factor", "The second factor is on."), field<&Member::created_at>("created_at", "Since when.")}};
}

struct RoleChange {
    Id<Membership> id;
    Role role = Role::reader;
};
Record describe(const RoleChange*) {
    return {"role_change", "Another role.", {field<&RoleChange::id>("id", "The membership."), field<&RoleChange::role>("role", "The new role.")}};
}

struct MemberKey {
    Id<Membership> id;
};
Record describe(const MemberKey*) { return {"member_key", "Names a membership.", {field<&MemberKey::id>("id", "Its id.")}}; }

struct InvitationDraft {
    std::string email;
    std::optional<Id<Organisation>> organisation;
    Role role = Role::reader;
};
Record describe(const InvitationDraft*) {
    return {"invitation_draft", "Whom to invite.",
        {field<&InvitationDraft::email>("email", "E-mail.", {.min = 3, .max = 254}),
            field<&InvitationDraft::organisation>("organisation", "Another organisation than one's own: for staff of the bank only."),
            field<&InvitationDraft::role>("role", "As what.")}};
}

struct NewInvitation {
    Id<Invitation> id;
    std::string link;
    Time expires_at;
};
Record describe(const NewInvitation*) {
    return {"new_invitation", "The link, shown once.",
        {field<&NewInvitation::id>("id", "Id."), field<&NewInvitation::link>("link", "Path of the page to send."),
            field<&NewInvitation::expires_at>("expires_at", "Until when it works.")}};
}

struct InvitationKey {
    Id<Invitation> id;
};
Record describe(const InvitationKey*) { return {"invitation_key", "Names an invitation.", {field<&InvitationKey::id>("id", "Its id.")}}; }

struct InvitationCheck {
    std::string token;
};
Record describe(const InvitationCheck*) {
    return {"invitation_check", "An invitation's link.", {field<&InvitationCheck::token>("token", "From the link.", {.max = 200})}};
}

struct InvitationView {
    Text organisation_name;
    std::string email;
    Role role = Role::reader;
    bool has_account = false;
};
Record describe(const InvitationView*) {
    return {"invitation_view", "What one is invited to.",
        {field<&InvitationView::organisation_name>("organisation_name", "By which organisation."), field<&InvitationView::email>("email", "For which address."),
            field<&InvitationView::role>("role", "As what."),
            field<&InvitationView::has_account>("has_account", "The address has an account: sign in with its password.")}};
}

struct InvitationAnswer {
    std::string token, password;
    std::optional<std::string> name, language, code;
};
Record describe(const InvitationAnswer*) {
    return {"invitation_answer", "Accepting an invitation.",
        {field<&InvitationAnswer::token>("token", "From the link.", {.max = 200}),
            field<&InvitationAnswer::password>("password", "A new password, or that of the account one has.", {.max = 512, .secret = true}),
            field<&InvitationAnswer::name>("name", "Name, for a new account.", {.min = 1, .max = 200}),
            field<&InvitationAnswer::language>("language", "zh, en or ru.", {.min = 2, .max = 2}),
            field<&InvitationAnswer::code>("code", "The second factor's code, where it is on.", {.max = 20})}};
}

namespace {

constexpr Right manage_people{"people.manage"};
constexpr Right manage_all{"bank.organisations"};

bool bank_role(Role role) { return role == Role::officer || role == Role::administrator; }

/// May the caller manage the people of that organisation, and give that role there?
Result<Done> may_manage(Transaction& transaction, const Caller& caller, const Id<Organisation>& organisation, std::optional<Role> role) {
    if (organisation.text != caller.actor.organisation && !caller.actor.may(manage_all)) return not_found(record_of<Organisation>(), organisation.text);
    if (!role || !bank_role(*role)) return Done{};
    const Organisation target = TRY(transaction.get(organisation));
    if (target.kind != OrganisationKind::centre) return invalid({{"role", "member.bank_role", "Only the bank's own centre has officers and administrators."}});
    if (!caller.actor.may(Right{"bank.administrators"}))
        return Error{Failure::forbidden, "access.forbidden", "You need the right {right} for this; ask an administrator of your organisation.",
            {{"right", "bank.administrators"}}};
    return Done{};
}

/// The last one who can manage an organisation, or who can make administrators of the bank, must not lose that role.
Result<Done> keep_a_manager(Transaction& transaction, const Membership& leaving) {
    const std::string_view equal = leaving.role == Role::administrator ? "'administrator'" : "'manager', 'administrator'";
    const Rows others = TRY(transaction.query(fmt::format("SELECT COUNT(*) FROM membership WHERE organisation = $1 AND id <> $2 AND role IN ({})", equal),
        {leaving.organisation.text, leaving.id.text}));
    if ((leaving.role == Role::manager || leaving.role == Role::administrator) && as_integer(others.single()) == 0)
        return Error{Failure::conflict, "member.last_manager", "Somebody must be able to manage this organisation; give another person that role first."};
    return Done{};
}

Result<Page<Member>> member_list(Transaction& transaction, const Caller& caller, const OrganisationKey& key) {
    if (key.id.text != caller.actor.organisation && !caller.actor.may(manage_all)) return not_found(record_of<Organisation>(), key.id.text);
    Page<Member> page;
    for (const Membership& membership : TRY(transaction.find<Membership>("organisation = $1 ORDER BY created_at", {key.id.text}))) {
        const Person person = TRY(transaction.get(membership.person));
        page.items.push_back({membership.id, person.id, person.name, person.email, membership.role, person.totp_confirmed, membership.created_at});
    }
    page.total = static_cast<std::int64_t>(page.items.size());
    return page;
}

Result<Membership> member_update(Transaction& transaction, const Caller& caller, const RoleChange& change) {
    Membership membership = TRY(transaction.get(change.id));
    TRY(may_manage(transaction, caller, membership.organisation, change.role));
    if (bank_role(membership.role)) TRY(may_manage(transaction, caller, membership.organisation, membership.role));
    TRY(keep_a_manager(transaction, membership));
    membership.role = change.role;
    TRY(transaction.update(membership));
    return membership;
}

Result<Done> member_remove(Transaction& transaction, const Caller& caller, const MemberKey& key) {
    const Membership membership = TRY(transaction.get(key.id));
    TRY(may_manage(transaction, caller, membership.organisation, membership.role));
    TRY(keep_a_manager(transaction, membership));
    TRY(transaction.execute(
        "UPDATE session SET organisation = NULL WHERE person = $1 AND organisation = $2", {membership.person.text, membership.organisation.text}));
    TRY(transaction.execute("DELETE FROM api_token WHERE person = $1 AND organisation = $2", {membership.person.text, membership.organisation.text}));
    return transaction.erase(key.id);
}

Result<Page<Invitation>> invitation_list(Transaction& transaction, const Caller& caller, const ListOf<Invitation>& list) {
    if (caller.actor.may(manage_all)) return list_page<Invitation>(transaction, caller, list, "accepted_at IS NULL");
    return list_page<Invitation>(transaction, caller, list, "accepted_at IS NULL AND organisation = $1", {caller.actor.organisation});
}

Result<Reply<NewInvitation>> invitation_create(Transaction& transaction, const Caller& caller, const InvitationDraft& draft) {
    const std::string email = lower_email(draft.email);
    if (email.find('@') == std::string::npos) return invalid({{"email", "email.invalid", "This is not an e-mail address."}});
    const Id<Organisation> organisation = draft.organisation.value_or(Id<Organisation>(caller.actor.organisation));
    TRY(may_manage(transaction, caller, organisation, draft.role));
    TRY(transaction.get(organisation));
    const Rows member = TRY(transaction.query(
        "SELECT m.id FROM membership m JOIN person p ON p.id = m.person WHERE p.email = $1 AND m.organisation = $2", {email, organisation.text}));
    if (!member.empty()) return Error{Failure::conflict, "invitation.already_member", "This person already belongs to the organisation."};
    const std::string secret = random_token();
    const Invitation invitation{caller.new_id<Invitation>(), organisation, email, draft.role, token_hash(secret), Id<Person>(caller.actor.person), caller.now,
        caller.now + days(14), {}};
    TRY(transaction.insert(invitation));
    return Reply<NewInvitation>{.body = {invitation.id, "/invitation?token=" + secret, invitation.expires_at}, .status = 201, .keep = false};
}

Result<Done> invitation_delete(Transaction& transaction, const Caller& caller, const InvitationKey& key) {
    const Invitation invitation = TRY(transaction.get(key.id));
    TRY(may_manage(transaction, caller, invitation.organisation, {}));
    return transaction.erase(key.id);
}

Result<Invitation> open_invitation(Transaction& transaction, const Caller& caller, const std::string& token) {
    const auto invitation = TRY(transaction.find_one<Invitation>("token_hash = $1", {token_hash(token)}));
    if (!invitation || invitation->accepted_at || invitation->expires_at < caller.now)
        return Error{Failure::gone, "invitation.used", "This invitation was used or has expired; ask for a new one."};
    return *invitation;
}

Result<InvitationView> invitation_get(Transaction& transaction, const Caller& caller, const InvitationCheck& check) {
    const Invitation invitation = TRY(open_invitation(transaction, caller, check.token));
    const Organisation organisation = TRY(transaction.get(invitation.organisation));
    const bool has_account = TRY(transaction.find_one<Person>("email = $1", {invitation.email})).has_value();
    return InvitationView{organisation.name, invitation.email, invitation.role, has_account};
}

Result<Reply<SessionView>> invitation_accept(Access& access, Store& store, const Caller& caller, const InvitationAnswer& answer) {
    std::optional<Person> account;
    std::string email;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        email = TRY(open_invitation(transaction, caller, answer.token)).email;
        account = TRY(transaction.find_one<Person>("email = $1", {email}));
        return Done{};
    }));
    std::string hash;
    if (account) {
        if (account->disabled || !verify_password(account->password_hash, answer.password))
            return Error{Failure::forbidden, "password.wrong", "The password is not right."};
        if (account->totp_confirmed && !check_totp(*account->totp_secret, answer.code.value_or(""), caller.now, account->totp_last_step))
            return Error{Failure::forbidden, "parties.second_factor_needed", "Type the code of your authenticator app."};
    } else {
        TRY(check_new_password(answer.password, email));
        if (!answer.name) return invalid({{"name", "field.missing", "This field is needed."}});
        hash = hash_password(answer.password);
    }
    Reply<SessionView> reply;
    TRY(store.write([&](Transaction& transaction) -> Result<Done> {
        Invitation invitation = TRY(open_invitation(transaction, caller, answer.token));
        invitation.accepted_at = caller.now;
        TRY(transaction.update(invitation));
        std::optional<Person> person = TRY(transaction.find_one<Person>("email = $1", {email}));
        if (!person) {
            const std::string language = answer.language.value_or(std::string(to_text(caller.language)));
            person = Person{.id = caller.new_id<Person>(),
                .email = email,
                .name = answer.name.value_or(email),
                .language = parse_language(language) ? language : "en",
                .password_hash = hash,
                .created_at = caller.now,
                .updated_at = caller.now};
            TRY(transaction.insert(*person));
        } else if (person->totp_confirmed) { // a code is good once, here too
            const auto step = check_totp(*person->totp_secret, answer.code.value_or(""), caller.now, person->totp_last_step);
            if (!step) return Error{Failure::forbidden, "parties.second_factor_needed", "Type the code of your authenticator app."};
            person->totp_last_step = *step;
            TRY(transaction.update(*person));
        }
        TRY(transaction.insert(Membership{caller.new_id<Membership>(), person->id, invitation.organisation, invitation.role, caller.now}));
        reply = TRY(start_session(transaction, access, caller, *person));
        Caller known = caller;
        known.actor = {.person = person->id.text, .organisation = invitation.organisation.text};
        return access.audit(transaction, known, "invitation_accept", "ok", transaction.changes());
    }));
    return reply;
}

} // namespace

std::vector<Endpoint> member_endpoints(Access& access) {
    return {
        // clang-format off
        {"member_list", Method::get, "/organisations/{id}/members", "The people of an organisation.", Mode::read, signed_in, call(member_list)},
        {"member_update", Method::patch, "/members/{id}", "Give a member another role.", Mode::write, manage_people, call(member_update)},
        {"member_remove", Method::remove, "/members/{id}", "Take a person out of an organisation.", Mode::write, manage_people, call(member_remove)},
        {"invitation_list", Method::get, "/invitations", "Invitations that nobody has used yet.", Mode::read, manage_people, call(invitation_list)},
        {"invitation_create", Method::post, "/invitations", "Invite somebody; the link is shown once.", Mode::write, manage_people, call(invitation_create)},
        {"invitation_delete", Method::remove, "/invitations/{id}", "Take an invitation back.", Mode::write, manage_people, call(invitation_delete)},
        {"invitation_get", Method::get, "/invitation", "What an invitation's link is for.", Mode::read, open_to_all, call(invitation_get)},
        {"invitation_accept", Method::post, "/invitations/accept", "Join with an invitation's link.", Mode::compute, open_to_all,
         call(access, invitation_accept)},
        // clang-format on
    };
}

} // namespace greenbank::parties
