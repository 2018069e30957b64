// metrology.cpp — calibrations laid over the days of a period.
#include "carbon/engine/metrology.h"

#include <algorithm>
#include <cmath>

namespace greenbank::carbon {

namespace {

MeterStretch judge(const Meter& meter, Date day, const CalibrationRule& rule) {
    const Calibration* valid = nullptr;
    const Calibration* last = nullptr;
    for (const Calibration& one : meter.calibrations) {
        if (one.calibrated_on > day) continue;
        if (!last || one.valid_until > last->valid_until) last = &one;
        if (one.valid_until >= day && (!valid || one.calibrated_on > valid->calibrated_on)) valid = &one;
    }
    const double of_class = meter.class_percent / std::sqrt(3.0);
    MeterStretch stretch{.from = day, .until = day, .standard_percent = of_class};
    if (valid) {
        stretch.state = CalibrationState::valid;
        stretch.certificate = valid->certificate;
        stretch.standard_percent = std::hypot(of_class, valid->expanded_percent / valid->coverage_factor);
    } else if (last) {
        stretch.state = CalibrationState::lapsed;
        stretch.certificate = last->certificate;
        stretch.shift_percent = rule.lapsed_limits * meter.class_percent;
    } else stretch.shift_percent = rule.never_limits * meter.class_percent;
    return stretch;
}

} // namespace

std::vector<MeterStretch> meter_stretches(const Meter& meter, Date from, Date until, const CalibrationRule& rule) {
    std::vector<Date> turns = {from}; // days on which the state can change
    for (const Calibration& one : meter.calibrations)
        for (const Date day : {one.calibrated_on, Date{one.valid_until.days + 1}})
            if (day > from && day <= until) turns.push_back(day);
    std::sort(turns.begin(), turns.end());
    std::vector<MeterStretch> stretches;
    for (std::size_t i = 0; i < turns.size(); ++i) {
        if (i + 1 < turns.size() && turns[i + 1] == turns[i]) continue;
        MeterStretch next = judge(meter, turns[i], rule);
        next.until = i + 1 < turns.size() ? Date{turns[i + 1].days - 1} : until;
        if (!stretches.empty() && stretches.back().state == next.state && stretches.back().certificate == next.certificate) stretches.back().until = next.until;
        else stretches.push_back(std::move(next));
    }
    return stretches;
}

} // namespace greenbank::carbon
