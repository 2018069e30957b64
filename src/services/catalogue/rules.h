// rules.h — the rules of the desk as data: criteria, points, balance, groups of countries, templates of plans; with edition, source, status.
#pragma once

#include "services/catalogue/records.h"
#include "services/engine/recognition.h"
#include "services/engine/response_plan.h"
#include "services/engine/triage.h"

namespace greenbank::services {

/// Who does a step of a response plan.
enum class PlanPart { desk, expert, provider, asker };

struct EligibilityCriterion {
    std::string code;
    Text name, question;
    std::string source;
    FactStatus status = FactStatus::sample;
};
Record describe(const EligibilityCriterion*);

struct PriorityCriterion {
    std::string code;
    Text name, question;
    std::int64_t points = 0;
    std::optional<std::string> country_group; // a country of this group meets it fully
    std::string source;
    FactStatus status = FactStatus::sample;
};
Record describe(const PriorityCriterion*);

struct BalanceRule {
    BalanceAxis axis = BalanceAxis::region;
    std::int64_t points = 0;
};
Record describe(const BalanceRule*);

struct CountryGroup {
    std::string code;
    Text name;
    std::vector<std::string> countries;
    std::string source;
    FactStatus status = FactStatus::sample;
};
Record describe(const CountryGroup*);

struct PlanStepTemplate {
    Text title;
    PlanPart responsible = PlanPart::desk;
    std::int64_t hours = 0, working_days_min = 1;
};
Record describe(const PlanStepTemplate*);

struct PlanTemplate {
    ServiceKind kind = ServiceKind::consulting;
    Money hour_rate;
    std::vector<PlanStepTemplate> steps;
};
Record describe(const PlanTemplate*);

struct ServiceRules {
    std::string edition, source;
    FactStatus status = FactStatus::sample;
    std::vector<EligibilityCriterion> eligibility;
    std::vector<PriorityCriterion> priority;
    std::vector<BalanceRule> balance;
    std::int64_t places = 1, share_percent_max = 100, hours_a_day = 8;
    std::vector<CountryGroup> regions, groups;
    std::vector<PlanTemplate> plans;
};
Record describe(const ServiceRules*);

/// Those compiled into the program.
const ServiceRules& service_rules();
/// A fault is named with its place.
Result<ServiceRules> read_service_rules(std::string_view json);

TriageRules triage_rules(const ServiceRules& rules);
/// The code of the region a country lies in; "other" where the rules name none.
std::string region_of(const ServiceRules& rules, std::string_view country);
bool in_group(const ServiceRules& rules, std::string_view group, std::string_view country);
const PlanTemplate& plan_template(const ServiceRules& rules, ServiceKind kind);

} // namespace greenbank::services

namespace greenbank {
template <> struct Choices<services::PlanPart> {
    static constexpr std::string_view name = "plan_part";
    static constexpr std::string_view values[] = {"desk", "expert", "provider", "asker"};
};
} // namespace greenbank
