// loops.cpp — a spanning forest of the branches, and the loop that each branch outside it closes.
#include <algorithm>

#include "planning/engine/network/plan.h"

namespace greenbank::planning::network {

std::vector<std::vector<std::pair<std::size_t, double>>> loops_of(const Network& network) {
    const std::size_t buses = network.buses.size();
    std::vector<std::vector<std::pair<std::size_t, std::size_t>>> around(buses); // bus: branch, other bus
    for (std::size_t i = 0; i < network.branches.size(); ++i) {
        around[network.branches[i].from].emplace_back(i, network.branches[i].to);
        around[network.branches[i].to].emplace_back(i, network.branches[i].from);
    }
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> parent(buses, none), by(buses, none), depth(buses, 0), queue;
    std::vector<bool> seen(buses, false), in_tree(network.branches.size(), false);
    for (std::size_t root = 0; root < buses; ++root) {
        if (seen[root]) continue;
        seen[root] = true;
        queue.assign(1, root);
        for (std::size_t k = 0; k < queue.size(); ++k)
            for (const auto& [branch, other] : around[queue[k]]) {
                if (seen[other]) continue;
                seen[other] = true, in_tree[branch] = true;
                parent[other] = queue[k], by[other] = branch, depth[other] = depth[queue[k]] + 1;
                queue.push_back(other);
            }
    }
    std::vector<std::vector<std::pair<std::size_t, double>>> loops;
    for (std::size_t i = 0; i < network.branches.size(); ++i) {
        const Branch& chord = network.branches[i];
        if (in_tree[i] || chord.from == chord.to) continue;
        // along the chord from its beginning to its end, and back through the tree
        std::vector<std::pair<std::size_t, double>> loop{{i, 1.0}};
        std::size_t up = chord.to, down = chord.from;
        while (up != down) {
            const bool first = depth[up] >= depth[down];
            std::size_t& at = first ? up : down;
            const Branch& branch = network.branches[by[at]];
            const bool leaves = branch.from == at; // the branch points towards the root
            loop.emplace_back(by[at], first == leaves ? 1.0 : -1.0);
            at = parent[at];
        }
        loops.push_back(std::move(loop));
    }
    return loops;
}

} // namespace greenbank::planning::network
