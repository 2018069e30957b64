// decomposition.h — why emissions changed: the logarithmic mean Divisia method (LMDI-I, Ang 2004) over Kaya's identity. Pure; leaves no remainder.
#pragma once

#include <optional>
#include <vector>

#include "kernel/result.h"

namespace greenbank::cities {

/// Between both, and their limit where they are equal or one is 0.
double logarithmic_mean(double a, double b);

/// Emissions of one part are the product of these factors, in the same order before and after.
struct DecomposedTerm {
    std::vector<double> before, after;
};
/// What each factor brought about, summed over the terms; all of them sum to the change of all products. What fell to 0 or rose from it is put down to the factors
/// that did. Failure::invalid where a factor is below 0 or not finite.
Result<std::vector<double>> decomposed(const std::vector<DecomposedTerm>& terms);

/// A year of a territory: all of them above 0 but the emissions, which may be 0.
struct KayaYear {
    double population = 0; // people
    double output = 0;     // gross domestic product, at constant prices
    double energy = 0;     // TJ
    double emissions = 0;  // kg CO2e of energy use
};
struct KayaEffects {
    double population = 0, output_per_head = 0, energy_intensity = 0, carbon_intensity = 0; // kg CO2e
};
Result<KayaEffects> kaya_effects(const KayaYear& before, const KayaYear& after);

} // namespace greenbank::cities
