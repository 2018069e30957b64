// normal.cpp — the quantile.
#include "finance/engine/normal.h"

#include <limits>

namespace greenbank::finance {

double normal_quantile(double probability) {
    if (probability <= 0) return probability == 0 ? -std::numeric_limits<double>::infinity() : std::nan("");
    if (probability >= 1) return probability == 1 ? std::numeric_limits<double>::infinity() : std::nan("");
    if (probability > 0.5) return -normal_quantile(1 - probability);
    double x;
    if (probability < 0.02425) {
        const double q = std::sqrt(-2 * std::log(probability));
        x = (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q - 2.549732539343734e+00) * q + 4.374664141464968e+00) *
                    q +
                2.938163982698783e+00) /
            ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q + 3.754408661907416e+00) * q + 1);
    } else {
        const double q = probability - 0.5, r = q * q;
        x = (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r - 3.066479806614716e+01) *
                    r +
                2.506628277459239e+00) *
            q /
            (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r - 1.328068155288572e+01) *
                    r +
                1);
    }
    for (int step = 0; step < 2; ++step) {
        const double u = (normal_below(x) - probability) / normal_density(x);
        x -= u / (1 + x * u / 2);
    }
    return x;
}

} // namespace greenbank::finance
