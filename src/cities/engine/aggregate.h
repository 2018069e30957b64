// aggregate.h — many columns become one, level by level.
#pragma once

#include "cities/engine/prepare.h"
#include "cities/engine/weights.h"

namespace greenbank::cities {

struct MeanRule {
    Aggregation method = Aggregation::arithmetic;
    double power = 1, least_available = 0;
};
MeanRule rule_at(const Aggregate& how, std::int64_t level);

/// Of each row over the parts that it has; parts that weigh nothing are not there. Copeland: how many rows it beats, less how many beat it, where to beat
/// is to be ahead in more than half of the weight of what both have.
/// Returns the parts and rows of which there is no such mean (a geometric one of 0, say); nothing is made then.
std::vector<std::pair<std::size_t, std::size_t>> aggregate_group(
    const std::vector<const Column*>& parts, const std::vector<double>& weights, const MeanRule& rule, Column& out);

/// From the indicators (`columns` begins with them) up to the index. Weights by data are settled on the way unless they are `settled`.
struct Aggregating {
    const Framework& framework;
    const Weigh& weigh;
    const Aggregate& how;
    bool settled = false;

    struct Fault {
        std::size_t group, part, row;
    };
    /// What cannot be aggregated is missing above.
    std::vector<Fault> run(Columns& columns, Weights& weights, Problems& problems, std::map<std::size_t, OwnWeights>* own = nullptr) const;
};

} // namespace greenbank::cities
