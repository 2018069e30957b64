// slice.cpp — what finance brings to the bank.
#include "finance/finance.h"
#include "finance/risk_files.h"

namespace greenbank::finance {

Slice slice() {
    return {
        .name = "finance",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {portfolio_command(), capital_command()},
    };
}

} // namespace greenbank::finance
