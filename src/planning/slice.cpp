// slice.cpp — what planning brings to the bank.
#include "planning/plan_files.h"
#include "planning/planning.h"

namespace greenbank::planning {

Slice slice() {
    return {
        .name = "planning",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {island_command(), dispatch_command()},
    };
}

} // namespace greenbank::planning
