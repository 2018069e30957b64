// association.h — how columns hang together: three correlations, principal components, Cronbach's alpha.
#pragma once

#include "cities/engine/index_data.h"

namespace greenbank::cities {

enum class Correlation { pearson, spearman, kendall };

/// Over the rows where both are known; NaN where one of them does not vary. Kendall's is tau-b, counted in n log n (Knight 1966).
double correlation_of(const Column& one, const Column& other, Correlation method);

/// Of a symmetric matrix, greatest value first (Jacobi's rotations); vectors[k] belongs to values[k] and has length 1.
struct Eigen {
    std::vector<double> values;
    std::vector<std::vector<double>> vectors;
};
Eigen eigen_of(std::vector<std::vector<double>> symmetric);

/// Of the correlations of the columns, over the rows where all are known. The sign of a component says nothing; so that it is always the same, the first
/// one's loadings sum to more than 0 and each other's is below 0 at the code that comes first in the alphabet.
struct Components {
    std::vector<double> deviations;            // of each component
    std::vector<std::vector<double>> loadings; // [component][column]
};
/// Nothing where there are fewer than three rows or a column does not vary.
std::optional<Components> components_of(const Columns& columns, const std::vector<std::string>& codes);

/// Of covariances, each over the rows where both are known.
double cronbach_of(const Columns& columns);

} // namespace greenbank::cities
