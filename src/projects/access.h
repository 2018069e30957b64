// access.h — who sees a project, who may change it, and what of it is shown.
#pragma once

#include "library/disclosure/disclosure.h"
#include "projects/projects.h"

namespace greenbank::projects {

inline constexpr Right write_projects{"projects.write"};
inline constexpr Right publish_projects{"projects.publish"};
inline constexpr Right accept_milestones{"projects.accept"};
inline constexpr Right see_all_projects{"bank.projects"};

/// SQL: the caller sees the project at all; its parameters are added.
std::string seen_by(const Caller& caller, std::vector<Value>& parameters);
/// The stage up to which the caller may see the project today; partners see all of it.
Result<library::Disclosure> stage_of(Transaction& transaction, const Caller& caller, const Project& project);
/// What a list shows.
Project listed(const Caller& caller, Project project);

/// Money by the line, milestones' amounts and evidence, and appraisals are for those who see the budget's lines.
Result<bool> sees_money(Transaction& transaction, const Caller& caller, const Project& project);
/// Failure::forbidden unless they do.
Result<Done> allow_money(Transaction& transaction, const Caller& caller, const Project& project);

/// Seen and the caller's own; who sees it without owning it learns that it is not.
Result<Project> project_to_change(Transaction& transaction, const Caller& caller, const Id<Project>& id);
/// Projects take part in agreements, admissions and documents as entries of the library do.
library::DisclosedKind disclosed_kind();
Result<std::string> person_name(Transaction& transaction, const Caller& caller);

} // namespace greenbank::projects

namespace greenbank::library {
template <> inline constexpr std::string_view owner_column<projects::Project> = "owner";
template <> inline constexpr bool has_stages<projects::Project> = true;
} // namespace greenbank::library

namespace greenbank::projects {
inline std::optional<Id<Organisation>>& owner_of(Project& project) { return project.owner; }
inline const std::optional<Id<Organisation>>& owner_of(const Project& project) { return project.owner; }
} // namespace greenbank::projects
