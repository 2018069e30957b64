// capital.h — regulatory capital by formula. Source: Basel Committee, International Convergence of Capital Measurement and Capital Standards
// (June 2006), paragraphs 272, 273 and 328 to 330; the scaling factor of 1.06 is left to whoever applies it.
#pragma once

#include <cstdint>

namespace greenbank::finance {

enum class AssetClass : std::uint8_t { corporate, small_corporate, mortgage, revolving_retail, other_retail };

struct CapitalInput {
    AssetClass asset_class = AssetClass::corporate;
    double default_probability = 0; // of a year
    double loss_given_default = 0;  // part of the exposure
    double maturity_years = 2.5;    // corporates
    double turnover_millions = 50;  // of euro, small corporates: 5 to 50
};

/// Correlation of the assets with the one systematic factor.
double asset_correlation(const CapitalInput& input);
/// Part of the exposure, for unexpected loss at 99.9 %. 0 where default is impossible or certain.
double capital_requirement(const CapitalInput& input);
/// capital × 12.5, as a part of the exposure: 0.9232 is 92.32 %.
double risk_weight(const CapitalInput& input);

} // namespace greenbank::finance
