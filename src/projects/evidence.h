// evidence.h — what shows that a milestone is reached.
#pragma once

#include "projects/access.h"

namespace greenbank::projects {

struct MilestoneKey {
    Id<Milestone> id;
};
Record describe(const MilestoneKey*);

/// The milestone and its project, if the caller sees that.
Result<std::pair<Project, Milestone>> milestone_seen(Transaction& transaction, const Caller& caller, const Id<Milestone>& id);
/// The owner and who is responsible submit, the owner and the bank decide.
MilestonePerson part_of(const Caller& caller, const Project& project, const Milestone& milestone);

/// Failure::conflict "milestone.evidence_missing" unless there is evidence, and some of each kind that is asked for.
Result<Done> check_complete(Transaction& transaction, const Caller& caller, const Milestone& milestone);
/// With its file.
Result<Done> erase_evidence(Transaction& transaction, const MilestoneEvidence& evidence);

std::vector<Endpoint> evidence_endpoints();

} // namespace greenbank::projects
