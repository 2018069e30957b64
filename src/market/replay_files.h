// replay_files.h — a day of orders out of a file, without a server: `greenbank market replay`.
#pragma once

#include "api/command.h"
#include "market/engine/order.h"

namespace greenbank::market {

struct ReplayOptions {
    std::string in;
    std::optional<std::string> rules, trades, state;
};
Record describe(const ReplayOptions*);

struct Replayed {
    std::int64_t commands = 0, trades = 0;
    std::string volume, turnover;                              // decimals
    std::string trades_sha256, state_sha256;                   // of the two files' bytes
    std::optional<std::string> open, high, low, close;         // of the deals
    std::vector<std::pair<std::string, std::int64_t>> refused; // by code
};
Result<Replayed> replay_files(const ReplayOptions& options);

Command replay_command();

} // namespace greenbank::market
