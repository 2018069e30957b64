// slice.cpp — what market brings to the bank.
#include "market/market.h"
#include "market/replay_files.h"

namespace greenbank::market {

Slice slice() {
    return {
        .name = "market",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {replay_command()},
    };
}

} // namespace greenbank::market
