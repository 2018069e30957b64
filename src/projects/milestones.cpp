// milestones.cpp — milestones in the order of their days, submitted by who is responsible, accepted by somebody else.
#include <algorithm>

#include <fmt/format.h>

#include "projects/evidence.h"
#include "projects/operations.h"

namespace greenbank::projects {

Record describe(const MilestoneKey*) { return {"milestone_key", "Names a milestone.", {field<&MilestoneKey::id>("id", "Its id.")}}; }

namespace {

struct MilestoneReturn {
    Id<Milestone> id;
    std::string reason;
};
Record describe(const MilestoneReturn*) {
    return {"milestone_return", "Gives a milestone back.",
        {field<&MilestoneReturn::id>("id", "The milestone."), field<&MilestoneReturn::reason>("reason", "What is missing.", {.min = 1, .max = 1000})}};
}

/// Money and people are for those who see the project's money.
Milestone as_seen(Milestone milestone, bool money) {
    if (money) return milestone;
    milestone.amount.reset();
    milestone.reason.reset();
    for (std::string* person : {&milestone.submitted_by, &milestone.submitted_by_name, &milestone.decided_by, &milestone.decided_by_name}) person->clear();
    return milestone;
}

Result<Page<Milestone>> milestone_list(Transaction& transaction, const Caller& caller, const ListOf<Milestone>& asked) {
    const Project project = TRY(project_seen(transaction, caller, Id<Project>(asked.filters.front().value)));
    const bool money = TRY(sees_money(transaction, caller, project));
    ListOf<Milestone> list = asked;
    if (!list.sort) list.sort = record_of<Milestone>().find("number"), list.descending = false;
    Page<Milestone> page = TRY(list_page<Milestone>(transaction, caller, list));
    for (Milestone& milestone : page.items) milestone = as_seen(std::move(milestone), money);
    return page;
}

Result<Milestone> milestone_get(Transaction& transaction, const Caller& caller, const MilestoneKey& key) {
    auto [project, milestone] = TRY(milestone_seen(transaction, caller, key.id));
    return as_seen(std::move(milestone), TRY(sees_money(transaction, caller, project)));
}

struct WaitingMilestone {
    Id<Milestone> id;
    Id<Project> project;
    Text title, project_title;
    std::int64_t number = 1;
    Date due_on;
    MilestoneState state = MilestoneState::planned;
};
Record describe(const WaitingMilestone*) {
    return {"waiting_milestone", "A milestone that waits for the caller's organisation.",
        {field<&WaitingMilestone::id>("id", "The milestone."), field<&WaitingMilestone::project>("project", "Its project."),
            field<&WaitingMilestone::title>("title", "What is reached."),
            field<&WaitingMilestone::project_title>("project_title", "What the project is called."),
            field<&WaitingMilestone::number>("number", "Its place in the project."), field<&WaitingMilestone::due_on>("due_on", "Until when."),
            field<&WaitingMilestone::state>("state", "Submitted: to be decided on. Returned: to be mended. Planned: late.")}};
}
struct WaitingMilestones {
    std::vector<WaitingMilestone> items;
};
Record describe(const WaitingMilestones*) {
    return {"waiting_milestones", "What waits for the caller's organisation.",
        {field<&WaitingMilestones::items>("items", "The earliest due first.", {.max = 100})}};
}

/// To be decided on by the owner (the bank sees all of these), to be mended or late with who is responsible.
Result<WaitingMilestones> milestone_waiting(Transaction& transaction, const Caller& caller) {
    const bool bank = caller.actor.may(see_all_projects);
    const std::string own = "(SELECT id FROM project WHERE owner = $1 AND state = 'published')";
    const std::string mine = fmt::format("(responsible = $1 OR (responsible IS NULL AND project IN {}))", own);
    WaitingMilestones waiting;
    for (const Milestone& one : TRY(transaction.find<Milestone>(
             fmt::format(
                 "(state = 'submitted' AND {}) OR (state = 'returned' AND {}) OR (state = 'planned' AND due_on < $2 AND {}) ORDER BY due_on, id LIMIT 100",
                 bank ? "1 = 1" : fmt::format("project IN {}", own), mine, mine),
             {caller.actor.organisation, to_text(date_of(caller.now))})))
        if (const auto project = project_seen(transaction, caller, one.project); project && project.value().state == State::published)
            waiting.items.push_back({one.id, one.project, one.title, project.value().title, one.number, one.due_on, one.state});
    return waiting;
}

/// Numbers follow the days. What was accepted keeps its number: nothing is put before it.
Result<Milestone> in_order(Transaction& transaction, const Milestone& changed) {
    std::vector<Milestone> all = TRY(milestones_of(transaction, changed.project));
    std::ranges::stable_sort(all, {}, [](const Milestone& one) { return one.due_on; });
    Milestone result = changed;
    for (std::size_t i = 0; i < all.size(); ++i) {
        Milestone& one = all[i];
        const std::int64_t number = static_cast<std::int64_t>(i) + 1;
        if (one.number != number) {
            if (one.state == MilestoneState::accepted)
                return invalid(
                    {{"due_on", "milestone.before_accepted", "Milestone {number} is accepted already; what is planned now comes after it, from {day} on.",
                        {{"number", std::to_string(one.number)}, {"day", to_text(one.due_on)}}}});
            one.number = number;
            TRY(transaction.update(one));
        }
        if (one.id == changed.id) result = one;
    }
    return result;
}

/// Money and weight fit the project, and who is responsible takes part in it.
Result<Done> check_fits(Transaction& transaction, const Project& project, const Milestone& milestone) {
    Problems problems;
    std::int64_t weight = milestone.weight, sum = milestone.amount ? milestone.amount->minor : 0;
    for (const Milestone& other : TRY(milestones_of(transaction, project.id))) {
        if (other.id == milestone.id) continue;
        weight += other.weight;
        if (other.amount) sum += other.amount->minor;
    }
    if (weight > 100)
        problems.push_back(
            {"weight", "milestone.weights", "All milestones together weigh {sum} %; no more than 100 % is there.", {{"sum", std::to_string(weight)}}});
    if (milestone.amount) {
        if (!project.budget) problems.push_back({"amount", "project.no_budget", "Say what the whole investment is; its lines are parts of it."});
        else if (milestone.amount->currency != project.budget->currency)
            problems.push_back(
                {"amount", "project.currency", "All amounts are in {currency}, the budget's currency.", {{"currency", project.budget->currency}}});
        else if (sum > project.budget->minor)
            problems.push_back({"amount", "milestone.over_budget", "Payments of all milestones come to {sum}, more than the budget of {budget}.",
                {{"sum", amount_text({sum, project.budget->currency})}, {"budget", amount_text(*project.budget)}}});
    }
    if (milestone.responsible && milestone.responsible != project.owner &&
        std::ranges::none_of(project.partners, [&](const Partner& partner) { return partner.organisation == *milestone.responsible; }))
        problems.push_back(
            {"responsible", "milestone.no_partner", "Only the owner or a partner of the project can be responsible; enter it as a partner first."});
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<Done> allow_change(const Milestone& milestone) {
    if (milestone.state == MilestoneState::planned || milestone.state == MilestoneState::returned) return Done{};
    return Error{Failure::conflict, "milestone.fixed", "A milestone that was submitted stays as it is; it can be changed once it is returned."};
}

Result<Reply<Milestone>> milestone_create(Transaction& transaction, const Caller& caller, const Milestone& draft) {
    constexpr std::int64_t milestones_max = 100;
    const Project project = TRY(project_to_change(transaction, caller, draft.project));
    Milestone milestone = draft;
    milestone.id = caller.new_id<Milestone>();
    milestone.state = MilestoneState::planned;
    milestone.created_at = milestone.updated_at = caller.now;
    TRY(check_fits(transaction, project, milestone));
    const std::size_t known = TRY(milestones_of(transaction, project.id)).size();
    if (known >= milestones_max)
        return Error{Failure::conflict, "milestone.too_many", "A project has at most {limit} milestones.", {{"limit", std::to_string(milestones_max)}}};
    milestone.number = static_cast<std::int64_t>(known) + 1;
    TRY(transaction.insert(milestone));
    return Reply<Milestone>{.body = TRY(in_order(transaction, milestone)), .status = 201};
}

Result<Milestone> milestone_update(Transaction& transaction, const Caller& caller, const Patch<Milestone>& patch) {
    const auto [project, before] = TRY(milestone_seen(transaction, caller, patch.id));
    TRY(project_to_change(transaction, caller, project.id));
    TRY(allow_change(before));
    Milestone milestone = TRY(apply_patch(transaction, caller, patch));
    if (milestone.project != before.project) return invalid({{"project", "milestone.other_project", "A milestone stays with its project."}});
    TRY(check_fits(transaction, project, milestone));
    milestone.updated_at = caller.now;
    TRY(transaction.update(milestone));
    return in_order(transaction, milestone);
}

Result<Done> milestone_delete(Transaction& transaction, const Caller& caller, const MilestoneKey& key) {
    const auto [project, milestone] = TRY(milestone_seen(transaction, caller, key.id));
    TRY(project_to_change(transaction, caller, project.id));
    TRY(allow_change(milestone));
    for (const MilestoneEvidence& evidence : TRY(transaction.find<MilestoneEvidence>("milestone = $1", {milestone.id.text})))
        TRY(erase_evidence(transaction, evidence));
    TRY(transaction.erase(milestone.id));
    TRY(in_order(transaction, milestone));
    return Done{};
}

// ---- steps --------------------------------------------------------------------------------------------------------

Result<Milestone> step(Transaction& transaction, const Caller& caller, const Id<Milestone>& id, MilestoneAction action,
    const std::function<Result<Done>(const Project&, Milestone&)>& change) {
    auto [project, milestone] = TRY(milestone_seen(transaction, caller, id));
    TRY(check_expected(caller, milestone));
    milestone.state = TRY(milestone_step(milestone.state, action, part_of(caller, project, milestone), milestone.submitted_by));
    TRY(change(project, milestone));
    milestone.updated_at = caller.now;
    TRY(transaction.update(milestone));
    return milestone;
}

Result<Milestone> milestone_submit(Transaction& transaction, const Caller& caller, const MilestoneKey& key) {
    return step(transaction, caller, key.id, MilestoneAction::submit, [&](const Project& project, Milestone& milestone) -> Result<Done> {
        if (project.state != State::published)
            return Error{Failure::conflict, "project.not_published", "Publish the project first; a draft is neither built nor run."};
        TRY(check_complete(transaction, caller, milestone));
        milestone.submitted_by = caller.actor.person;
        milestone.submitted_by_name = TRY(person_name(transaction, caller));
        milestone.submitted_at = caller.now;
        milestone.decided_at.reset();
        milestone.decided_by.clear();
        milestone.decided_by_name.clear();
        milestone.reason.reset();
        return Done{};
    });
}

Result<Milestone> milestone_take_back(Transaction& transaction, const Caller& caller, const MilestoneKey& key) {
    return step(transaction, caller, key.id, MilestoneAction::take_back, [](const Project&, Milestone& milestone) -> Result<Done> {
        milestone.submitted_by.clear();
        milestone.submitted_by_name.clear();
        milestone.submitted_at.reset();
        return Done{};
    });
}

Result<Done> decided(Transaction& transaction, const Caller& caller, Milestone& milestone) {
    milestone.decided_by = caller.actor.person;
    milestone.decided_by_name = TRY(person_name(transaction, caller));
    milestone.decided_at = caller.now;
    return Done{};
}

Result<Milestone> milestone_accept(Transaction& transaction, const Caller& caller, const MilestoneKey& key) {
    return step(transaction, caller, key.id, MilestoneAction::accept, [&](const Project& project, Milestone& milestone) -> Result<Done> {
        for (const Milestone& earlier : TRY(milestones_of(transaction, project.id)))
            if (earlier.number < milestone.number && earlier.state != MilestoneState::accepted)
                return Error{Failure::conflict, "milestone.out_of_order", "Milestone {number} comes first and is not accepted yet.",
                    {{"number", std::to_string(earlier.number)}}};
        return decided(transaction, caller, milestone);
    });
}

Result<Milestone> milestone_give_back(Transaction& transaction, const Caller& caller, const MilestoneReturn& given) {
    return step(transaction, caller, given.id, MilestoneAction::give_back, [&](const Project&, Milestone& milestone) -> Result<Done> {
        milestone.reason = given.reason;
        return decided(transaction, caller, milestone);
    });
}

struct MilestoneActions {
    std::vector<MilestoneAction> actions;
    bool change = false, add_evidence = false;
};
Record describe(const MilestoneActions*) {
    return {"milestone_actions", "What the caller may do with a milestone now.",
        {field<&MilestoneActions::actions>("actions", "Steps.", {.max = 4}), field<&MilestoneActions::change>("change", "Change or delete it."),
            field<&MilestoneActions::add_evidence>("add_evidence", "Bring evidence.")}};
}

Result<MilestoneActions> milestone_may(Transaction& transaction, const Caller& caller, const MilestoneKey& key) {
    const auto [project, milestone] = TRY(milestone_seen(transaction, caller, key.id));
    MilestonePerson person = part_of(caller, project, milestone);
    person.may_submit = person.may_submit && caller.actor.may(write_projects);
    person.may_decide = person.may_decide && caller.actor.may(accept_milestones);
    const bool open = static_cast<bool>(allow_change(milestone));
    return MilestoneActions{milestone_actions(milestone.state, person, milestone.submitted_by),
        open && owns(caller, project) && caller.actor.may(write_projects), open && person.may_submit};
}

} // namespace

Result<std::pair<Project, Milestone>> milestone_seen(Transaction& transaction, const Caller& caller, const Id<Milestone>& id) {
    Milestone milestone = TRY(transaction.get(id));
    auto project = project_seen(transaction, caller, milestone.project);
    if (!project) return project.error().kind == Failure::not_found ? not_found(record_of<Milestone>(), id.text) : project.error();
    return std::pair(std::move(project).value(), std::move(milestone));
}

MilestonePerson part_of(const Caller& caller, const Project& project, const Milestone& milestone) {
    const bool own = owns(caller, project);
    return {caller.actor.person, own || library::acts_for(caller, milestone.responsible), own || caller.actor.may(see_all_projects)};
}

std::vector<Endpoint> milestone_endpoints() {
    std::vector<Endpoint> endpoints = {
        // clang-format off
        {"milestone_list", Method::get, "/projects/{project}/milestones", "Milestones of a project, in their order.", Mode::read, open_to_all, call(milestone_list)},
        {"milestone_waiting", Method::get, "/milestones", "Milestones that wait for one's organisation: to be decided on, mended, or late.", Mode::read, signed_in, call(milestone_waiting)},
        {"milestone_create", Method::post, "/milestones", "Plan a milestone.", Mode::write, write_projects, call(milestone_create)},
        {"milestone_get", Method::get, "/milestones/{id}", "One milestone.", Mode::read, open_to_all, call(milestone_get)},
        {"milestone_update", Method::patch, "/milestones/{id}", "Change a milestone that is not submitted.", Mode::write, write_projects, call(milestone_update)},
        {"milestone_delete", Method::remove, "/milestones/{id}", "Delete a milestone that is not submitted.", Mode::write, write_projects, call(milestone_delete)},
        {"milestone_may", Method::get, "/milestones/{id}/actions", "What one may do with a milestone now.", Mode::read, signed_in, call(milestone_may)},
        {"milestone_submit", Method::post, "/milestones/{id}/submit", "Submit a milestone with its evidence.", Mode::write, write_projects, call(milestone_submit)},
        {"milestone_take_back", Method::post, "/milestones/{id}/take-back", "Take back what was submitted.", Mode::write, write_projects, call(milestone_take_back)},
        {"milestone_accept", Method::post, "/milestones/{id}/accept", "Accept a milestone that somebody else submitted.", Mode::write, accept_milestones, call(milestone_accept)},
        {"milestone_give_back", Method::post, "/milestones/{id}/give-back", "Give a milestone back, saying what is missing.", Mode::write, accept_milestones, call(milestone_give_back)},
        // clang-format on
    };
    for (Endpoint& endpoint : evidence_endpoints()) endpoints.push_back(std::move(endpoint));
    return endpoints;
}

} // namespace greenbank::projects
