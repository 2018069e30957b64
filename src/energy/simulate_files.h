// simulate_files.h — `greenbank simulate site`: an invented site as a table, or driving a server as its device would.
#pragma once

#include "api/command.h"
#include "energy/engine/simulator/simulator.h"

namespace greenbank::energy {

struct SimulateOptions {
    SimulatedKind kind = SimulatedKind::island;
    std::int64_t seed = 8;
    std::optional<Time> from; // left out: so that it ends now
    double hours = 24;
    std::int64_t step_seconds = 60;
    std::vector<std::string> faults;
    std::optional<std::string> out;                // a table: timestamp and a column each channel
    std::optional<std::string> server, credential; // --address: --server is every command's
    std::int64_t live_seconds = 0;
};
Record describe(const SimulateOptions*);

Command simulate_command();

} // namespace greenbank::energy
