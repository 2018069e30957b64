// stages.cpp — moving a project to its next stage, its plant onwards, and what stands before either.
#include <fmt/format.h>

#include "api/words.h"
#include "projects/engine/stage_gates.h"
#include "projects/operations.h"

namespace greenbank::projects {

namespace {

struct StageMove {
    Id<Project> id;
    Stage stage = Stage::research;
    std::optional<std::string> reason;
};
Record describe(const StageMove*) {
    return {"project_stage_move", "Moves a project to another stage.",
        {field<&StageMove::id>("id", "The project."), field<&StageMove::stage>("stage", "The next stage, or an earlier one."),
            field<&StageMove::reason>("reason", "What speaks for it; needed to go back.", {.min = 1, .max = 1000})}};
}

struct ProgressMove {
    Id<Project> id;
    Progress progress = Progress::preparing;
    std::optional<std::string> reason;
};
Record describe(const ProgressMove*) {
    return {"project_progress_move", "Says how far the plant has come.",
        {field<&ProgressMove::id>("id", "The project."), field<&ProgressMove::progress>("progress", "How far it is now."),
            field<&ProgressMove::reason>("reason", "Why; needed to stop.", {.min = 1, .max = 1000})}};
}

struct ConditionView {
    GateCondition condition = GateCondition::technologies;
    std::int64_t least = 0, have = 0;
    bool met = false;
};
Record describe(const ConditionView*) {
    return {"stage_condition", "What a project must have before its next stage.",
        {field<&ConditionView::condition>("condition", "What."), field<&ConditionView::least>("least", "How many at least; of open milestones at most."),
            field<&ConditionView::have>("have", "How many there are."), field<&ConditionView::met>("met", "Whether that is enough.")}};
}

struct ProjectStanding {
    Id<Project> id;
    bool own = false, part = false, money = false;
    std::optional<Stage> next_stage;
    std::vector<ConditionView> conditions;
    std::vector<Progress> progress_next;
    std::int64_t milestones = 0, accepted = 0, accepted_weight = 0;
    std::optional<Money> capital, unassigned, operating, milestone_amount, accepted_amount;
    std::optional<Id<ProjectAppraisal>> appraisal;
    std::int64_t appraisals = 0;
};
Record describe(const ProjectStanding*) {
    return {"project_standing", "Where a project stands, and what the caller may do.",
        {
            field<&ProjectStanding::id>("id", "The project."),
            field<&ProjectStanding::own>("own", "It belongs to the caller's organisation."),
            field<&ProjectStanding::part>("part", "The caller's organisation takes part in it."),
            field<&ProjectStanding::money>("money", "The caller sees its money, evidence and appraisals."),
            field<&ProjectStanding::next_stage>("next_stage", "The stage that comes next."),
            field<&ProjectStanding::conditions>("conditions", "What that stage asks for.", {.max = 20}),
            field<&ProjectStanding::progress_next>("progress_next", "Where the plant may go from here.", {.max = 5}),
            field<&ProjectStanding::milestones>("milestones", "How many milestones there are."),
            field<&ProjectStanding::accepted>("accepted", "How many are accepted."),
            field<&ProjectStanding::accepted_weight>("accepted_weight", "What share of the project they are.", {.unit = "%"}),
            field<&ProjectStanding::capital>("capital", "What the capital lines come to."),
            field<&ProjectStanding::unassigned>("unassigned", "What of the budget has no line."),
            field<&ProjectStanding::operating>("operating", "What the operating lines come to in a year."),
            field<&ProjectStanding::milestone_amount>("milestone_amount", "What is paid on acceptance, of all milestones."),
            field<&ProjectStanding::accepted_amount>("accepted_amount", "What is paid for those that are accepted."),
            field<&ProjectStanding::appraisal>("appraisal", "The appraisal kept last."),
            field<&ProjectStanding::appraisals>("appraisals", "How many were kept."),
        }};
}

Result<std::int64_t> count(Transaction& transaction, std::string_view sql, const Project& project) {
    return as_integer(TRY(transaction.query(sql, {project.id.text})).single());
}

Result<GateFacts> facts_of(Transaction& transaction, const Project& project) {
    using enum GateCondition;
    GateFacts facts;
    facts[technologies] = static_cast<std::int64_t>(project.technologies.size());
    facts[effects] = static_cast<std::int64_t>(project.effects.size());
    facts[budget] = project.budget && project.budget->minor > 0;
    facts[coordinates] = project.latitude.has_value();
    facts[running] = project.progress == Progress::running || project.progress == Progress::finished;
    facts[appraisals] = TRY(count(transaction, "SELECT COUNT(*) FROM project_appraisal WHERE project = $1", project));
    facts[accepted_milestones] = TRY(count(transaction, "SELECT COUNT(*) FROM milestone WHERE project = $1 AND state = 'accepted'", project));
    facts[open_milestones] = TRY(count(transaction, "SELECT COUNT(*) FROM milestone WHERE project = $1 AND state <> 'accepted'", project));
    facts[measured_evidence] = TRY(count(transaction,
        "SELECT COUNT(*) FROM milestone_evidence e JOIN milestone m ON m.id = e.milestone WHERE e.project = $1 AND e.kind = 'measured_data' AND m.state = "
        "'accepted'",
        project));
    std::optional<std::int64_t> lowest;
    for (const TechnologyUse& use : project.technologies)
        if (const auto technology = TRY(transaction.find_one<Technology>("id = $1", {use.technology.text})))
            lowest = std::min(lowest.value_or(technology->readiness.level), technology->readiness.level);
    facts[readiness] = lowest.value_or(0);
    return facts;
}

Result<Project> project_move(Transaction& transaction, const Caller& caller, const StageMove& move) {
    Project project = TRY(project_to_change(transaction, caller, move.id));
    const int from = static_cast<int>(project.stage), to = static_cast<int>(move.stage);
    if (to == from) return Error{Failure::conflict, "project.same_stage", "The project is at this stage already."};
    if (to > from + 1)
        return Error{Failure::conflict, "project.stage_skipped", "Stages are taken one by one; the next one is {next}.",
            {{"next", word(fmt::format("choice.stage.{}", Choices<Stage>::values[from + 1]), caller.language)}}};
    if (to < from && !move.reason) return invalid({{"reason", "project.reason_needed", "Say why it goes back."}});
    if (to > from) {
        Problems problems;
        for (const GateCheck& check : check_gates(to, TRY(facts_of(transaction, project))))
            if (!check.met)
                problems.push_back({"stage", "project.gate", "{condition}: {have}, asked for: {least}.",
                    {{"condition", word(fmt::format("choice.gate_condition.{}", name_of(check.condition)), caller.language)},
                        {"have", std::to_string(check.have)}, {"least", std::to_string(check.least)}}});
        if (!problems.empty())
            return Error{Failure::conflict, "project.gates", "The project does not have yet what the next stage asks for.", {}, std::move(problems)};
    }
    project.stage = move.stage;
    project.stages.push_back({move.stage, date_of(caller.now), move.reason});
    return keep_change(transaction, caller, std::move(project), "stage", move.reason);
}

Result<Project> project_progress(Transaction& transaction, const Caller& caller, const ProgressMove& move) {
    Project project = TRY(project_to_change(transaction, caller, move.id));
    if (project.state != State::published)
        return Error{Failure::conflict, "project.not_published", "Publish the project first; a draft is neither built nor run."};
    project.progress = TRY(progress_step(project.progress, move.progress));
    if (move.progress == Progress::stopped && !move.reason) return invalid({{"reason", "project.stop_reason", "Say why it is stopped."}});
    if (move.progress == Progress::running && !project.runs_from) project.runs_from = date_of(caller.now);
    if (move.progress == Progress::building && !project.starts_on) project.starts_on = date_of(caller.now);
    return keep_change(transaction, caller, std::move(project), "progress", move.reason);
}

Result<ProjectStanding> project_standing(Transaction& transaction, const Caller& caller, const ProjectKey& key) {
    const Project project = TRY(project_seen(transaction, caller, key.id));
    const bool money = TRY(sees_money(transaction, caller, project));
    ProjectStanding standing{.id = project.id, .own = owns(caller, project), .part = takes_part(caller, project), .money = money};
    if (project.stage != Stage::industrial) {
        standing.next_stage = static_cast<Stage>(static_cast<int>(project.stage) + 1);
        for (const GateCheck& check : check_gates(static_cast<int>(*standing.next_stage), TRY(facts_of(transaction, project))))
            standing.conditions.push_back({check.condition, check.least, check.have, check.met});
    }
    standing.progress_next = projects::progress_next(project.progress);
    std::int64_t promised = 0, paid = 0;
    for (const Milestone& milestone : TRY(milestones_of(transaction, project.id))) {
        ++standing.milestones;
        if (milestone.amount) promised += milestone.amount->minor;
        if (milestone.state != MilestoneState::accepted) continue;
        ++standing.accepted;
        standing.accepted_weight += milestone.weight;
        if (milestone.amount) paid += milestone.amount->minor;
    }
    standing.appraisals = TRY(count(transaction, "SELECT COUNT(*) FROM project_appraisal WHERE project = $1", project));
    if (!money) return standing;
    if (const auto appraisal = TRY(last_appraisal(transaction, project.id))) standing.appraisal = appraisal->id;
    if (!project.budget) return standing;
    const std::string& currency = project.budget->currency;
    std::int64_t capital = 0, operating = 0;
    for (const BudgetLine& line : project.budget_lines) (line.kind == BudgetKind::capital ? capital : operating) += line.amount.minor;
    standing.capital = Money{capital, currency};
    standing.unassigned = Money{project.budget->minor - capital, currency};
    standing.operating = Money{operating, currency};
    standing.milestone_amount = Money{promised, currency};
    standing.accepted_amount = Money{paid, currency};
    return standing;
}

} // namespace

std::vector<Endpoint> stage_endpoints() {
    return {
        // clang-format off
        {"project_standing", Method::get, "/projects/{id}/standing", "Where a project stands, and what may be done.", Mode::read, open_to_all, call(project_standing)},
        {"project_move", Method::post, "/projects/{id}/stage", "Move a project to another stage.", Mode::write, publish_projects, call(project_move)},
        {"project_progress", Method::post, "/projects/{id}/progress", "Say how far the plant has come.", Mode::write, publish_projects, call(project_progress)},
        // clang-format on
    };
}

} // namespace greenbank::projects
