// normal.h — the standard normal distribution, both ways.
#pragma once

#include <cmath>

namespace greenbank::finance {

inline double normal_density(double x) { return std::exp(-0.5 * x * x) * 0.39894228040143267793994605993438; }
inline double normal_below(double x) { return 0.5 * std::erfc(-x * 0.70710678118654752440084436210485); }
/// The x below which `probability` lies, to some 1e-15 (Acklam's rational start, two steps of Halley's method). -inf at 0, +inf at 1.
double normal_quantile(double probability);

} // namespace greenbank::finance
