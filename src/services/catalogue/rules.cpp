// rules.cpp — reading the rules of the desk, and looking things up in them.
#include "services/catalogue/rules.h"

#include <set>

#include <fmt/format.h>

#include "kernel/embedded.h"
#include "json/json.h"

namespace greenbank {
namespace embedded {
extern const EmbeddedFile services_rules[];
extern const std::size_t services_rules_count;
} // namespace embedded

namespace services {

namespace {

/// Codes are known once, all axes and kinds are there, and a group that a criterion names exists.
void check_rules(const void* value, Problems& problems) {
    const auto& rules = *static_cast<const ServiceRules*>(value);
    std::set<std::string> codes, groups;
    for (const CountryGroup& one : rules.groups) groups.insert(one.code);
    for (std::size_t i = 0; i < rules.eligibility.size(); ++i)
        if (!codes.insert(rules.eligibility[i].code).second)
            problems.push_back({fmt::format("eligibility[{}].code", i), "services.rule_twice", "This code stands twice in the rules."});
    for (std::size_t i = 0; i < rules.priority.size(); ++i) {
        const PriorityCriterion& one = rules.priority[i];
        if (!codes.insert(one.code).second)
            problems.push_back({fmt::format("priority[{}].code", i), "services.rule_twice", "This code stands twice in the rules."});
        if (one.country_group && !groups.contains(*one.country_group))
            problems.push_back({fmt::format("priority[{}].country_group", i), "services.rule_group", "The rules have no such group of countries."});
    }
    std::set<BalanceAxis> axes;
    std::set<ServiceKind> kinds;
    for (const BalanceRule& one : rules.balance) axes.insert(one.axis);
    for (const PlanTemplate& one : rules.plans) kinds.insert(one.kind);
    if (axes.size() != balance_axes || rules.balance.size() != balance_axes)
        problems.push_back({"balance", "services.rule_axes", "The rules must say once what region, field and kind are worth."});
    if (kinds.size() != std::size(Choices<ServiceKind>::values) || rules.plans.size() != kinds.size())
        problems.push_back({"plans", "services.rule_plans", "The rules must have one plan for each kind of service."});
}

Record group_record(std::string_view name) {
    return {name, "Countries that a rule speaks of.",
        {field<&CountryGroup::code>("code", "Stable, for machines.", {.min = 1, .max = 40}), field<&CountryGroup::name>("name", "Its name.", {.min = 1}),
            field<&CountryGroup::countries>("countries", "Its countries.", {.max = 250}),
            field<&CountryGroup::source>("source", "Where it is from.", {.min = 1}),
            field<&CountryGroup::status>("status", "Official, unconfirmed or sample.")}};
}

} // namespace

Record describe(const EligibilityCriterion*) {
    using One = EligibilityCriterion;
    return {"eligibility_criterion", "What a request must meet.",
        {field<&One::code>("code", "Stable, for machines.", {.min = 1, .max = 40}), field<&One::name>("name", "Its name.", {.min = 1}),
            field<&One::question>("question", "What the desk asks itself.", {.min = 1}), field<&One::source>("source", "Where it is from.", {.min = 1}),
            field<&One::status>("status", "Official, unconfirmed or sample.")}};
}
Record describe(const PriorityCriterion*) {
    using One = PriorityCriterion;
    return {"priority_criterion", "What brings a request forward.",
        {field<&One::code>("code", "Stable, for machines.", {.min = 1, .max = 40}), field<&One::name>("name", "Its name.", {.min = 1}),
            field<&One::question>("question", "What the desk asks itself.", {.min = 1}),
            field<&One::points>("points", "What it is worth when fully met; half of it when partly.", {.min = 0, .max = 10'000}),
            field<&One::country_group>("country_group", "A country of this group meets it."), field<&One::source>("source", "Where it is from.", {.min = 1}),
            field<&One::status>("status", "Official, unconfirmed or sample.")}};
}
Record describe(const BalanceRule*) {
    return {"balance_rule", "What balance is worth.",
        {field<&BalanceRule::axis>("axis", "Region, field or kind."),
            field<&BalanceRule::points>("points", "For a request whose region (field, kind) has nothing yet.", {.min = 0, .max = 10'000})}};
}
Record describe(const CountryGroup*) { return group_record("country_group"); }
Record describe(const PlanStepTemplate*) {
    using One = PlanStepTemplate;
    return {"plan_step_template", "A step that plans of this kind usually have.",
        {field<&One::title>("title", "What is done.", {.min = 1}), field<&One::responsible>("responsible", "By whom."),
            field<&One::hours>("hours", "How much work.", {.unit = "h", .min = 0, .max = 10'000}),
            field<&One::working_days_min>("working_days_min", "At least so many working days.", {.unit = "d", .min = 1, .max = 1000})}};
}
Record describe(const PlanTemplate*) {
    return {"plan_template", "What plans of one kind of service are made from.",
        {field<&PlanTemplate::kind>("kind", "Which kind."), field<&PlanTemplate::hour_rate>("hour_rate", "What an hour costs.", {.min = 0}),
            field<&PlanTemplate::steps>("steps", "The steps, in order.", {.min = 1, .max = 30})}};
}
Record describe(const ServiceRules*) {
    using Rules = ServiceRules;
    return {"service_rules", "The rules of the desk.",
        {
            field<&Rules::edition>("edition", "Which edition.", {.min = 1}),
            field<&Rules::source>("source", "Where it is from.", {.min = 1}),
            field<&Rules::status>("status", "Of the points, places, rates and plans: official, unconfirmed or sample."),
            field<&Rules::eligibility>("eligibility", "What a request must meet.", {.min = 1, .max = 40}),
            field<&Rules::priority>("priority", "What brings it forward.", {.min = 1, .max = 40}),
            field<&Rules::balance>("balance", "What balance is worth.", {.max = 3}),
            field<&Rules::places>("places", "How many requests one round takes.", {.min = 1, .max = 1000}),
            field<&Rules::share_percent_max>("share_percent_max", "What part of them one region, field or kind may take.", {.unit = "%", .min = 1, .max = 100}),
            field<&Rules::hours_a_day>("hours_a_day", "Hours of work in a working day of a plan.", {.unit = "h", .min = 1, .max = 24}),
            field<&Rules::regions>("regions", "Regions of the balance.", {.max = 40}),
            field<&Rules::groups>("groups", "Groups of countries that criteria name.", {.max = 40}),
            field<&Rules::plans>("plans", "Templates of response plans.", {.max = 40}),
        },
        check_rules};
}

Result<ServiceRules> read_service_rules(std::string_view json) { return from_json<ServiceRules>(json); }

const ServiceRules& service_rules() {
    static const ServiceRules rules = [] {
        require(embedded::services_rules_count == 1, "the rules of the desk are not in the program");
        auto read = read_service_rules(embedded::services_rules[0].bytes());
        if (!read)
            for (const Problem& one : read.error().problems) std::fprintf(stderr, "service_rules.json: %s: %s\n", one.field.c_str(), one.message.c_str());
        require(static_cast<bool>(read), "the rules of the desk cannot be read");
        return std::move(read).value();
    }();
    return rules;
}

TriageRules triage_rules(const ServiceRules& rules) {
    TriageRules made{.places = rules.places, .share_percent_max = rules.share_percent_max};
    for (const PriorityCriterion& one : rules.priority) made.priority_points.push_back(one.points);
    for (const BalanceRule& one : rules.balance) made.balance_points[static_cast<std::size_t>(one.axis)] = one.points;
    return made;
}

std::string region_of(const ServiceRules& rules, std::string_view country) {
    for (const CountryGroup& region : rules.regions)
        if (std::find(region.countries.begin(), region.countries.end(), country) != region.countries.end()) return region.code;
    return "other";
}

bool in_group(const ServiceRules& rules, std::string_view group, std::string_view country) {
    for (const CountryGroup& one : rules.groups)
        if (one.code == group) return std::find(one.countries.begin(), one.countries.end(), country) != one.countries.end();
    return false;
}

const PlanTemplate& plan_template(const ServiceRules& rules, ServiceKind kind) {
    const auto found = std::find_if(rules.plans.begin(), rules.plans.end(), [&](const PlanTemplate& one) { return one.kind == kind; });
    require(found != rules.plans.end(), "the rules have one plan for each kind of service");
    return *found;
}

} // namespace services
} // namespace greenbank
