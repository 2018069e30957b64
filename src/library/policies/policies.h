// policies.h — policy documents whose rules are data: who gets or owes what, for which technology, where and when.
#pragma once

#include "library/engine/policy_rules.h"
#include "library/entries.h"

namespace greenbank::library {

enum class PolicyLevel { international, national, province, city, park };
enum class OrganisationSize { micro, small, medium, large };
/// official: as its issuer published it; unconfirmed: from a secondary source; sample: made up to show how it works.
enum class PolicyStatus { official, unconfirmed, sample };

/// What comes of a policy.
struct PolicyBenefit {
    BenefitKind kind = BenefitKind::grant;
    Text what; // in words, as people read it
    std::optional<Money> amount;
    std::optional<std::string> amount_per;
    std::optional<double> rate;
    BenefitBase base = BenefitBase::investment;
    std::optional<Money> cap;
    std::optional<Quantity> quota;
};
Record describe(const PolicyBenefit*);

struct Policy {
    static constexpr std::string_view id_prefix = "policy";
    Id<Policy> id;
    Text title, summary, text;
    Text issuer;
    std::optional<std::string> number; // of the document
    PolicyLevel level = PolicyLevel::national;
    std::vector<std::string> territories;
    std::optional<Date> valid_from, valid_until;
    std::vector<parties::OrganisationKind> kinds;
    std::vector<OrganisationSize> sizes;
    std::vector<std::string> sectors; // letters and digits of GB/T 4754
    std::vector<TechnologyField> fields;
    std::vector<std::string> classes, traits;
    std::vector<Requirement> measures;
    std::vector<PolicyBenefit> benefits;
    Keywords keywords;
    std::optional<std::string> link;
    std::string source;
    PolicyStatus status = PolicyStatus::sample;
    State state = State::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Policy*);

PolicyRules rules_of(const Policy& policy);

/// Published ones; for staff of the bank all.
Result<Page<Policy>> policies_seen(Transaction& transaction, const Caller& caller, const ListOf<Policy>& list);

std::vector<Endpoint> policy_endpoints();
/// "Policies for you": of a technology, a need, an organisation.
std::vector<Endpoint> policy_answer_endpoints();

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::PolicyLevel> {
    static constexpr std::string_view name = "policy_level";
    static constexpr std::string_view values[] = {"international", "national", "province", "city", "park"};
};
template <> struct Choices<library::OrganisationSize> {
    static constexpr std::string_view name = "organisation_size";
    static constexpr std::string_view values[] = {"micro", "small", "medium", "large"};
};
template <> struct Choices<library::PolicyStatus> {
    static constexpr std::string_view name = "policy_status";
    static constexpr std::string_view values[] = {"official", "unconfirmed", "sample"};
};
} // namespace greenbank
