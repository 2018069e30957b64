// records.h — certificates of zero-carbon islands, and the dated criteria that they are held against.
#pragma once

#include "cities/engine/certificate_states.h"
#include "cities/territories/records.h"
#include "cities/zero_plans/zero_plans.h"

namespace greenbank::cities {

struct IslandCriterion {
    std::string code;
    Text title;
    CriterionRule rule = CriterionRule::evidence;
    double limit = 0;
};
Record describe(const IslandCriterion*);
/// One edition of data/reference/island_criteria.json.
struct CriteriaEdition {
    std::string edition;
    Date valid_from, valid_until;
    FactorStatus status = FactorStatus::sample;
    std::string source;
    std::vector<IslandCriterion> criteria;
};
Record describe(const CriteriaEdition*);

struct CertificateEvidence {
    std::string criterion;
    Text statement;
    std::optional<std::string> link;
};
Record describe(const CertificateEvidence*);
struct CriterionOutcome {
    std::string criterion;
    bool met = false;
    double figure = 0;
};
Record describe(const CriterionOutcome*);

/// A plan to zero as it was when the certificate was applied for.
struct CertifiedPlan {
    Text title;
    std::int64_t base_year = 0, base_kg = 0, zero_year = 0;
    std::vector<ZeroStep> steps;
    std::vector<ZeroYear> years; // planned; what was measured stands at the plan
};
Record describe(const CertifiedPlan*);

struct IslandCertificate {
    static constexpr std::string_view id_prefix = "zerocert";
    Id<IslandCertificate> id;
    std::optional<std::string> number;
    Id<Territory> territory;
    Id<TerritoryInventory> inventory;
    Id<Organisation> owner, assessor;
    Text title; // the territory's
    std::int64_t year = 0;
    std::string criteria; // the edition
    std::vector<CertificateEvidence> evidence;
    std::optional<Id<ZeroPlan>> zero_plan; // absent only in what was applied for before plans were asked for
    std::optional<CertifiedPlan> plan_to_zero;
    // As the inventory said when it was submitted.
    std::int64_t emissions_kg = 0, removals_kg = 0, net_kg = 0, low_kg = 0, high_kg = 0, retired_kg = 0;
    double at_most_zero = 0;
    std::vector<CriterionOutcome> outcomes;
    FactorStatus status = FactorStatus::sample;         // the weaker of figures and criteria
    std::string submitted_by, reviewed_by, verified_by; // people, for four eyes
    CertificateState state = CertificateState::draft;
    std::optional<Date> issued_on, valid_until;
    std::optional<std::string> statement, proof; // SHA-256 of what the log holds; the end of its link
    std::optional<std::string> reason;           // of the withdrawal
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const IslandCertificate*);

/// What the log keeps of an issued certificate: JSON, the same bytes whenever it is made.
std::string statement_of(const IslandCertificate& certificate);

} // namespace greenbank::cities

namespace greenbank {
template <> struct Choices<cities::CertificateState> {
    static constexpr std::string_view name = "certificate_state", values[] = {"draft", "submitted", "reviewed", "verified", "issued", "withdrawn"};
};
template <> struct Choices<cities::CertificateAction> {
    static constexpr std::string_view name = "certificate_action", values[] = {"submit", "review", "verify", "give_back", "issue", "withdraw"};
};
template <> struct Choices<cities::CriterionRule> {
    static constexpr std::string_view name = "criterion_rule",
                                      values[] = {"evidence", "complete", "net_at_most", "share_at_least", "unstated_at_most", "years_at_most"};
};
} // namespace greenbank
