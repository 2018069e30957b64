// accountability.h — a year's target held against its months: the forecast of the year's end, the light, the score; and a new project held against intensity,
// the space left and the best available technology. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace greenbank::cities {

enum class CarbonLight : std::uint8_t { green, yellow, red };

struct YearEnd {
    double kg = 0, low_kg = 0, high_kg = 0; // the year's end, with its 95 % interval
    double observed_kg = 0;
    std::size_t months = 0; // observed
};
/// What remains is last year's months times the ratio of what is observed to the same months of last year; how much the months' own ratios scatter is its spread.
/// Without a last year the observed months stand for the rest. Nothing where no month is observed.
std::optional<YearEnd> year_end(const std::vector<double>& months, const std::vector<double>& last_year);

/// Red: the forecast is above the limit. Yellow: the limit lies within the interval.
CarbonLight target_light(const YearEnd& forecast, double limit_kg);
/// 100 at or below the limit, two points less for each percent above it, 0 at the least.
double target_score(double kg, double limit_kg);

struct ProjectFigures {
    double kg = 0, output = 0;                  // a year; output in the unit of the benchmarks
    double ceiling_kg = 0;                      // per unit of output: nobody may be above
    std::optional<double> advanced_kg = {};     // per unit: the best available technology
    std::optional<double> space_kg = {};        // left under the territory's cap
    double space_share_most = 0.1;              // of it, that a green project may take
};
enum class LightReason : std::uint8_t { above_ceiling, above_space, above_advanced, takes_much_space, no_output };
struct ProjectLight {
    CarbonLight light = CarbonLight::green;
    double intensity_kg = 0; // per unit of output
    std::vector<LightReason> reasons;
};
/// Red where it is above the ceiling or above what is left; yellow where it is above the best technology or takes much of what is left; else green.
ProjectLight project_light(const ProjectFigures& figures);

} // namespace greenbank::cities
