// counting.cpp — the clauses that count.
#include "solver/counting.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace greenbank::solver {

void add_at_most_one(Sat& sat, std::span<const Literal> literals) {
    if (literals.size() <= 8) {
        for (std::size_t i = 0; i < literals.size(); ++i)
            for (std::size_t j = i + 1; j < literals.size(); ++j) sat.add({-literals[i], -literals[j]});
        return;
    }
    // A chain of blocks: `seen` says that one of the blocks so far has one that holds.
    Literal seen = 0;
    for (std::size_t from = 0; from < literals.size(); from += 4) {
        const auto block = literals.subspan(from, std::min<std::size_t>(4, literals.size() - from));
        add_at_most_one(sat, block);
        const Literal now = sat.new_variable();
        for (const Literal literal : block) {
            sat.add({-literal, now});
            if (seen) sat.add({-literal, -seen});
        }
        if (seen) sat.add({-seen, now});
        seen = now;
    }
}

Totalizer::Totalizer(Sat& sat, std::span<const Literal> inputs) : sat_(sat) {
    nodes_.reserve(inputs.size() * 2);
    if (!inputs.empty()) build(inputs);
}

int Totalizer::build(std::span<const Literal> inputs) {
    const int size = static_cast<int>(inputs.size());
    Node node{size, -1, -1, {}};
    if (size == 1) node.outputs = {inputs[0]};
    else {
        node.left = build(inputs.first(inputs.size() / 2));
        node.right = build(inputs.subspan(inputs.size() / 2));
    }
    nodes_.push_back(std::move(node));
    return static_cast<int>(nodes_.size()) - 1;
}

void Totalizer::extend(int at, int k) {
    k = std::min(k, nodes_[at].size);
    const int known = static_cast<int>(nodes_[at].outputs.size());
    if (known >= k) return;
    extend(nodes_[at].left, k);
    extend(nodes_[at].right, k);
    const auto &left = nodes_[nodes_[at].left].outputs, &right = nodes_[nodes_[at].right].outputs;
    auto& outputs = nodes_[at].outputs;
    for (int i = known; i < k; ++i) outputs.push_back(sat_.new_variable());
    for (int a = 0; a <= std::min<int>(k, static_cast<int>(left.size())); ++a)
        for (int b = std::max(0, known + 1 - a); b <= std::min<int>(k - a, static_cast<int>(right.size())); ++b) {
            if (a + b == 0) continue;
            std::vector<Literal> clause;
            if (a > 0) clause.push_back(-left[a - 1]);
            if (b > 0) clause.push_back(-right[b - 1]);
            clause.push_back(outputs[a + b - 1]);
            sat_.add(clause);
        }
    for (int i = std::max(known, 1); i < k; ++i) sat_.add({-outputs[i], outputs[i - 1]});
}

Literal Totalizer::at_least(int k) {
    const int root = static_cast<int>(nodes_.size()) - 1;
    extend(root, k);
    return nodes_[root].outputs[k - 1];
}

bool add_weight_at_most(Sat& sat, std::span<const Literal> literals, std::span<const std::int64_t> weights, std::int64_t limit, std::size_t nodes_max) {
    std::vector<std::size_t> order(literals.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
    std::vector<std::int64_t> rest(order.size() + 1, 0); // what all from here on weigh
    for (std::size_t i = order.size(); i-- > 0;) rest[i] = rest[i + 1] + weights[order[i]];
    if (rest[0] <= limit) return true;

    // layer: room that is left → a variable that, where it holds, keeps the rest within that room
    std::map<std::int64_t, Literal> layer;
    std::size_t nodes = 1;
    layer[limit] = sat.new_variable();
    sat.add({layer[limit]});
    for (std::size_t i = 0; i < order.size(); ++i) {
        std::map<std::int64_t, Literal> next;
        const Literal literal = literals[order[i]];
        const std::int64_t weight = weights[order[i]];
        const auto node = [&](std::int64_t room) -> Literal {
            auto& variable = next[room];
            if (!variable) variable = sat.new_variable(), ++nodes;
            return variable;
        };
        for (const auto& [room, holds] : layer) {
            if (room < weight) sat.add({-holds, -literal});
            else if (rest[i + 1] > room - weight) sat.add({-holds, -literal, node(room - weight)});
            if (rest[i + 1] > room) sat.add({-holds, node(room)});
        }
        if (nodes > nodes_max) return false;
        layer = std::move(next);
    }
    return true;
}

} // namespace greenbank::solver
