// slice.cpp — what carbon brings to the bank.
#include "carbon/carbon.h"
#include "carbon/footprint_files.h"

namespace greenbank::carbon {

Slice slice() {
    return {
        .name = "carbon",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {solve_command()},
    };
}

} // namespace greenbank::carbon
