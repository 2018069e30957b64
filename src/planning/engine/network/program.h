// program.h — a network as a staged linear program, and which column and row stands for what.
#pragma once

#include <vector>

#include "planning/engine/network/network.h"
#include "solver/staged.h"

namespace greenbank::planning::network {

struct Built {
    solver::StagedProgram program;
    std::vector<std::vector<int>> generators, links, branches, stored, dispatched, levels, spilled, store_flows, store_levels; // by component and snapshot
    std::vector<std::vector<int>> balances;                                                                                    // by bus and snapshot
    std::vector<int> generator_sizes, link_sizes, branch_sizes, unit_sizes, store_sizes;                                       // -1: fixed
    std::vector<int> limits, whole;
    std::vector<std::vector<int>> missing; // elastic: by bus and snapshot
};

/// With `elastic` nothing costs but what is missing at a bus, or left over there.
Built build_program(const Network& network, bool commitment, bool elastic);

} // namespace greenbank::planning::network
