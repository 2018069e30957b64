// abatement.h — what a tonne costs that a technology keeps out of the air, and the marginal abatement curve of many. Pure.
// Method: levelised cost of the saving (annuity of the capital over the lifetime), as in the curves of IEA and UNFCCC practice: net yearly cost over yearly tonnes.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace greenbank::cities {

/// For one unit of capacity; amounts of money in one currency.
struct AbatementFigures {
    double capital = 0, lifetime_years = 20;
    double operating_a_year = 0;
    double saved_a_year = 0; // money not spent otherwise, such as for power from the grid
    double avoided_kg = 0;   // a year, what it emits itself already taken away
    double discount_percent = 6;
};
struct AbatementCost {
    double yearly_cost = 0, kg = 0; // of one unit of capacity
    double cost_per_tonne = 0;      // below 0: it pays by itself
};
/// Nothing where nothing is avoided, or where a figure is no number, or a lifetime or rate no sensible one.
std::optional<AbatementCost> abatement_cost(const AbatementFigures& figures);

/// The same sum every year that pays 1 back with interest; 1 / years where the rate is 0.
double annuity_factor(double discount_percent, double years);

/// Measures from the cheapest tonne on: what they cut together up to each of them.
struct AbatementStep {
    std::size_t measure = 0;
    double cost_per_tonne = 0, kg = 0, kg_together = 0;
};
std::vector<AbatementStep> abatement_curve(const std::vector<double>& costs_per_tonne, const std::vector<double>& kg);

} // namespace greenbank::cities
