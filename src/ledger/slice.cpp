// slice.cpp — what ledger brings to the bank.
#include "ledger/files.h"
#include "ledger/ledger.h"

namespace greenbank::ledger {

Slice slice() {
    return {
        .name = "ledger",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {apply_command()},
    };
}

} // namespace greenbank::ledger
