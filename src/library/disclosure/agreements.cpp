// agreements.cpp — asking for, offering, signing and ending non-disclosure agreements; admitting others without one.
#include <fmt/format.h>

#include "library/disclosure/disclosure.h"
#include "library/entries.h"
#include "parties/acting.h"

namespace greenbank::library {

namespace {

struct AgreementKey {
    Id<DisclosureAgreement> id;
};
Record describe(const AgreementKey*) { return {"agreement_key", "Names an agreement.", {field<&AgreementKey::id>("id", "Its id.")}}; }

struct AgreementRequest {
    std::string entry, purpose;
    bool whole = false;
};
Record describe(const AgreementRequest*) {
    return {"agreement_request", "Asks the owner of an entry for a non-disclosure agreement.",
        {field<&AgreementRequest::entry>("entry", "The entry of which one wants to see more.", {.min = 1, .max = 80}),
            field<&AgreementRequest::purpose>("purpose", "What you want to know, and what for.", {.min = 1, .max = 2000}),
            field<&AgreementRequest::whole>("whole", "For all entries of that owner.", {.defaulted = true})}};
}

struct AgreementOffer {
    Id<DisclosureAgreement> id;
    std::string terms;
    std::optional<Id<KeptFile>> document;
    std::optional<Date> valid_from, valid_until;
    std::optional<bool> whole;
};
Record describe(const AgreementOffer*) {
    return {"agreement_offer", "Offers terms to one that asked.",
        {field<&AgreementOffer::id>("id", "The agreement."), field<&AgreementOffer::terms>("terms", "What you ask for, in words.", {.min = 1, .max = 10'000}),
            field<&AgreementOffer::document>("document", "The text that both sign: a file of your own that has come in whole."),
            field<&AgreementOffer::valid_from>("valid_from", "The first day; absent: from the second signature on."),
            field<&AgreementOffer::valid_until>("valid_until", "The last day; absent: until somebody ends it."),
            field<&AgreementOffer::whole>("whole", "For all of your entries; absent: as it was asked for.")}};
}

struct AgreementEnd {
    Id<DisclosureAgreement> id;
    std::optional<std::string> reason;
};
Record describe(const AgreementEnd*) {
    return {"agreement_end", "Refuses or ends an agreement.",
        {field<&AgreementEnd::id>("id", "The agreement."), field<&AgreementEnd::reason>("reason", "Why.", {.min = 1, .max = 1000})}};
}

struct GrantKey {
    Id<DisclosureGrant> id;
};
Record describe(const GrantKey*) { return {"disclosure_grant_key", "Names an admission.", {field<&GrantKey::id>("id", "Its id.")}}; }

Result<std::string> person_name(Transaction& transaction, const Caller& caller) {
    return as_text(TRY(transaction.query("SELECT name FROM person WHERE id = $1", {caller.actor.person})).single());
}

/// The owner of an entry that hides its owner is named to the recipient only once both have signed.
Result<DisclosureAgreement> as_seen(Transaction& transaction, const Caller& caller, DisclosureAgreement agreement) {
    if (acts_for(caller, agreement.owner) || agreement.state == AgreementState::signed_ || agreement.state == AgreementState::ended) return agreement;
    if (!agreement.entry) return agreement; // asked of somebody known
    const auto entry = entry_owner(transaction, caller, *agreement.entry);
    if (entry && entry.value().owner_stage <= TRY(stage_of(transaction, caller, agreement.owner, *agreement.entry))) return agreement;
    agreement.owner.reset();
    agreement.owner_signer.reset();
    return agreement;
}

AgreementPart part_of(const Caller& caller, const DisclosureAgreement& agreement) {
    return acts_for(caller, agreement.owner) ? AgreementPart::owner : AgreementPart::recipient;
}

Result<DisclosureAgreement> own_agreement(Transaction& transaction, const Caller& caller, const Id<DisclosureAgreement>& id) {
    DisclosureAgreement agreement = TRY(transaction.get(id));
    if (!acts_for(caller, agreement.owner) && !acts_for(caller, agreement.recipient)) return not_found(record_of<DisclosureAgreement>(), id.text);
    return agreement;
}

/// Takes one step as the engine allows it; what is special to an action follows in `change`.
template <class Change>
Result<DisclosureAgreement> step(Transaction& transaction, const Caller& caller, const Id<DisclosureAgreement>& id, AgreementAction action, Change change) {
    DisclosureAgreement agreement = TRY(own_agreement(transaction, caller, id));
    TRY(check_expected(caller, agreement));
    agreement.state = TRY(agreement_step(agreement.state, action, part_of(caller, agreement)));
    agreement.since = agreement.updated_at = caller.now;
    TRY(change(agreement));
    TRY(validate(agreement));
    TRY(transaction.update(agreement));
    return as_seen(transaction, caller, std::move(agreement));
}

Result<Page<DisclosureAgreement>> agreement_list(Transaction& transaction, const Caller& caller, const ListOf<DisclosureAgreement>& list) {
    // A filter by owner would tell whom a hidden entry belongs to, so it finds only what names the owner anyway.
    const bool by_owner = std::any_of(list.filters.begin(), list.filters.end(), [](const ListRequest::Filter& one) { return one.field->name == "owner"; });
    const char* where = by_owner ? "owner = $1 OR (recipient = $1 AND state IN ('signed', 'ended'))" : "owner = $1 OR recipient = $1";
    Page<DisclosureAgreement> page = TRY(list_page<DisclosureAgreement>(transaction, caller, list, where, {caller.actor.organisation}));
    for (DisclosureAgreement& one : page.items) one = TRY(as_seen(transaction, caller, std::move(one)));
    return page;
}

Result<DisclosureAgreement> agreement_get(Transaction& transaction, const Caller& caller, const AgreementKey& key) {
    return as_seen(transaction, caller, TRY(own_agreement(transaction, caller, key.id)));
}

Result<Reply<DisclosureAgreement>> agreement_request(Transaction& transaction, const Caller& caller, const AgreementRequest& request) {
    TRY(parties::acting_organisation(caller));
    const EntryOwner entry = TRY(entry_owner(transaction, caller, request.entry));
    if (!entry.owner) return Error{Failure::conflict, "agreement.no_owner", "This entry belongs to no organisation that could agree."};
    if (acts_for(caller, entry.owner)) return Error{Failure::conflict, "agreement.own", "This entry is your own organisation's; you see all of it."};
    if (!TRY(transaction.query("SELECT id FROM disclosure_agreement WHERE owner = $1 AND recipient = $2 AND (entry IS NULL OR entry = $3) AND state NOT IN "
                               "('refused', 'ended') AND (valid_until IS NULL OR valid_until >= $4) LIMIT 1",
                 {entry.owner->text, caller.actor.organisation, entry.id, to_text(date_of(caller.now))}))
             .empty())
        return Error{Failure::conflict, "agreement.twice", "There is an agreement with this owner already, under way or in force."};
    const auto state = TRY(agreement_step({}, AgreementAction::request, AgreementPart::recipient));
    DisclosureAgreement agreement{.id = caller.new_id<DisclosureAgreement>(),
        .owner = entry.owner,
        .recipient = Id<Organisation>(caller.actor.organisation),
        .title = entry.title,
        .purpose = request.purpose,
        .state = state,
        .since = caller.now,
        .created_at = caller.now,
        .updated_at = caller.now};
    // Whom a hidden entry belongs to is not told by asking for everything of that owner.
    if (!request.whole || entry.owner_stage > Disclosure::public_) agreement.kind = entry.kind, agreement.entry = entry.id;
    TRY(transaction.insert(agreement));
    return Reply<DisclosureAgreement>{.body = TRY(as_seen(transaction, caller, std::move(agreement))), .status = 201};
}

Result<DisclosureAgreement> agreement_offer(Transaction& transaction, const Caller& caller, const AgreementOffer& offer) {
    return step(transaction, caller, offer.id, AgreementAction::offer, [&](DisclosureAgreement& agreement) -> Result<Done> {
        agreement.terms = offer.terms;
        agreement.valid_from = offer.valid_from;
        agreement.valid_until = offer.valid_until;
        if (offer.valid_until && *offer.valid_until < date_of(caller.now)) return invalid({{"valid_until", "agreement.past", "This day is over."}});
        if (offer.whole && *offer.whole) agreement.kind.reset(), agreement.entry.reset();
        if (!offer.document) return Done{};
        const KeptFile file = TRY(own_file(transaction, caller, *offer.document));
        TRY(keep_for_ever(transaction, file.id));
        agreement.document = file.id;
        agreement.document_name = file.name;
        return Done{};
    });
}

Result<DisclosureAgreement> agreement_sign(Transaction& transaction, const Caller& caller, const AgreementKey& key) {
    return step(transaction, caller, key.id, AgreementAction::sign, [&](DisclosureAgreement& agreement) -> Result<Done> {
        const std::string name = TRY(person_name(transaction, caller));
        if (acts_for(caller, agreement.owner)) agreement.owner_signer = name, agreement.owner_signed_at = caller.now;
        else agreement.recipient_signer = name, agreement.recipient_signed_at = caller.now;
        if (agreement.state == AgreementState::signed_ && !agreement.valid_from) agreement.valid_from = date_of(caller.now);
        return Done{};
    });
}

Result<DisclosureAgreement> agreement_refuse(Transaction& transaction, const Caller& caller, const AgreementEnd& end) {
    return step(transaction, caller, end.id, AgreementAction::refuse, [&](DisclosureAgreement& agreement) -> Result<Done> {
        agreement.reason = end.reason;
        return Done{};
    });
}

Result<DisclosureAgreement> agreement_end(Transaction& transaction, const Caller& caller, const AgreementEnd& end) {
    return step(transaction, caller, end.id, AgreementAction::end, [&](DisclosureAgreement& agreement) -> Result<Done> {
        agreement.reason = end.reason;
        return Done{};
    });
}

Result<Response> agreement_document(Store& store, const Caller& caller, const AgreementKey& key) {
    DisclosureAgreement agreement;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        agreement = TRY(own_agreement(transaction, caller, key.id));
        if (!agreement.document) return not_found(record_of<KeptFile>(), key.id.text);
        return Done{};
    }));
    return send_kept(store, caller, *agreement.document, agreement.document_name.value_or("agreement"));
}

// ---- admitted without an agreement ------------------------------------------------------------------------------

Result<Page<DisclosureGrant>> grant_list(Transaction& transaction, const Caller& caller, const ListOf<DisclosureGrant>& list) {
    return list_page<DisclosureGrant>(transaction, caller, list, "owner = $1", {caller.actor.organisation});
}

Result<Reply<DisclosureGrant>> grant_create(Transaction& transaction, const Caller& caller, const DisclosureGrant& draft) {
    TRY(parties::acting_organisation(caller));
    DisclosureGrant grant = draft;
    grant.id = caller.new_id<DisclosureGrant>();
    grant.owner = Id<Organisation>(caller.actor.organisation);
    grant.created_at = caller.now;
    grant.granted_by = TRY(person_name(transaction, caller));
    TRY(transaction.get(grant.recipient));
    if (grant.recipient == grant.owner) return invalid({{"recipient", "agreement.own", "This entry is your own organisation's; you see all of it."}});
    if (grant.stage == Disclosure::public_) return invalid({{"stage", "grant.public", "Everybody sees what is public; choose a later stage."}});
    if (grant.entry) {
        const EntryOwner entry = TRY(entry_owner(transaction, caller, *grant.entry));
        if (!acts_for(caller, entry.owner)) return Error{Failure::forbidden, "library.not_yours", "This entry belongs to another organisation."};
        grant.kind = entry.kind;
        grant.title = entry.title;
    }
    TRY(transaction.insert(grant));
    return Reply<DisclosureGrant>{.body = std::move(grant), .status = 201};
}

Result<DisclosureGrant> grant_end(Transaction& transaction, const Caller& caller, const GrantKey& key) {
    DisclosureGrant grant = TRY(transaction.get(key.id));
    if (!acts_for(caller, grant.owner)) return not_found(record_of<DisclosureGrant>(), key.id.text);
    if (grant.ended_at) return Error{Failure::conflict, "grant.ended", "This was taken back already."};
    grant.ended_at = caller.now;
    TRY(transaction.update(grant));
    return grant;
}

} // namespace

