// metrology.h — what a meter's reading is worth: class of accuracy, calibrations with their validity, and the uncertainty that goes into a result. Pure.
// Days without a valid calibration are treated by a rule and shown: readings are moved to the cautious side by the meter's limit of error.
// Method: type B evaluation after the GUM (JCGM 100): expanded uncertainty divided by its coverage factor; limits of error as rectangular.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/time.h"

namespace greenbank::carbon {

struct Calibration {
    std::string certificate, laboratory;
    Date calibrated_on, valid_until; // valid on both days
    double expanded_percent = 0;     // expanded uncertainty of the calibration
    double coverage_factor = 2;
};

struct Meter {
    std::string code;         // as it is written on the meter
    std::string parameter;    // of the methodology, that it measures
    double class_percent = 1; // limit of error: 0.5 for class 0.5S
    std::vector<Calibration> calibrations;
};

/// How days without valid calibration count: readings are moved by so many limits of error.
struct CalibrationRule {
    double lapsed_limits = 1; // the calibration has run out
    double never_limits = 2;  // there was none before that day
};

enum class CalibrationState { valid, lapsed, never };

/// Days of one state in a row, both ends included.
struct MeterStretch {
    Date from, until;
    CalibrationState state = CalibrationState::never;
    std::string certificate;     // in force, or the last one
    double standard_percent = 0; // standard uncertainty of a reading, relative
    double shift_percent = 0;    // by which readings are moved to the cautious side
};

/// The period in stretches, in order and without gaps. Of calibrations that are valid on the same day the latest counts.
std::vector<MeterStretch> meter_stretches(const Meter& meter, Date from, Date until, const CalibrationRule& rule);

} // namespace greenbank::carbon
