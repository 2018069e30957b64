// slice.cpp — what finance brings to the bank.
#include "finance/finance.h"
#include "finance/pricing_files.h"
#include "finance/risk_files.h"
#include "finance/scoring_files.h"

namespace greenbank::finance {

Slice slice() {
    return {
        .name = "finance",
        .migrations = {},
        .records = {},
        .rights = {},
        .endpoints = {},
        .jobs = {},
        .commands = {portfolio_command(), capital_command(), bonds_command(), schedule_command(), train_command(), apply_command(), report_command()},
    };
}

} // namespace greenbank::finance
