// weights.h — how much each part of an aggregate counts.
#pragma once

#include "cities/engine/index_data.h"
#include "cities/engine/recipe.h"

namespace greenbank::cities {

/// From what was judged in pairs: the principal vector, summing to 1, and Saaty's consistency ratio (0 for two things or fewer).
struct Priorities {
    std::vector<double> weights;
    double greatest_value = 0, consistency_ratio = 0;
};
Priorities priorities_of(const std::vector<std::vector<double>>& ratios);

struct Consistency {
    std::size_t group; // an aggregate
    double ratio;
};

struct Weights {
    std::vector<double> of_node;
    std::vector<Weighting> method;        // of the parts of each node
    std::vector<Consistency> consistency; // of judgements
};

/// All weights that do not need the numbers: equal, given, judged. Those that do are 1 until weigh_by_data.
Weights prepare_weights(const Framework& framework, const Weigh& how, Problems& problems);

/// PCA: squared loadings of the components with a variance of at least 1, in the share of that variance. Entropy: what is more unequal counts more.
/// `columns` of the children of `group`.
void weigh_by_data(const Framework& framework, std::size_t group, const std::vector<const Column*>& columns, Weights& weights, Problems& problems);

/// Benefit of the doubt: each row gets the weights that suit it best, such that none would have more than 1 by them (Cherchye et al. 2007);
/// the share of a part in the row's own score lies within the limits. Scores are 0 to 100; a row that lacks a number has none.
struct OwnWeights {
    Column scores;
    Columns weights; // by part and row
};
OwnWeights benefit_of_doubt(const std::vector<const Column*>& columns, double share_least, double share_most);

} // namespace greenbank::cities
