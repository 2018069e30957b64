// capital.cpp — the formulas as they are printed.
#include "finance/engine/capital.h"

#include <algorithm>

#include "finance/engine/normal.h"

namespace greenbank::finance {

namespace {

/// From `high` for the safest to `low` for the riskiest.
double falling(double low, double high, double speed, double probability) {
    const double part = (1 - std::exp(-speed * probability)) / (1 - std::exp(-speed));
    return low * part + high * (1 - part);
}

} // namespace

double asset_correlation(const CapitalInput& input) {
    const double probability = input.default_probability;
    switch (input.asset_class) {
    case AssetClass::corporate: return falling(0.12, 0.24, 50, probability);
    case AssetClass::small_corporate: return falling(0.12, 0.24, 50, probability) - 0.04 * (1 - (std::clamp(input.turnover_millions, 5.0, 50.0) - 5) / 45);
    case AssetClass::mortgage: return 0.15;
    case AssetClass::revolving_retail: return 0.04;
    case AssetClass::other_retail: return falling(0.03, 0.16, 35, probability);
    }
    return 0;
}

double capital_requirement(const CapitalInput& input) {
    const double probability = input.default_probability;
    if (!(probability > 0) || !(probability < 1)) return 0;
    const double correlation = asset_correlation(input);
    const double stressed = normal_below((normal_quantile(probability) + std::sqrt(correlation) * normal_quantile(0.999)) / std::sqrt(1 - correlation));
    double capital = input.loss_given_default * (stressed - probability);
    if (input.asset_class == AssetClass::corporate || input.asset_class == AssetClass::small_corporate) {
        const double root = 0.11852 - 0.05478 * std::log(probability), slope = root * root;
        capital *= (1 + (input.maturity_years - 2.5) * slope) / (1 - 1.5 * slope);
    }
    return capital;
}

double risk_weight(const CapitalInput& input) { return 12.5 * capital_requirement(input); }

} // namespace greenbank::finance
