// organisations.cpp — organisations and the audit trail.
#include "parties/sign_in.h"

namespace greenbank::parties {

struct OrganisationRef {
    Id<Organisation> id;
};
Record describe(const OrganisationRef*) { return {"organisation_ref", "Names an organisation.", {field<&OrganisationRef::id>("id", "Its id.")}}; }

struct RightView {
    std::string right, doc;
    std::vector<std::string> roles;
};
Record describe(const RightView*) {
    return {"right_view", "A right and who has it.",
        {field<&RightView::right>("right", "Its name."), field<&RightView::doc>("doc", "What it allows."),
            field<&RightView::roles>("roles", "The roles that have it.")}};
}

namespace {

constexpr Right write_organisation{"organisation.write"};
constexpr Right manage_all{"bank.organisations"};
constexpr Right read_audit{"audit.read"};
constexpr Right read_all_audit{"bank.audit"};

Result<Page<Organisation>> organisation_list(Transaction& transaction, const Caller& caller, const ListOf<Organisation>& list) {
    return list_page<Organisation>(transaction, caller, list);
}

Result<Organisation> organisation_get(Transaction& transaction, const Caller&, const OrganisationRef& key) { return transaction.get(key.id); }

/// A credit code stands for one organisation.
Result<Done> check_unknown(Transaction& transaction, const Organisation& organisation) {
    if (organisation.credit_code &&
        TRY(transaction.find_one<Organisation>("credit_code = $1 AND id <> $2 LIMIT 1", {*organisation.credit_code, organisation.id.text})))
        return Error{Failure::conflict, "organisation.known", "An organisation with this unified social credit code is already here."};
    return Done{};
}

Result<Reply<Organisation>> organisation_create(Transaction& transaction, const Caller& caller, const Organisation& draft) {
    Organisation organisation = draft;
    TRY(check_unknown(transaction, organisation));
    organisation.id = caller.new_id<Organisation>();
    organisation.created_at = organisation.updated_at = caller.now;
    TRY(transaction.insert(organisation));
    return Reply<Organisation>{.body = std::move(organisation), .status = 201};
}

Result<Organisation> organisation_update(Transaction& transaction, const Caller& caller, const Patch<Organisation>& patch) {
    if (patch.id.text != caller.actor.organisation && !caller.actor.may(manage_all))
        return Error{Failure::forbidden, "organisation.not_yours", "You do not belong to this organisation."};
    const OrganisationKind kind = TRY(transaction.get(patch.id)).kind;
    Organisation organisation = TRY(apply_patch(transaction, caller, patch));
    if (organisation.kind != kind && !caller.actor.may(manage_all))
        return Error{Failure::forbidden, "organisation.kind", "Only the bank changes what kind of organisation this is."};
    TRY(check_unknown(transaction, organisation));
    organisation.updated_at = caller.now;
    TRY(transaction.update(organisation));
    return organisation;
}

Result<Page<AuditEntry>> audit_list(Transaction& transaction, const Caller& caller, const ListOf<AuditEntry>& list) {
    if (caller.actor.may(read_all_audit)) return list_page<AuditEntry>(transaction, caller, list);
    return list_page<AuditEntry>(transaction, caller, list, "organisation = $1", {caller.actor.organisation});
}

} // namespace

std::vector<Endpoint> organisation_endpoints(Access& access) {
    return {
        // clang-format off
        {"organisation_list", Method::get, "/organisations", "Organisations.", Mode::read, open_to_all, call(organisation_list)},
        {"organisation_get", Method::get, "/organisations/{id}", "One organisation.", Mode::read, open_to_all, call(organisation_get)},
        {"organisation_create", Method::post, "/organisations", "Enter an organisation.", Mode::write, manage_all, call(organisation_create)},
        {"organisation_update", Method::patch, "/organisations/{id}", "Change an organisation.", Mode::write, write_organisation, call(organisation_update)},
        {"audit_list", Method::get, "/audit", "Who did what, newest first: of one's own organisation, or of all.", Mode::read, read_audit, call(audit_list)},
        {"right_list", Method::get, "/rights", "All rights and the roles that have them.", Mode::read, signed_in,
         call([&access](Transaction&, const Caller&) -> Result<Page<RightView>> {
             Page<RightView> page;
             for (const RightRow& row : access.rights()) {
                 RightView view{std::string(row.right.name), std::string(row.doc), {}};
                 for (const std::string_view role : row.roles) view.roles.emplace_back(role);
                 page.items.push_back(std::move(view));
             }
             page.total = static_cast<std::int64_t>(page.items.size());
             return page;
         })},
        // clang-format on
    };
}

} // namespace greenbank::parties
