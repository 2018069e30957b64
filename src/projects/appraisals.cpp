// appraisals.cpp — plans made of projects, appraised at once, kept with their inputs so that anybody can repeat them.
#include <algorithm>
#include <cmath>

#include "api/words.h"
#include "projects/operations.h"

namespace greenbank::projects {

namespace {

struct AppraisalKey {
    Id<ProjectAppraisal> id;
};
Record describe(const AppraisalKey*) { return {"appraisal_key", "Names an appraisal.", {field<&AppraisalKey::id>("id", "Its id.")}}; }

Result<AppraisalReport> appraisal_compute(Transaction&, const Caller&, const AppraisalPlan& plan) { return report_of(plan); }

Result<AppraisalPlan> appraisal_draft(Transaction& transaction, const Caller& caller, const ProjectKey& key) {
    const Project project = TRY(project_seen(transaction, caller, key.id));
    TRY(allow_money(transaction, caller, project));
    return plan_of(project, caller.language);
}

Result<Page<ProjectAppraisal>> appraisal_list(Transaction& transaction, const Caller& caller, const ListOf<ProjectAppraisal>& list) {
    TRY(allow_money(transaction, caller, TRY(project_seen(transaction, caller, Id<Project>(list.filters.front().value)))));
    return list_page<ProjectAppraisal>(transaction, caller, list);
}

Result<ProjectAppraisal> appraisal_get(Transaction& transaction, const Caller& caller, const AppraisalKey& key) {
    ProjectAppraisal appraisal = TRY(transaction.get(key.id));
    const auto project = project_seen(transaction, caller, appraisal.project);
    if (!project) return not_found(record_of<ProjectAppraisal>(), key.id.text);
    TRY(allow_money(transaction, caller, project.value()));
    return appraisal;
}

/// What went in, as `greenbank project appraise --in` reads it.
Result<AppraisalPlan> appraisal_plan(Transaction& transaction, const Caller& caller, const AppraisalKey& key) {
    return TRY(appraisal_get(transaction, caller, key)).plan;
}

/// Owner, partners and the bank keep appraisals: what each assumes stays beside what the others do.
Result<Reply<ProjectAppraisal>> appraisal_keep(Transaction& transaction, const Caller& caller, const ProjectAppraisal& draft) {
    const Project project = TRY(project_seen(transaction, caller, draft.project));
    if (!takes_part(caller, project) && !caller.actor.may(see_all_projects))
        return Error{Failure::forbidden, "project.not_yours", "This project belongs to another organisation."};
    TRY(allow_money(transaction, caller, project));
    ProjectAppraisal appraisal = draft;
    appraisal.id = caller.new_id<ProjectAppraisal>();
    appraisal.project_version = project.version;
    appraisal.report = report_of(appraisal.plan);
    appraisal.organisation = caller.actor.organisation;
    appraisal.person = caller.actor.person;
    appraisal.person_name = TRY(person_name(transaction, caller));
    appraisal.at = caller.now;
    TRY(transaction.insert(appraisal));
    return Reply<ProjectAppraisal>{.body = std::move(appraisal), .status = 201};
}

} // namespace

Result<std::optional<ProjectAppraisal>> last_appraisal(Transaction& transaction, const Id<Project>& project) {
    return transaction.find_one<ProjectAppraisal>("project = $1 ORDER BY at DESC, id DESC LIMIT 1", {project.text});
}

AppraisalPlan plan_of(const Project& project, Language language) {
    AppraisalPlan plan;
    plan.title = project.title;
    plan.years = project.life;
    if (project.budget) plan.currency = project.budget->currency;
    std::int64_t rest = project.budget ? project.budget->minor : 0;
    for (const BudgetLine& line : project.budget_lines) {
        const std::string name(line.name.best(language));
        if (line.kind == BudgetKind::operating) {
            plan.operating.push_back({.name = name, .amount = line.amount, .first_year = std::max<std::int64_t>(line.year, 1), .last_year = {}});
            continue;
        }
        rest -= line.amount.minor;
        plan.capital.push_back({name, line.amount, line.year, line.depreciates});
    }
    if (rest > 0) plan.capital.push_back({word("appraisal.rest_of_budget", language), Money{rest, plan.currency}, 0, true});
    for (const Effect& effect : project.effects) {
        const std::string name = effect.what ? std::string(effect.what->best(language)) : std::string(name_of(effect.kind));
        const double degradation = effect.degradation.value_or(0);
        if (effect.kind == EffectKind::emissions_avoided || effect.kind == EffectKind::carbon_stored) {
            plan.avoided.push_back(
                {.name = name, .tonnes = convert({effect.value, effect.unit}, "tCO2e").value_or(0), .degradation = degradation, .last_year = {}});
            if (!effect.price) continue; // reductions that are sold are an output, too
        }
        OutputRow row{.name = name, .quantity = {effect.value, effect.unit}, .degradation = degradation, .price = {}, .last_year = {}};
        if (effect.price) row.price = static_cast<double>(effect.price->minor) / std::pow(10, decimals_of(effect.price->currency).value_or(2));
        plan.outputs.push_back(std::move(row));
    }
    // A unit of what is sold is costed, of reductions only where nothing else is; or else of what comes first.
    const auto sold = [](const OutputRow& row) { return row.price.has_value(); };
    auto main = std::ranges::find_if(plan.outputs, [&](const OutputRow& row) { return sold(row) && !same_dimension(row.quantity.unit, "tCO2e"); });
    if (main == plan.outputs.end()) main = std::ranges::find_if(plan.outputs, sold);
    if (!plan.outputs.empty()) (main == plan.outputs.end() ? plan.outputs.front() : *main).main = true;
    return plan;
}

std::vector<Endpoint> appraisal_endpoints() {
    return {
        // clang-format off
        {"appraisal_compute", Method::post, "/appraise", "Appraise a plan; nothing is kept.", Mode::read, signed_in, call(appraisal_compute)},
        {"appraisal_draft", Method::get, "/projects/{id}/appraisal-plan", "A plan made of a project's budget and effects.", Mode::read, open_to_all, call(appraisal_draft)},
        {"appraisal_list", Method::get, "/projects/{project}/appraisals", "Appraisals of a project, newest first.", Mode::read, open_to_all, call(appraisal_list)},
        {"appraisal_keep", Method::post, "/projects/{project}/appraisals", "Appraise a project and keep it with what went in.", Mode::write, write_projects, call(appraisal_keep)},
        {"appraisal_get", Method::get, "/appraisals/{id}", "One appraisal.", Mode::read, open_to_all, call(appraisal_get)},
        {"appraisal_plan", Method::get, "/appraisals/{id}/plan", "What went into an appraisal, as greenbank project appraise reads it.", Mode::read, open_to_all, call(appraisal_plan)},
        // clang-format on
    };
}

} // namespace greenbank::projects
