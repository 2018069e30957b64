// slice.cpp — what projects bring to the bank.
#include "api/migrations.h"
#include "projects/appraisal_files.h"
#include "projects/checks.h"
#include "projects/operations.h"
#include "projects/sample.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile projects_migrations[];
extern const std::size_t projects_migrations_count;
} // namespace embedded

namespace projects {

Slice slice(const library::PublicAddress& address, const parties::TransparencyLog& log) {
    Slice slice{
        .name = "projects",
        .migrations = migrations_of("projects", embedded::projects_migrations, embedded::projects_migrations_count),
        .records = {&record_of<Project>(), &record_of<Milestone>(), &record_of<MilestoneEvidence>(), &record_of<ProjectAppraisal>()},
        .rights =
            {
                {write_projects, "Enter and change projects of one's own organisation; bring and submit evidence; keep appraisals.",
                    {"editor", "manager", "officer", "administrator"}},
                {publish_projects, "Publish and withdraw them, move their stage, say how far they have come.", {"manager", "officer", "administrator"}},
                {accept_milestones, "Accept or return milestones that somebody else submitted.", {"manager", "officer", "administrator"}},
                {see_all_projects, "See every project with its money, and decide on its milestones.", {"officer", "administrator"}},
            },
        .endpoints = project_endpoints(),
        .jobs = {},
        .commands = {appraise_command()},
        .checks = project_checks(),
        .samples = sample_sets(),
        .sample_steps = {sample_appraisals()},
    };
    library::add_disclosed_kind(disclosed_kind());
    for (const auto& endpoints : {stage_endpoints(), milestone_endpoints(), appraisal_endpoints(), sheet_endpoints(address, log)})
        slice.endpoints.insert(slice.endpoints.end(), endpoints.begin(), endpoints.end());
    return slice;
}

} // namespace projects
} // namespace greenbank
