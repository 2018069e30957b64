// abatement.cpp — annuities, net yearly costs and the curve.
#include "cities/engine/abatement.h"

#include <algorithm>
#include <cmath>

namespace greenbank::cities {

double annuity_factor(double discount_percent, double years) {
    const double rate = discount_percent / 100;
    return rate == 0 ? 1 / years : rate / -std::expm1(-years * std::log1p(rate));
}

std::optional<AbatementCost> abatement_cost(const AbatementFigures& figures) {
    if (!(figures.avoided_kg > 0) || !(figures.lifetime_years > 0) || !(figures.discount_percent > -100)) return {};
    AbatementCost made;
    made.yearly_cost = figures.capital * annuity_factor(figures.discount_percent, figures.lifetime_years) + figures.operating_a_year - figures.saved_a_year;
    made.kg = figures.avoided_kg;
    made.cost_per_tonne = made.yearly_cost / made.kg * 1000;
    if (!std::isfinite(made.cost_per_tonne)) return {};
    return made;
}

std::vector<AbatementStep> abatement_curve(const std::vector<double>& costs_per_tonne, const std::vector<double>& kg) {
    std::vector<AbatementStep> steps;
    for (std::size_t i = 0; i < kg.size(); ++i) steps.push_back({i, costs_per_tonne[i], kg[i], 0});
    std::stable_sort(steps.begin(), steps.end(), [](const AbatementStep& a, const AbatementStep& b) { return a.cost_per_tonne < b.cost_per_tonne; });
    double together = 0;
    for (AbatementStep& one : steps) one.kg_together = together += one.kg;
    return steps;
}

} // namespace greenbank::cities
