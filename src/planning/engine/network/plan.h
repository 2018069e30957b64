// plan.h — the cheapest way to run, and where it may to extend, a network: dispatch, flows, prices, sizes, with a proven bound.
#pragma once

#include "planning/engine/network/network.h"
#include "solver/staged.h"

namespace greenbank::planning::network {

struct NetworkOptions {
    bool simplex = false;    // CLP even where the interior point would be tried first
    bool commitment = false; // units that are `committable` run whole or not at all (CBC); else that is left out
    solver::Stop stop = {};
};

struct SizedComponent {
    std::string component, name; // "generators", "wind"
    double size = 0, capital = 0;
};

/// One row of the answer: what a component does at each snapshot.
struct NetworkSeries {
    std::string component, name, attribute; // "lines", "north", "p0"
    std::vector<double> values;
};

struct LimitPrice {
    std::string name;
    double limit = 0, price = 0; // what the cost falls when the limit is one tonne wider
};

struct NetworkPlan {
    enum class Outcome { optimal, best_so_far, infeasible, unbounded, stopped };
    Outcome outcome = Outcome::stopped;
    /// As PyPSA says it: running costs and the capital of what may be extended, less `constant`, which is the capital of that part of it that is
    /// there already. total() is the cost with it.
    double objective = 0, constant = 0, bound = 0, gap = 0;
    double total() const { return objective + constant; }
    std::string method;
    int iterations = 0;
    std::vector<SizedComponent> sizes; // of what may be extended
    std::vector<NetworkSeries> series; // of all components and the prices of buses
    std::vector<LimitPrice> limits;
    double emissions = 0;                               // t, of generators by their carrier and efficiency
    double balance_error = 0;                           // MW, the largest of any bus and snapshot
    std::vector<std::pair<std::string, double>> short_; // infeasible: buses with MWh that no way serves, the largest first
    std::vector<std::string> unkept;                    // and the limits on emissions without which all would be served
};

NetworkPlan plan_network(const Network& network, const NetworkOptions& options = {});

/// The same as a program, for other solvers.
solver::StagedProgram network_program(const Network& network, bool commitment = false);

/// Loops of branches that span all others: each a list of branches with +1 or -1. Their voltages add up to nothing.
std::vector<std::vector<std::pair<std::size_t, double>>> loops_of(const Network& network);

} // namespace greenbank::planning::network
