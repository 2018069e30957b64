// reductions.cpp — reduction projects: entered by the owner, validated by the assessor that they name.
#include "carbon/reductions/reductions.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "api/list.h"
#include "library/assessment/steps.h"
#include "parties/acting.h"
#include "json/json.h"

namespace greenbank::carbon {

Record describe(const CarbonKey<ReductionProject>*) {
    using Key = CarbonKey<ReductionProject>;
    return {"reduction_project_key", "Names a reduction project.", {field<&Key::id>("id", "Its id.")}};
}

struct ReductionSubmission {
    Id<ReductionProject> id;
    bool take_back = false;
};
Record describe(const ReductionSubmission*) {
    return {"reduction_submission", "Submits a reduction project for validation, or takes it back.",
        {field<&ReductionSubmission::id>("id", "Which."), field<&ReductionSubmission::take_back>("take_back", "Take it back instead.", {.defaulted = true})}};
}
struct ValidationJudgement {
    Id<ReductionProject> id;
    ReductionAction step = ReductionAction::judge;
    std::optional<std::string> why;
    Text says;
};
Record describe(const ValidationJudgement*) {
    using One = ValidationJudgement;
    return {"validation_judgement", "What the assessor decides about a reduction project.",
        {field<&One::id>("id", "Which."), field<&One::step>("action", "Judge, give back, confirm, reopen or refuse."),
            field<&One::why>("reason", "Why it is given back, reopened or refused.", {.max = 2000}),
            field<&One::says>("opinion", "What the assessor says, with the judgement.", {.max = 5000})}};
}

struct ReductionView {
    ReductionProject project;
    std::vector<ReductionAction> actions;
    std::optional<ReductionPart> next;
    bool may_change = false, may_change_meters = false, may_add_period = false;
};
Record describe(const ReductionView*) {
    using View = ReductionView;
    return {"reduction_view", "A reduction project, and what the caller may do with it.",
        {field<&View::project>("reduction_project", "It."), field<&View::actions>("actions", "Steps of the caller.", {.max = 10}),
            field<&View::next>("next", "Whose turn it is."), field<&View::may_change>("may_change", "Everything may be changed, or it may be deleted."),
            field<&View::may_change_meters>("may_change_meters", "Meters and channels may be changed."),
            field<&View::may_add_period>("may_add_period", "A monitoring period may be added.")}};
}

namespace {

bool acts_for(const Caller& caller, const std::string& organisation) { return !organisation.empty() && caller.actor.organisation == organisation; }

/// The project is the caller's own, the methodology is in force, and stated values and meters are of its parameters.
Result<Done> check_content(Transaction& transaction, const Caller& caller, ReductionProject& project) {
    const projects::Project spine = TRY(projects::project_seen(transaction, caller, project.project));
    Problems problems;
    if (!projects::owns(caller, spine))
        problems.push_back({"project", "reduction.not_your_project", "Reductions are entered by the project's owner; this project is another organisation's."});
    const Methodology methodology = TRY(methodology_of(project.methodology));
    project.methodology_edition = methodology.edition;
    if (project.starts_on < methodology.valid_from || (methodology.valid_until && project.starts_on > *methodology.valid_until))
        problems.push_back({"starts_on", "methodology.not_in_force", "The methodology is not in force on that day."});
    std::set<std::string> named;
    for (std::size_t i = 0; i < project.stated.size(); ++i) {
        const MethodologyParameter* parameter = methodology.find(project.stated[i].parameter);
        if (!parameter || parameter->kind != ParameterKind::project || !named.insert(project.stated[i].parameter).second)
            problems.push_back({fmt::format("stated[{}].parameter", i), "reduction.parameter",
                "{name} is no parameter that this methodology asks for here, or stands twice.", {{"name", project.stated[i].parameter}}});
    }
    named.clear();
    for (std::size_t i = 0; i < project.meters.size(); ++i) {
        const MethodologyParameter* parameter = methodology.find(project.meters[i].parameter);
        if (!parameter || parameter->kind != ParameterKind::monitored || !named.insert(project.meters[i].parameter).second)
            problems.push_back({fmt::format("meters[{}].parameter", i), "reduction.parameter",
                "{name} is no parameter that this methodology asks for here, or stands twice.", {{"name", project.meters[i].parameter}}});
    }
    if (project.assessor) {
        const auto assessor = TRY(transaction.find_one<Organisation>("id = $1", {project.assessor->text}));
        const bool partner = std::any_of(spine.partners.begin(), spine.partners.end(),
            [&](const projects::Partner& one) { return one.organisation == *project.assessor && one.role != projects::PartnerRole::verifier; });
        if (!assessor || assessor->kind != parties::OrganisationKind::assessor)
            problems.push_back({"assessor", "reduction.no_assessor", "Choose an organisation that assesses."});
        else if (partner || project.assessor->text == caller.actor.organisation)
            problems.push_back(
                {"assessor", "reduction.assessor_conflict", "This organisation is the owner or a partner of the project; an assessor is independent."});
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Page<ReductionProject>> reduction_list(Transaction& transaction, const Caller& caller, const ListOf<ReductionProject>& list) {
    std::vector<Value> parameters;
    const std::string where = seen_where(caller, parameters);
    return list_page<ReductionProject>(transaction, caller, list, where, std::move(parameters));
}

Result<ReductionView> view_of(Transaction& transaction, const Caller& caller, ReductionProject project) {
    ReductionView view{.project = std::move(project)};
    const ReductionPerson person = TRY(reduction_person(transaction, caller, view.project));
    view.actions = reduction_actions(view.project.state, person, {view.project.submitted_by, view.project.judged_by});
    view.next = reduction_next(view.project.state);
    const bool writes = (person.owner || caller.actor.may(see_carbon)) && caller.actor.may(write_carbon);
    view.may_change = writes && view.project.state == ReductionState::draft;
    view.may_change_meters = writes && view.project.state != ReductionState::refused;
    view.may_add_period = writes && view.project.state == ReductionState::accepted;
    return view;
}

Result<ReductionView> reduction_get(Transaction& transaction, const Caller& caller, const CarbonKey<ReductionProject>& key) {
    return view_of(transaction, caller, TRY(reduction_seen(transaction, caller, key.id)));
}

Result<Reply<ReductionProject>> reduction_create(Transaction& transaction, const Caller& caller, const ReductionProject& draft) {
    TRY(parties::acting_organisation(caller));
    ReductionProject project = draft;
    project.id = caller.new_id<ReductionProject>();
    project.owner = caller.actor.organisation;
    project.created_at = project.updated_at = caller.now;
    TRY(check_content(transaction, caller, project));
    TRY(transaction.insert(project));
    return Reply<ReductionProject>{.body = std::move(project), .status = 201};
}

Result<ReductionProject> reduction_update(Transaction& transaction, const Caller& caller, const Patch<ReductionProject>& patch) {
    const ReductionProject before = TRY(reduction_to_change(transaction, caller, patch.id));
    ReductionProject project = TRY(apply_patch(transaction, caller, patch));
    if (before.state != ReductionState::draft) { // meters are calibrated again, channels move; all else was looked at by the assessor
        ReductionProject same = project;
        same.meters = before.meters;
        same.channels = before.channels;
        if (before.state == ReductionState::refused || to_json(same) != to_json(before))
            return Error{Failure::conflict, "reduction.fixed", "After submission only meters and channels may be changed; take it back to change more."};
    }
    TRY(check_content(transaction, caller, project));
    project.updated_at = caller.now;
    TRY(transaction.update(project));
    return project;
}

Result<Done> reduction_delete(Transaction& transaction, const Caller& caller, const CarbonKey<ReductionProject>& key) {
    const ReductionProject project = TRY(reduction_to_change(transaction, caller, key.id));
    if (project.state != ReductionState::draft || !TRY(transaction.find<MonitoringPeriod>("reduction = $1 LIMIT 1", {project.id.text})).empty())
        return Error{Failure::conflict, "reduction.fixed", "After submission only meters and channels may be changed; take it back to change more."};
    return transaction.erase(project.id);
}

Result<ReductionView> moved(Transaction& transaction, const Caller& caller, ReductionProject project, ReductionAction action,
    const std::optional<std::string>& reason, const Text& opinion) {
    TRY(check_expected(caller, project));
    const ReductionPerson person = TRY(reduction_person(transaction, caller, project));
    const ReductionState before = project.state;
    project.state = TRY(reduction_step(before, action, person, {project.submitted_by, project.judged_by}, reason && !reason->empty()));
    if (action == ReductionAction::submit) {
        if (!project.assessor) return invalid({{"assessor", "reduction.no_assessor", "Choose an organisation that assesses."}});
        project.submitted_by = caller.actor.person;
        project.judged_by.clear();
    } else if (action == ReductionAction::judge) {
        if (opinion.empty()) return invalid({{"opinion", "reduction.no_opinion", "Say what you looked at and what you found."}});
        project.judged_by = caller.actor.person;
        project.opinion = opinion;
    } else if (action == ReductionAction::confirm) project.confirmed_by = caller.actor.person;
    TRY(add_step(transaction, caller, project.steps, action, before, project.state, reason));
    project.updated_at = caller.now;
    TRY(transaction.update(project));
    return view_of(transaction, caller, std::move(project));
}

Result<ReductionView> reduction_submit(Transaction& transaction, const Caller& caller, const ReductionSubmission& given) {
    return moved(transaction, caller, TRY(reduction_to_change(transaction, caller, given.id)),
        given.take_back ? ReductionAction::take_back : ReductionAction::submit, {}, {});
}
Result<ReductionView> reduction_judge(Transaction& transaction, const Caller& caller, const ValidationJudgement& given) {
    if (given.step == ReductionAction::submit || given.step == ReductionAction::take_back)
        return Error{Failure::forbidden, "reduction.not_yours", "This step is for the other side: the owner submits, the assessor judges."};
    return moved(transaction, caller, TRY(reduction_seen(transaction, caller, given.id)), given.step, given.why, given.says);
}

} // namespace

Result<ReductionProject> reduction_seen(Transaction& transaction, const Caller& caller, const Id<ReductionProject>& id) {
    auto project = TRY(transaction.find_one<ReductionProject>("id = $1", {id.text}));
    if (project && (caller.actor.may(see_carbon) || acts_for(caller, project->owner) || (project->assessor && acts_for(caller, project->assessor->text))))
        return std::move(*project);
    return not_found(record_of<ReductionProject>(), id.text);
}

std::string seen_where(const Caller& caller, std::vector<Value>& parameters) {
    if (caller.actor.may(see_carbon)) return "1 = 1";
    if (caller.actor.organisation.empty()) return "1 = 0";
    parameters.emplace_back(caller.actor.organisation);
    return fmt::format("(owner = ${} OR assessor = ${})", parameters.size(), parameters.size());
}

Result<ReductionProject> reduction_to_change(Transaction& transaction, const Caller& caller, const Id<ReductionProject>& id) {
    ReductionProject project = TRY(reduction_seen(transaction, caller, id));
    if (!acts_for(caller, project.owner) && !caller.actor.may(see_carbon)) // the bank helps to enter; it never submits
        return Error{Failure::forbidden, "reduction.not_yours", "This step is for the other side: the owner submits, the assessor judges."};
    return project;
}

Result<ReductionPerson> reduction_person(Transaction& transaction, const Caller& caller, const ReductionProject& project) {
    ReductionPerson person{
        .person = caller.actor.person, .owner = acts_for(caller, project.owner), .assessor = project.assessor && acts_for(caller, project.assessor->text)};
    if (!person.assessor) return person;
    std::vector<std::string> bound = {project.owner};
    if (const auto spine = TRY(transaction.find_one<projects::Project>("id = $1", {project.project.text})))
        for (const projects::Partner& one : spine->partners)
            if (!project.assessor || one.organisation != *project.assessor) bound.push_back(one.organisation.text);
    person.conflicted = TRY(library::is_member(transaction, caller.actor.person, bound));
    return person;
}

Result<Done> add_step(Transaction& transaction, const Caller& caller, std::vector<ReductionStep>& steps, ReductionAction action, ReductionState before,
    ReductionState after, const std::optional<std::string>& reason) {
    const Rows names = TRY(transaction.query("SELECT name FROM person WHERE id = $1", {caller.actor.person}));
    steps.push_back({action, before, after, caller.actor.organisation, as_text(names.single()), reason, caller.now});
    return Done{};
}

std::vector<Endpoint> reduction_endpoints() {
    return {
        // clang-format off
        {"reduction_list", Method::get, "/reduction-projects", "Reduction projects of one's own organisation, and those that it assesses.", Mode::read, signed_in, call(reduction_list)},
        {"reduction_get", Method::get, "/reduction-projects/{id}", "One reduction project, and what one may do with it.", Mode::read, signed_in, call(reduction_get)},
        {"reduction_create", Method::post, "/reduction-projects", "Enter a reduction project.", Mode::write, write_carbon, call(reduction_create)},
        {"reduction_update", Method::patch, "/reduction-projects/{id}", "Change a reduction project; after submission its meters only.", Mode::write, write_carbon, call(reduction_update)},
        {"reduction_delete", Method::remove, "/reduction-projects/{id}", "Delete a reduction project that was never submitted.", Mode::write, write_carbon, call(reduction_delete)},
        {"reduction_submit", Method::post, "/reduction-projects/{id}/submit", "Submit a reduction project for validation, or take it back.", Mode::write, submit_carbon, call(reduction_submit)},
        {"reduction_judge", Method::post, "/reduction-projects/{id}/judge", "Validate a reduction project: judge, confirm, give back or refuse.", Mode::write, verify_carbon, call(reduction_judge)},
        // clang-format on
    };
}

} // namespace greenbank::carbon
