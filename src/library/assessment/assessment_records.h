// assessment_records.h — what assessment stores: catalogue editions, admissions, verifications, and the steps of both.
#pragma once

#include "library/assessment/assessment_reference.h"
#include "library/engine/verification.h"
#include "library/records.h"

namespace greenbank::library {

enum class EditionState { draft, open, closed, published };

/// A numbered edition of the catalogue. Once published it is frozen: what it admitted is what it stays.
struct Edition {
    static constexpr std::string_view id_prefix = "edition";
    Id<Edition> id;
    std::int64_t number = 1, year = 2026;
    Text title, summary;
    bool panel_needed = true; // experts select by scores; else a meeting does
    EditionState state = EditionState::draft;
    std::optional<Date> opened_on, closed_on, published_on;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Edition*);

struct Admission {
    static constexpr std::string_view id_prefix = "admission";
    Id<Admission> id;
    Id<Edition> edition;
    Id<Technology> technology;
    Text title; // the technology's, as declared and then as published
    std::optional<Id<Organisation>> holder;
    TechnologyField field = TechnologyField::water;
    AdmissionClass class_ = AdmissionClass::demonstration;
    AdmissionState state = AdmissionState::declared;
    Time since; // when it came into this state
    Date declared_on;
    std::int64_t cases = 0;                      // that had run long enough for the class on that day
    std::optional<std::int64_t> content_version; // of the technology, as published or last renewed
    std::optional<Date> published_on, valid_until;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Admission*);

/// A result with the expanded uncertainty (coverage factor 2), in the claim's unit.
struct ClaimResult {
    double value = 0;
    double uncertainty = 0;
};
Record describe(const ClaimResult*);

/// What the holder claims (ISO 14034, 5.3.2: specific, unambiguous, with its conditions), and what was verified of it.
struct Claim {
    std::string indicator;
    double min = 0, max = 0;
    std::string unit;
    Text conditions;
    std::optional<ClaimResult> result;
};
Record describe(const Claim*);

struct Verification {
    static constexpr std::string_view id_prefix = "verif";
    Id<Verification> id;
    Id<Technology> technology;
    Text title; // the technology's
    std::optional<Id<Organisation>> holder;
    Id<Organisation> applicant, verifier;
    std::vector<Claim> claims;
    Text existing_data;                        // test data that is there already
    std::optional<std::string> plan_reference; // number or title of the verification and test plan
    std::optional<std::string> report_reference, report_link;
    std::optional<std::string> statement_number;
    Text statement;
    std::optional<Date> issued_on, valid_until, published_on;
    VerificationState state = VerificationState::applied;
    Time since;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Verification*);

/// What was done to an admission or a verification; never changed.
struct AssessmentStep {
    static constexpr std::string_view id_prefix = "step";
    Id<AssessmentStep> id;
    std::string subject; // the id of the admission or verification
    std::string action;
    std::optional<std::string> before; // the state; absent: there was none
    std::string after;
    std::string person, person_name, organisation;
    Time at;
    std::optional<std::string> comment;
    std::optional<std::int64_t> content_version; // of the technology
    bool sample = false;
};
Record describe(const AssessmentStep*);

} // namespace greenbank::library

template <> struct greenbank::Choices<greenbank::library::EditionState> {
    static constexpr std::string_view name = "edition_state";
    static constexpr std::string_view values[] = {"draft", "open", "closed", "published"};
};