std::vector<Endpoint> agreement_endpoints() {
    return {
        // clang-format off
        {"agreement_list", Method::get, "/agreements", "Non-disclosure agreements of one's own organisation, on either side.", Mode::read, signed_in, call(agreement_list)},
        {"agreement_get", Method::get, "/agreements/{id}", "One agreement.", Mode::read, signed_in, call(agreement_get)},
        {"agreement_request", Method::post, "/agreements", "Ask the owner of an entry for an agreement.", Mode::write, disclose_entries, call(agreement_request)},
        {"agreement_offer", Method::post, "/agreements/{id}/offer", "Offer terms to one that asked.", Mode::write, disclose_entries, call(agreement_offer)},
        {"agreement_sign", Method::post, "/agreements/{id}/sign", "Sign for one's own organisation.", Mode::write, disclose_entries, call(agreement_sign)},
        {"agreement_refuse", Method::post, "/agreements/{id}/refuse", "Refuse, or take one's request back.", Mode::write, disclose_entries, call(agreement_refuse)},
        {"agreement_end", Method::post, "/agreements/{id}/end", "End an agreement; from now on nothing more is shown.", Mode::write, disclose_entries, call(agreement_end)},
        {"agreement_document", Method::get, "/agreements/{id}/document", "The text that both sign.", Mode::compute, signed_in, as_file("application/octet-stream", call(agreement_document))},
        {"disclosure_grant_list", Method::get, "/disclosure-grants", "Whom one's own organisation admits to what is hidden.", Mode::read, disclose_entries, call(grant_list)},
        {"disclosure_grant_create", Method::post, "/disclosure-grants", "Admit an organisation to an entry, or to all of one's own.", Mode::write, disclose_entries, call(grant_create)},
        {"disclosure_grant_end", Method::post, "/disclosure-grants/{id}/end", "Take an admission back.", Mode::write, disclose_entries, call(grant_end)},
        // clang-format on
    };
}

} // namespace greenbank::library
