// slice.cpp — what deals brings to the bank.
#include "deals/deals.h"
#include "deals/meetings_files.h"

namespace greenbank::deals {

Slice slice() {
    return {
        .name = "deals",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {meetings::schedule_command(), meetings::repair_command()},
    };
}

} // namespace greenbank::deals
