// policy_rules.h — which policies apply to a technology, a need or an organisation, why, and what comes of it. A policy's rules
// say who, what, where and when; each condition is met, failed or unknown (strong Kleene logic: what is not known may still
// turn out either way), and the benefit follows from what is known. Pure: day and facts are arguments.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"
#include "kernel/time.h"

namespace greenbank::library {

/// grant: money once; interest_subsidy: part of the interest; tax_credit; price_premium: for each unit sold; guarantee_fee:
/// part of that fee; refinancing: cheap money for the bank that lends; quota: a right to so much; obligation: what must be done.
enum class BenefitKind { grant, interest_subsidy, tax_credit, price_premium, guarantee_fee, refinancing, quota, obligation };
/// What a rate is taken of.
enum class BenefitBase { investment, interest, loan, guarantee_fee };
enum class PolicyCondition { date, territory, organisation_kind, organisation_size, sector, field, class_, trait, measure };
enum class Truth { failed, unknown, met };
enum class BoundSide { at_most, at_least };

struct MeasureBound {
    std::string indicator;
    BoundSide side = BoundSide::at_least;
    double value = 0;
    std::string unit;
};

struct BenefitRule {
    BenefitKind kind = BenefitKind::grant;
    std::optional<Money> amount;
    std::optional<std::string> amount_per; // for one such unit of capacity; absent: once
    std::optional<double> rate;            // per cent of the base
    BenefitBase base = BenefitBase::investment;
    std::optional<Money> cap;
};

/// An empty list asks for nothing. Of kinds, sizes, sectors, fields, classes and territories any one will do; traits and
/// measures are needed all.
struct PolicyRules {
    std::optional<Date> from, until;      // in force, both days included
    std::vector<std::string> territories; // CN, CN-33 (a province), CN-3305 (a city): a place lies in all it begins with; WORLD
    std::vector<std::string> kinds, sizes, sectors, fields, classes, traits;
    std::vector<MeasureBound> measures;
    std::vector<BenefitRule> benefits;
};

struct KnownMeasure {
    std::string indicator;
    double low = 0, high = 0;
    std::string unit;
};

/// What is known of the one that asks; absent is unknown.
struct PolicyFacts {
    Date day;
    std::optional<std::string> territory, kind, size, sector;
    std::optional<std::vector<std::string>> fields, classes, traits;
    std::vector<KnownMeasure> measures;
    std::optional<Quantity> capacity;
    std::optional<Money> investment, interest, loan, guarantee_fee;
};

struct ConditionFinding {
    PolicyCondition condition = PolicyCondition::date;
    Truth truth = Truth::unknown;
    std::size_t index = 0; // of the trait or measure
};

struct BenefitFinding {
    std::size_t index = 0;
    std::optional<Money> amount; // absent: what it is taken of is not known, or it is no money
    bool capped = false;
};

struct PolicyJudgement {
    Truth truth = Truth::met; // met: it applies; unknown: it may; failed: it does not
    std::vector<ConditionFinding> conditions;
    std::vector<BenefitFinding> benefits;
};

/// Conditions in the order of PolicyCondition, only those that the policy sets.
PolicyJudgement judge_policy(const PolicyRules& rules, const PolicyFacts& facts);

/// Does `place` lie in `territory`? Unknown where the place is told too roughly.
Truth lies_in(const std::string& place, const std::string& territory);

/// CN, CN-33, CN-3305, CN-330522 or WORLD: ISO 3166-1, in China with digits of GB/T 2260 behind it.
bool is_territory(const std::string& code);

/// The money of one benefit: amount, times capacity where it is for a unit; or the rate of its base; no more than the cap.
BenefitFinding benefit_of(const BenefitRule& rule, const PolicyFacts& facts);

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::BenefitKind> {
    static constexpr std::string_view name = "benefit_kind";
    static constexpr std::string_view values[] = {
        "grant", "interest_subsidy", "tax_credit", "price_premium", "guarantee_fee", "refinancing", "quota", "obligation"};
};
template <> struct Choices<library::BenefitBase> {
    static constexpr std::string_view name = "benefit_base";
    static constexpr std::string_view values[] = {"investment", "interest", "loan", "guarantee_fee"};
};
template <> struct Choices<library::PolicyCondition> {
    static constexpr std::string_view name = "policy_condition";
    static constexpr std::string_view values[] = {
        "date", "territory", "organisation_kind", "organisation_size", "sector", "field", "class", "trait", "measure"};
};
template <> struct Choices<library::Truth> {
    static constexpr std::string_view name = "truth";
    static constexpr std::string_view values[] = {"failed", "unknown", "met"};
};
template <> struct Choices<library::BoundSide> {
    static constexpr std::string_view name = "bound_side";
    static constexpr std::string_view values[] = {"at_most", "at_least"};
};
} // namespace greenbank
