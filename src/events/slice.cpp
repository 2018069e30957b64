// slice.cpp — what events brings to the bank.
#include "events/events.h"
#include "events/meetings/files.h"

namespace greenbank::events {

Slice slice() {
    return {
        .name = "events",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {meetings::schedule_command(), meetings::repair_command()},
    };
}

} // namespace greenbank::events
