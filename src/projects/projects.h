// The face of projects: what is built, how far it has come, what it is worth.
#pragma once

#include "api/api.h"
#include "projects/records.h"

namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}

namespace greenbank::projects {

/// `address` is how others call us, `log` takes up what is published on paper.
Slice slice(const library::PublicAddress& address, const parties::TransparencyLog& log);

/// The project as it is stored, if the caller may see it at all; else the error that it does not exist (or was withdrawn).
/// What of it may be sent to the caller: shown().
Result<Project> project_seen(Transaction& transaction, const Caller& caller, const Id<Project>& id);
/// The project as this caller may read it: owner and partners all of it, others by the rules of disclosure.
Result<Project> shown(Transaction& transaction, const Caller& caller, Project project);
/// What everybody may see of it.
Project teaser(Project project);

/// Does the caller act for the owner; for the owner or a partner?
bool owns(const Caller& caller, const Project& project);
bool takes_part(const Caller& caller, const Project& project);

/// In their order.
Result<std::vector<Milestone>> milestones_of(Transaction& transaction, const Id<Project>& project);
/// The milestone if it is of that project and its evidence was accepted; else Failure::conflict "milestone.not_accepted",
/// or "not found". Milestones are announced in the feed, for who waits.
Result<Milestone> accepted_milestone(Transaction& transaction, const Id<Project>& project, const Id<Milestone>& milestone);

} // namespace greenbank::projects
