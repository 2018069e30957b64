// distribution.h — what a column of numbers looks like; what is missing is left out.
#pragma once

#include "cities/engine/index_data.h"

namespace greenbank::cities {

/// Deviation with n-1; skewness and excess kurtosis adjusted for the size of the sample (G1 and G2 of Joanes and Gill 1998). NaN where there are too few.
struct Distribution {
    std::size_t available = 0, nonzero = 0, unique = 0, same = 0; // `same`: how often the most frequent value comes
    double least = missing, greatest = missing, mean = missing, median = missing, deviation = missing, skewness = missing, kurtosis = missing;
};
Distribution distribution_of(const Column& column);

double mean_of(const Column& column);
double median_of(Column column);
/// Between the two nearest values, by their distance (type 7 of Hyndman and Fan); `sorted` has none missing.
double quantile_of(const Column& sorted, double share);
/// 1 for the least; equal ones share the least of their ranks, as in sport, or with `averaged` the mean of them.
Column ranks_of(const Column& column, bool averaged = false);

} // namespace greenbank::cities
