// checks.cpp — appraisals repeat to the last digit; milestones keep within the budget, and four eyes saw what was accepted.
#include "projects/checks.h"

#include "projects/records.h"
#include "json/json.h"

namespace greenbank::projects {

namespace {

constexpr std::int64_t page = 200;

Result<std::int64_t> check_appraisals(Transaction& transaction, CheckRun& run) {
    std::int64_t examined = 0;
    for (std::string after;;) {
        const auto appraisals = TRY(transaction.find<ProjectAppraisal>("id > $1 ORDER BY id LIMIT $2", {after, page}));
        if (appraisals.empty()) return examined;
        for (const ProjectAppraisal& one : appraisals)
            if (to_json(report_of(one.plan)) != to_json(one.report))
                run.found({"project_appraisal/" + one.id.text, "appraisal.not_repeated", "Appraisal {id} gives other figures when it is repeated.",
                    {{"id", one.id.text}}});
        examined += static_cast<std::int64_t>(appraisals.size());
        run.progress(examined, 0);
        after = appraisals.back().id.text;
    }
}

Result<std::int64_t> check_milestones(Transaction& transaction, CheckRun& run) {
    std::int64_t examined = 0;
    for (std::string after;;) {
        const auto milestones = TRY(transaction.find<Milestone>("id > $1 ORDER BY id LIMIT $2", {after, page}));
        if (milestones.empty()) break;
        for (const Milestone& one : milestones)
            if (one.state == MilestoneState::accepted && !one.decided_by.empty() && one.decided_by == one.submitted_by)
                run.found(
                    {"milestone/" + one.id.text, "milestone.one_pair_of_eyes", "Milestone {id} was accepted by who submitted it.", {{"id", one.id.text}}});
        examined += static_cast<std::int64_t>(milestones.size());
        run.progress(examined, 0);
        after = milestones.back().id.text;
    }
    const Rows over = TRY(transaction.query("SELECT p.id FROM project p JOIN milestone m ON m.project = p.id WHERE m.amount_amount IS NOT NULL GROUP BY p.id, "
                                            "p.budget_amount HAVING SUM(m.amount_amount) > COALESCE(p.budget_amount, 0) ORDER BY p.id"));
    for (const auto& row : over.rows)
        run.found({"project/" + as_text(row[0]), "project.paid_over_budget", "Milestones of {id} come to more than its budget.", {{"id", as_text(row[0])}}});
    return examined;
}

} // namespace

std::vector<Check> project_checks() {
    return {{"project_appraisals", "Every appraisal gives the same figures when it is repeated.", check_appraisals},
        {"project_milestones", "Milestones keep within their budget and were accepted by others than who submitted them.", check_milestones}};
}

} // namespace greenbank::projects
