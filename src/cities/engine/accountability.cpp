// accountability.cpp — ratios of months, and the rules of the lights.
#include "cities/engine/accountability.h"

#include <algorithm>
#include <cmath>

namespace greenbank::cities {

std::optional<YearEnd> year_end(const std::vector<double>& months, const std::vector<double>& last_year) {
    constexpr double two_sided_95 = 1.959963984540054;
    if (months.empty() || months.size() > 12) return {};
    YearEnd made{.months = months.size()};
    for (const double one : months) made.observed_kg += one;
    const double count = static_cast<double>(months.size()), left = 12 - count;
    double compared = 0, rest = 0;
    const bool has_last = last_year.size() == 12;
    if (has_last)
        for (std::size_t i = 0; i < 12; ++i) (i < months.size() ? compared : rest) += last_year[i];
    if (!has_last || compared <= 0) {
        const double mean = made.observed_kg / count;
        double squares = 0;
        for (const double one : months) squares += (one - mean) * (one - mean);
        const double deviation = months.size() > 1 ? std::sqrt(squares / (count - 1)) : mean; // one month says nothing of the others
        const double half = two_sided_95 * std::hypot(std::sqrt(left) * deviation, left * deviation / std::sqrt(count));
        made.kg = made.observed_kg + left * mean;
        made.low_kg = std::max(made.observed_kg, made.kg - half);
        made.high_kg = made.kg + half;
        return made;
    }
    const double ratio = made.observed_kg / compared;
    double squares = 0;
    for (std::size_t i = 0; i < months.size(); ++i) squares += std::pow(months[i] - ratio * last_year[i], 2);
    const double deviation = months.size() > 1 ? std::sqrt(squares / (count - 1)) : months[0]; // of a month around its forecast
    const double half = left > 0 ? two_sided_95 * std::hypot(std::sqrt(left) * deviation, rest / compared * std::sqrt(count) * deviation) : 0;
    made.kg = made.observed_kg + ratio * rest;
    made.low_kg = std::max(made.observed_kg, made.kg - half);
    made.high_kg = made.kg + half;
    return made;
}

CarbonLight target_light(const YearEnd& forecast, double limit_kg) {
    return forecast.kg > limit_kg ? CarbonLight::red : forecast.high_kg > limit_kg ? CarbonLight::yellow : CarbonLight::green;
}

double target_score(double kg, double limit_kg) {
    if (kg <= limit_kg) return 100;
    if (limit_kg <= 0) return 0;
    return std::max(0.0, 100 - 200 * (kg - limit_kg) / limit_kg);
}

ProjectLight project_light(const ProjectFigures& figures) {
    ProjectLight made;
    const auto raise = [&](CarbonLight light, LightReason reason) {
        made.light = std::max(made.light, light);
        made.reasons.push_back(reason);
    };
    if (figures.output > 0) {
        made.intensity_kg = figures.kg / figures.output;
        if (made.intensity_kg > figures.ceiling_kg) raise(CarbonLight::red, LightReason::above_ceiling);
        else if (figures.advanced_kg && made.intensity_kg > *figures.advanced_kg) raise(CarbonLight::yellow, LightReason::above_advanced);
    } else {
        raise(CarbonLight::red, LightReason::no_output);
    }
    if (figures.space_kg) {
        if (figures.kg > *figures.space_kg) raise(CarbonLight::red, LightReason::above_space);
        else if (figures.kg > *figures.space_kg * figures.space_share_most) raise(CarbonLight::yellow, LightReason::takes_much_space);
    }
    return made;
}

} // namespace greenbank::cities
