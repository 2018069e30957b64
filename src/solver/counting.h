// counting.h — clauses that count: at most one, a totalizer (Bailleux and Boufkhad 2003) that grows as needed (Martins and
// others 2014), and a weighted sum below a limit.
#pragma once

#include "solver/sat.h"

namespace greenbank::solver {

void add_at_most_one(Sat& sat, std::span<const Literal> literals);

/// Counts in unary: at_least(k) is forced to hold where k of the inputs hold. The other direction is not forced, so it is
/// for upper limits (assume or add the negation).
class Totalizer {
public:
    Totalizer(Sat& sat, std::span<const Literal> inputs);
    int size() const { return nodes_.empty() ? 0 : nodes_.back().size; }
    /// 1 ≤ k ≤ size(). Clauses up to k are made at the first call.
    Literal at_least(int k);

private:
    struct Node {
        int size, left, right; // children by place; -1 in a leaf
        std::vector<Literal> outputs;
    };
    int build(std::span<const Literal> inputs);
    void extend(int node, int k);

    Sat& sat_;
    std::vector<Node> nodes_; // the root is the last
};

/// The sum of the weights (all > 0) of the literals that hold is at most `limit`. False, and nothing useful added, where that
/// needs more than `nodes_max` new variables (a decision diagram: Eén and Sörensson 2006).
bool add_weight_at_most(Sat& sat, std::span<const Literal> literals, std::span<const std::int64_t> weights, std::int64_t limit, std::size_t nodes_max);

} // namespace greenbank::solver
