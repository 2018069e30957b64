// operations.h — endpoints by resource; each file has its own.
#pragma once

#include "library/publishing/documents.h"
#include "projects/access.h"

namespace greenbank::library {
struct PublicAddress;
}

namespace greenbank::projects {

struct ProjectKey {
    Id<Project> id;
};
Record describe(const ProjectKey*);

/// Foreign ids that `before` did not have must exist and be seen by the caller; all problems at once.
Result<Done> check_references(Transaction& transaction, const Caller& caller, const Project& project, const Project& before);
/// One more version of a project: stored, kept with the action's name.
Result<Project> keep_change(Transaction& transaction, const Caller& caller, Project project, std::string_view action, const std::optional<std::string>& reason);
/// The appraisal that counts: the one kept last.
Result<std::optional<ProjectAppraisal>> last_appraisal(Transaction& transaction, const Id<Project>& project);
/// A plan made of the project's budget and effects, named in one language; what there is no figure for has the plan's own defaults.
AppraisalPlan plan_of(const Project& project, Language language);

std::vector<Endpoint> project_endpoints();
std::vector<Endpoint> stage_endpoints();
std::vector<Endpoint> milestone_endpoints();
std::vector<Endpoint> appraisal_endpoints();
std::vector<Endpoint> sheet_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log);

} // namespace greenbank::projects
