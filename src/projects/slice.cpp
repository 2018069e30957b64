// slice.cpp — what projects brings to the bank.
#include "projects/appraisal_files.h"
#include "projects/projects.h"

namespace greenbank::projects {

Slice slice() {
    return {
        .name = "projects",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {appraise_command()},
    };
}

} // namespace greenbank::projects
