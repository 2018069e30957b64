// access.cpp — owners and partners see all, the bank what its advisers see, everybody what is published and not hidden.
#include "projects/access.h"

#include <algorithm>

#include <fmt/format.h>

#include "library/versions.h"
#include "library/visibility.h"

namespace greenbank::projects {

using library::Disclosure;

bool owns(const Caller& caller, const Project& project) { return library::acts_for(caller, project.owner); }
bool takes_part(const Caller& caller, const Project& project) {
    return owns(caller, project) || (!caller.actor.organisation.empty() && std::ranges::any_of(project.partners, [&](const Partner& partner) {
        return partner.organisation.text == caller.actor.organisation;
    }));
}

std::string seen_by(const Caller& caller, std::vector<Value>& parameters) {
    if (caller.actor.may(see_all_projects)) return "1 = 1";
    std::string condition(library::is_public);
    if (caller.actor.organisation.empty()) return condition;
    parameters.emplace_back(caller.actor.organisation);
    condition = fmt::format("({} OR owner = ${}", condition, parameters.size());
    parameters.emplace_back(fmt::format("%\"{}\"%", caller.actor.organisation));
    return condition + fmt::format(" OR CAST(partners AS TEXT) LIKE ${})", parameters.size());
}

Result<Project> project_seen(Transaction& transaction, const Caller& caller, const Id<Project>& id) {
    std::optional<Project> project = TRY(transaction.find_one<Project>("id = $1", {id.text}));
    if (!project) return library::unseen(transaction, caller, record_of<Project>(), id.text, nullptr);
    if (library::seen_by_all(project->state) || caller.actor.may(see_all_projects) || takes_part(caller, *project)) return std::move(*project);
    const library::EntryFace face = library::face_of(*project);
    return library::unseen(transaction, caller, record_of<Project>(), id.text, &face);
}

Result<Disclosure> stage_of(Transaction& transaction, const Caller& caller, const Project& project) {
    if (takes_part(caller, project)) return Disclosure::full;
    const Disclosure stage = TRY(library::stage_of(transaction, caller, project.owner, project.id.text));
    return caller.actor.may(see_all_projects) ? std::max(stage, Disclosure::adviser) : stage;
}

Result<Project> shown(Transaction& transaction, const Caller& caller, Project project) {
    if (takes_part(caller, project)) return project;
    return library::shown(transaction, caller, std::move(project));
}

Project teaser(Project project) { return library::at_stage(std::move(project), Disclosure::public_); }

Project listed(const Caller& caller, Project project) { return takes_part(caller, project) ? project : teaser(std::move(project)); }

Result<bool> sees_money(Transaction& transaction, const Caller& caller, const Project& project) {
    const Disclosure needed = library::reference().disclosure.stage_of("project", "budget_lines", project.disclosure);
    return needed <= TRY(stage_of(transaction, caller, project));
}

Result<Done> allow_money(Transaction& transaction, const Caller& caller, const Project& project) {
    if (TRY(sees_money(transaction, caller, project))) return Done{};
    return Error{Failure::forbidden, "project.money_hidden", "Money and evidence of this project are not for everybody; ask its owner for an agreement."};
}

Result<Project> project_to_change(Transaction& transaction, const Caller& caller, const Id<Project>& id) {
    Project project = TRY(project_seen(transaction, caller, id));
    if (owns(caller, project)) return project;
    return Error{Failure::forbidden, "project.not_yours", "This project belongs to another organisation."};
}

library::DisclosedKind disclosed_kind() {
    return {Project::id_prefix, [](Transaction& transaction, const Caller& caller, const std::string& id) -> Result<library::AnyEntry> {
                const Project project = TRY(project_seen(transaction, caller, Id<Project>(id)));
                auto stage = TRY(stage_of(transaction, caller, project));
                return library::AnyEntry{"project", id, project.owner, project.title, project.version, project.disclosure,
                    library::field_views(record_of<Project>(), &project, project.disclosure), project.sample, std::move(stage),
                    library::reference().disclosure.stage_of("project", "owner", project.disclosure)};
            }};
}

Result<std::string> person_name(Transaction& transaction, const Caller& caller) {
    return as_text(TRY(transaction.query("SELECT name FROM person WHERE id = $1", {caller.actor.person})).single());
}

Result<std::vector<Milestone>> milestones_of(Transaction& transaction, const Id<Project>& project) {
    return transaction.find<Milestone>("project = $1 ORDER BY number", {project.text});
}

Result<Milestone> accepted_milestone(Transaction& transaction, const Id<Project>& project, const Id<Milestone>& id) {
    std::optional<Milestone> milestone = TRY(transaction.find_one<Milestone>("id = $1 AND project = $2", {id.text, project.text}));
    if (!milestone) return not_found(record_of<Milestone>(), id.text);
    if (milestone->state != MilestoneState::accepted)
        return Error{Failure::conflict, "milestone.not_accepted", "The evidence of milestone {number} has not been accepted yet.",
            {{"number", std::to_string(milestone->number)}}};
    return std::move(*milestone);
}

} // namespace greenbank::projects
