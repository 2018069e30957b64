// triage.h — from what the desk found to what the engine ranks, and back to lines a reader understands.
#pragma once

#include "api/command.h"
#include "services/requests/records.h"

namespace greenbank::services {

BalanceKey balance_key(const ServiceRules& rules, std::string_view country, TechnologyField field, ServiceKind kind);
/// Open where a criterion of the rules is not answered.
Eligibility eligibility_of(const ServiceRules& rules, const std::vector<EligibilityFinding>& findings);
/// In the order of the rules; those that were not found are not met.
std::vector<Grade> grades_of(const ServiceRules& rules, const std::vector<PriorityFinding>& findings);
std::vector<ScoreLine> score_lines(const ServiceRules& rules, const RankedRequest& ranked);
/// All criteria of eligibility are answered, each criterion once, and none that the rules do not have; places begin with `path`.
void check_findings(const ServiceRules& rules, const std::vector<EligibilityFinding>& eligibility, const std::vector<PriorityFinding>& priority,
    const std::string& path, Problems& problems);

/// `greenbank services triage --in FILE`: the queue out of a file, without a server.
Command triage_command();

} // namespace greenbank::services
