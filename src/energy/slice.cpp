// slice.cpp — what energy brings to the bank.
#include "energy/energy.h"
#include "energy/monitor_files.h"

namespace greenbank::energy {

Slice slice() {
    return {
        .name = "energy",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {detect_command(), score_command()},
    };
}

} // namespace greenbank::energy
