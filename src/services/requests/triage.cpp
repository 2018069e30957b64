// triage.cpp — findings against the rules.
#include "services/requests/triage.h"

#include <fmt/format.h>

namespace greenbank::services {

BalanceKey balance_key(const ServiceRules& rules, std::string_view country, TechnologyField field, ServiceKind kind) {
    return {region_of(rules, country), std::string(name_of(field)), std::string(name_of(kind))};
}

Eligibility eligibility_of(const ServiceRules& rules, const std::vector<EligibilityFinding>& findings) {
    std::vector<std::optional<bool>> answers;
    for (const EligibilityCriterion& one : rules.eligibility) {
        const auto found = std::find_if(findings.begin(), findings.end(), [&](const EligibilityFinding& finding) { return finding.criterion == one.code; });
        answers.push_back(found == findings.end() ? std::nullopt : std::optional(found->met));
    }
    return judge_eligibility(answers);
}

std::vector<Grade> grades_of(const ServiceRules& rules, const std::vector<PriorityFinding>& findings) {
    std::vector<Grade> grades;
    for (const PriorityCriterion& one : rules.priority) {
        const auto found = std::find_if(findings.begin(), findings.end(), [&](const PriorityFinding& finding) { return finding.criterion == one.code; });
        grades.push_back(found == findings.end() ? Grade::no : found->grade);
    }
    return grades;
}

std::vector<ScoreLine> score_lines(const ServiceRules& rules, const RankedRequest& ranked) {
    std::vector<ScoreLine> lines;
    const TriageRules points = triage_rules(rules);
    for (std::size_t i = 0; i < rules.priority.size(); ++i) lines.push_back({rules.priority[i].code, ranked.priority_points[i], points.priority_points[i]});
    for (std::size_t axis = 0; axis < balance_axes; ++axis)
        lines.push_back({std::string(name_of(static_cast<BalanceAxis>(axis))), ranked.balance_points[axis], points.balance_points[axis]});
    return lines;
}

void check_findings(const ServiceRules& rules, const std::vector<EligibilityFinding>& eligibility, const std::vector<PriorityFinding>& priority,
    const std::string& path, Problems& problems) {
    const auto check = [&](const char* list, const auto& findings, const auto& criteria) {
        for (std::size_t i = 0; i < findings.size(); ++i) {
            const auto same = [&](const auto& one) { return one.criterion == findings[i].criterion; };
            if (std::none_of(criteria.begin(), criteria.end(), [&](const auto& one) { return one.code == findings[i].criterion; }))
                problems.push_back({fmt::format("{}{}[{}].criterion", path, list, i), "triage.unknown", "The rules have no criterion {criterion}.",
                    {{"criterion", findings[i].criterion}}});
            else if (std::count_if(findings.begin(), findings.end(), same) > 1)
                problems.push_back({fmt::format("{}{}[{}].criterion", path, list, i), "triage.twice", "This criterion is answered twice."});
        }
    };
    check("eligibility", eligibility, rules.eligibility);
    check("priority", priority, rules.priority);
    for (const EligibilityCriterion& one : rules.eligibility)
        if (std::none_of(eligibility.begin(), eligibility.end(), [&](const EligibilityFinding& found) { return found.criterion == one.code; }))
            problems.push_back({path + "eligibility", "triage.unanswered", "The criterion {criterion} is not answered.", {{"criterion", one.code}}});
}

} // namespace greenbank::services
