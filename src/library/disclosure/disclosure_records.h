// disclosure_records.h — what staged disclosure stores: agreements, admissions by the owner, who saw what, and documents.
#pragma once

#include "api/kept_files.h"
#include "library/engine/agreement.h"
#include "library/records.h"

namespace greenbank::library {

/// A non-disclosure agreement between the owner of entries and one that wants to see more of them.
struct DisclosureAgreement {
    static constexpr std::string_view id_prefix = "nda";
    Id<DisclosureAgreement> id;
    std::optional<Id<Organisation>> owner; // absent to the recipient while the entry does not show its owner
    Id<Organisation> recipient;
    std::optional<std::string> kind, entry; // absent: all entries of the owner
    Text title;                             // the entry's
    std::string purpose;                    // what the recipient wants to know, and what for
    std::string terms;                      // the owner's, in words
    std::optional<Id<KeptFile>> document;   // the text that both sign
    std::optional<std::string> document_name;
    std::optional<Date> valid_from, valid_until;
    AgreementState state = AgreementState::requested;
    Time since; // when it came into this state
    std::optional<std::string> owner_signer;
    std::optional<Time> owner_signed_at;
    std::optional<std::string> recipient_signer;
    std::optional<Time> recipient_signed_at;
    std::optional<std::string> reason; // of a refusal or an end
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const DisclosureAgreement*);

/// The owner admits an organisation to a stage, with or without an agreement.
struct DisclosureGrant {
    static constexpr std::string_view id_prefix = "admit";
    Id<DisclosureGrant> id;
    Id<Organisation> owner, recipient;
    std::optional<std::string> kind, entry; // absent: all entries of the owner
    Text title;
    Disclosure stage = Disclosure::full;
    std::optional<Date> valid_until;
    std::string note;
    std::string granted_by;
    std::optional<Time> ended_at;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const DisclosureGrant*);

/// Somebody was shown what is not for everybody. Never changed; the owner reads it.
struct DisclosureRead {
    static constexpr std::string_view id_prefix = "sight";
    Id<DisclosureRead> id;
    Id<Organisation> owner;
    std::string kind, entry;
    Text title;
    std::int64_t entry_version = 1;
    std::string person, person_name, organisation;
    Disclosure stage = Disclosure::agreement;
    std::vector<std::string> fields; // "capital_cost", "figures:capex", "document:…"
    Time at;
    bool sample = false;
};
Record describe(const DisclosureRead*);

/// A file that belongs to an entry, shown from its own stage on.
struct EntryDocument {
    static constexpr std::string_view id_prefix = "doc";
    Id<EntryDocument> id;
    Id<Organisation> owner;
    std::string kind, entry;
    Text title;
    Id<KeptFile> file;
    std::string name;
    std::int64_t bytes = 0;
    Disclosure stage = Disclosure::agreement;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const EntryDocument*);

} // namespace greenbank::library
