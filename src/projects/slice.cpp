// slice.cpp — what projects bring to the bank.
#include "api/migrations.h"
#include "projects/access.h"
#include "projects/appraisal_files.h"

namespace greenbank {

namespace embedded {
extern const EmbeddedFile projects_migrations[];
extern const std::size_t projects_migrations_count;
} // namespace embedded

namespace projects {

Slice slice() {
    return {
        .name = "projects",
        .migrations = migrations_of("projects", embedded::projects_migrations, embedded::projects_migrations_count),
        .records = {&record_of<Project>(), &record_of<Milestone>(), &record_of<MilestoneEvidence>(), &record_of<ProjectAppraisal>()},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {appraise_command()},
    };
}

} // namespace projects
} // namespace greenbank
