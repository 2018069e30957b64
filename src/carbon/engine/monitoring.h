// monitoring.h — readings of a period made into one value a parameter: gaps bridged or filled to the cautious side by rule, days without calibration
// moved to the cautious side; each step's value is kept, so that a report can say what it cost. Pure.
#pragma once

#include <cstdint>

#include "carbon/engine/metrology.h"

namespace greenbank::carbon {

enum class Accumulation : std::uint8_t { sum, mean }; // how the readings of a period become its value
enum class Bearing : std::uint8_t { raises, lowers }; // what a higher reading does to the reductions: it decides which side is the cautious one

struct GapRule {
    std::int64_t bridge_max = 3;     // so many missing readings in a row are bridged by a straight line
    double missing_percent_max = 10; // more missing than this, and the period cannot be verified
};

/// Readings at equal distances; NaN where there is none.
struct Series {
    Time begins_at;
    Duration step = hours(1);
    std::vector<double> readings;
};

struct Gap {
    Time from, until;          // until is where readings go on
    std::int64_t readings = 0; // missing ones
    bool bridged = false;      // else filled to the cautious side
    double filled_with = 0;    // their sum, or mean
};

struct ParameterValue {
    std::int64_t expected = 0, present = 0, bridged = 0, filled = 0; // readings
    std::vector<Gap> gaps;
    std::vector<MeterStretch> stretches; // of the meter, over the period
    double estimate = 0;                 // every gap bridged: the best guess
    double measured = 0;                 // gaps by rule
    double cautious = 0;                 // and readings without valid calibration moved
    double standard_percent = 0;         // of the meter, weighted by what was read in each stretch
    bool too_many_missing = false;
};

/// A gap that bears on neither side of itself (the period begins or ends in it) is never bridged. Filled to the cautious side: 0 for what raises the
/// reductions (or the least reading, if that is below 0; of a mean always the least), the greatest reading for what lowers them.
ParameterValue accumulate(
    const Series& series, Accumulation accumulation, Bearing bearing, const GapRule& rule, const Meter* meter, const CalibrationRule& calibration);

} // namespace greenbank::carbon
