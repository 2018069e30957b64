// policies.h — who of a project may claim which policy, with the conditions that decide it.
#pragma once

#include "library/policies/policy_answers.h"
#include "projects/projects.h"

namespace greenbank::match {

/// What everybody in a project shares, and one of those who may claim.
struct ProjectClaimant {
    Id<library::Organisation> organisation;
    Text name;
    bool owner = false;
    std::optional<projects::PartnerRole> role;
    library::PolicyAnswers policies;
};
Record describe(const ProjectClaimant*);

struct ProjectPolicies {
    Text title;
    std::vector<ProjectClaimant> claimants; // the owner first
};
Record describe(const ProjectPolicies*);

library::PolicyFacts policy_facts(const projects::Project& project);

std::vector<Endpoint> project_policy_endpoints();

} // namespace greenbank::match
