// fewest.h — the fewest of some literals that can hold at once, with a bound that is proven at every moment.
// Core-guided search (OLL: Andres and others 2012; with totalizers as in RC2, Ignatiev and others 2019).
#pragma once

#include "solver/sat.h"

namespace greenbank::solver {

struct Fewest {
    Verdict verdict = Verdict::stopped; // satisfiable: `reached` is a model's count; unsatisfiable: there is none at all
    std::int64_t reached = 0;           // the best count seen
    std::int64_t bound = 0;             // no model has fewer
};

/// `found` is called at every better model, while `sat` still holds it, with its count. What the search adds to `sat` only
/// names counts: it takes no model away.
Fewest fewest(Sat& sat, std::span<const Literal> costs, const Stop& stop, const std::function<void(std::int64_t)>& found);

} // namespace greenbank::solver
