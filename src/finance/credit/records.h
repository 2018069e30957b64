// records.h — the green credit file: entries about an organisation, consents to read them, every reading, and disputes.
#pragma once

#include "finance/green/records.h"
#include "finance/products/records.h"

namespace greenbank::finance {

enum class CreditEntryKind { permit, penalty, energy, emissions, delivery, rating, credit, other };
enum class CreditEntryState { standing, disputed, withdrawn };
enum class CreditPurpose { lending, guarantee, insurance, leasing, supervision, cooperation };
enum class DisputeState { open, upheld, rejected };

struct CreditEntry {
    static constexpr std::string_view id_prefix = "creditentry";
    Id<CreditEntry> id;
    Id<Organisation> subject;
    CreditEntryKind kind = CreditEntryKind::permit;
    Text title;
    std::optional<std::string> detail;
    std::optional<Money> amount;
    std::optional<double> value;
    std::optional<std::string> unit;
    Date day;
    std::optional<Date> valid_to;
    std::string source;
    CreditEntryState state = CreditEntryState::standing;
    std::string entered_by_name;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CreditEntry*);

struct CreditConsent {
    static constexpr std::string_view id_prefix = "consent";
    Id<CreditConsent> id;
    Id<Organisation> subject, reader;
    Text subject_name, reader_name;
    CreditPurpose purpose = CreditPurpose::lending;
    Date until;
    std::optional<Time> revoked_at;
    std::string made_by_name;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CreditConsent*);

/// An entry as a report shows it.
struct CreditLine {
    CreditEntryKind kind = CreditEntryKind::other;
    Text title;
    std::string detail;
    Date day;
    std::string source;
    bool disputed = false;
};
Record describe(const CreditLine*);
struct CreditLoans {
    std::string currency;
    std::int64_t running = 0, repaid = 0, written_off = 0;
    Money owed, late;
    std::int64_t days_late_worst = 0; // of those that run
};
Record describe(const CreditLoans*);
struct CreditProject {
    std::string project;
    Text title;
    std::string stage;
    std::int64_t verified_kg = 0; // CO2e, by independent assessors
};
Record describe(const CreditProject*);
struct CreditGreen {
    Text title;
    GreenShade shade = GreenShade::none;
    double score = 0;
    Date day;
};
Record describe(const CreditGreen*);

/// All that the file says of an organisation on a day.
struct CreditReport {
    std::string subject;
    Text subject_name;
    std::string country, organisation_kind;
    Date on;
    std::vector<CreditLine> entries;
    std::vector<CreditLoans> loans;
    std::vector<CreditProject> projects;
    std::vector<CreditGreen> identifications;
    std::int64_t verified_kg = 0;
};
Record describe(const CreditReport*);

struct CreditQuery {
    static constexpr std::string_view id_prefix = "creditquery";
    Id<CreditQuery> id;
    Id<Organisation> subject, reader;
    Text subject_name, reader_name;
    std::string person_name;
    CreditPurpose purpose = CreditPurpose::lending;
    std::optional<Id<CreditConsent>> consent; // absent: the subject itself
    CreditReport report;
    std::string digest;     // SHA-256 of the report's JSON
    std::string proof_code; // of the transparency log
    bool sample = false;
    Time created_at;
};
Record describe(const CreditQuery*);

struct CreditDispute {
    static constexpr std::string_view id_prefix = "dispute";
    Id<CreditDispute> id;
    Id<CreditEntry> entry;
    Id<Organisation> subject;
    std::string text;
    DisputeState state = DisputeState::open;
    std::optional<std::string> answer;
    std::string made_by_name, answered_by_name;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CreditDispute*);

} // namespace greenbank::finance

namespace greenbank {
template <> struct Choices<finance::CreditEntryKind> {
    static constexpr std::string_view name = "credit_entry_kind";
    static constexpr std::string_view values[] = {"permit", "penalty", "energy", "emissions", "delivery", "rating", "credit", "other"};
};
template <> struct Choices<finance::CreditEntryState> {
    static constexpr std::string_view name = "credit_entry_state";
    static constexpr std::string_view values[] = {"standing", "disputed", "withdrawn"};
};
template <> struct Choices<finance::CreditPurpose> {
    static constexpr std::string_view name = "credit_purpose";
    static constexpr std::string_view values[] = {"lending", "guarantee", "insurance", "leasing", "supervision", "cooperation"};
};
template <> struct Choices<finance::DisputeState> {
    static constexpr std::string_view name = "dispute_state";
    static constexpr std::string_view values[] = {"open", "upheld", "rejected"};
};
} // namespace greenbank
