// decomposition.cpp — logarithmic means, term by term.
#include "cities/engine/decomposition.h"

#include <algorithm>
#include <cmath>

namespace greenbank::cities {

double logarithmic_mean(double a, double b) {
    if (a <= 0 || b <= 0) return 0;
    const double ratio = a / b;
    if (std::abs(ratio - 1) < 1e-6) return b * (1 + (ratio - 1) / 2 - (ratio - 1) * (ratio - 1) / 12);
    return (a - b) / std::log(ratio);
}

Result<std::vector<double>> decomposed(const std::vector<DecomposedTerm>& terms) {
    std::vector<double> effects(terms.empty() ? 0 : terms[0].before.size(), 0.0);
    for (const DecomposedTerm& term : terms) {
        if (term.before.size() != effects.size() || term.after.size() != effects.size())
            return Error{Failure::invalid, "decomposition.shape", "Every part is made of the same factors, before and after."};
        double before = 1, after = 1;
        std::size_t to_or_from_zero = 0;
        for (std::size_t i = 0; i < effects.size(); ++i) {
            if (!(term.before[i] >= 0) || !(term.after[i] >= 0) || !std::isfinite(term.before[i]) || !std::isfinite(term.after[i]))
                return Error{Failure::invalid, "decomposition.negative", "A change can be explained by factors of 0 or more only."};
            before *= term.before[i];
            after *= term.after[i];
            to_or_from_zero += (term.before[i] > 0) != (term.after[i] > 0);
        }
        if (to_or_from_zero > 0) { // the limit of the method
            for (std::size_t i = 0; i < effects.size(); ++i)
                if ((term.before[i] > 0) != (term.after[i] > 0)) effects[i] += (after - before) / static_cast<double>(to_or_from_zero);
            continue;
        }
        const double mean = logarithmic_mean(after, before);
        if (mean > 0)
            for (std::size_t i = 0; i < effects.size(); ++i) effects[i] += mean * std::log(term.after[i] / term.before[i]);
    }
    return effects;
}

Result<KayaEffects> kaya_effects(const KayaYear& before, const KayaYear& after) {
    for (const KayaYear* year : {&before, &after})
        if (!(year->population > 0) || !(year->output > 0) || !(year->energy > 0))
            return Error{Failure::invalid, "decomposition.kaya",
                "Kaya's identity needs population, gross domestic product and energy use of both years, all above 0."};
    const auto factors = [](const KayaYear& year) {
        return std::vector{year.population, year.output / year.population, year.energy / year.output, year.emissions / year.energy};
    };
    const std::vector<double> effects = TRY(decomposed({{factors(before), factors(after)}}));
    return KayaEffects{effects[0], effects[1], effects[2], effects[3]};
}

} // namespace greenbank::cities
