// methodology_records.cpp — descriptions of methodologies and of what a report says.
#include "carbon/reductions/records.h"

namespace greenbank::carbon {

namespace {

void check_methodology_record(const void* value, Problems& problems) {
    for (Problem& one : check_methodology(*static_cast<const Methodology*>(value))) problems.push_back(std::move(one));
}
void check_calibration(const void* value, Problems& problems) {
    const auto& calibration = *static_cast<const Calibration*>(value);
    if (calibration.valid_until < calibration.calibrated_on)
        problems.push_back({"valid_until", "calibration.dates", "The certificate ends before the day of the calibration."});
}

} // namespace

Record describe(const Calibration*) {
    using One = Calibration;
    return {"calibration", "A calibration of a meter, as its certificate says.",
        {field<&One::certificate>("certificate", "Number of the certificate.", {.min = 1, .max = 100}),
            field<&One::laboratory>("laboratory", "Who calibrated.", {.max = 200}), field<&One::calibrated_on>("calibrated_on", "When."),
            field<&One::valid_until>("valid_until", "Last day of its validity."),
            field<&One::expanded_percent>("expanded_percent", "Expanded uncertainty, relative.", {.unit = "%", .min = 0, .max = 50}),
            field<&One::coverage_factor>("coverage_factor", "Its coverage factor k.", {.min = 1, .max = 4, .defaulted = true})},
        check_calibration};
}
Record describe(const Meter*) {
    return {"meter", "A meter that a result rests on.",
        {field<&Meter::code>("code", "As it is written on the meter.", {.min = 1, .max = 100}),
            field<&Meter::parameter>("parameter", "What it measures, by the methodology's code.", {.min = 1, .max = 60}),
            field<&Meter::class_percent>("class_percent", "Its class: the limit of error.", {.unit = "%", .min = 0.01, .max = 20}),
            field<&Meter::calibrations>("calibrations", "Its calibrations.", {.max = 50})}};
}
Record describe(const CalibrationRule*) {
    using One = CalibrationRule;
    return {"calibration_rule", "How readings without a valid calibration count.",
        {field<&One::lapsed_limits>("lapsed_limits", "Moved by so many limits of error once the calibration has run out.", {.min = 0, .max = 10}),
            field<&One::never_limits>("never_limits", "The same where there was none.", {.min = 0, .max = 10})}};
}
Record describe(const GapRule*) {
    return {"gap_rule", "What is done about readings that are missing.",
        {field<&GapRule::bridge_max>("bridge_max", "So many in a row are bridged by a straight line.", {.min = 0, .max = 1000}),
            field<&GapRule::missing_percent_max>("missing_percent_max", "More missing than this cannot be verified.", {.unit = "%", .min = 0, .max = 100})}};
}
Record describe(const DeductionRule*) {
    using One = DeductionRule;
    return {"deduction_rule", "What uncertainty costs.",
        {field<&One::free_percent>("free_percent", "Up to here nothing.", {.unit = "%", .min = 0, .max = 100}),
            field<&One::whole_percent>("whole_percent", "Up to here what lies beyond that; above, the whole uncertainty.", {.unit = "%", .min = 0, .max = 100}),
            field<&One::source>("source", "Where the rule is from.", {.min = 1, .max = 500}),
            field<&One::status>("status", "Official, unconfirmed or sample.")}};
}
Record describe(const MethodologyParameter*) {
    using One = MethodologyParameter;
    return {"methodology_parameter", "A number that the equations use.",
        {
            field<&One::code>("code", "As in the equations.", {.min = 1, .max = 60}),
            field<&One::title>("title", "What it is.", {.min = 1, .max = 300}),
            field<&One::unit>("unit", "Its unit.", {.min = 1, .max = 40}),
            field<&One::kind>("kind", "Fixed by the methodology, stated by the project, or monitored."),
            field<&One::value>("value", "Its value, where the methodology gives one."),
            field<&One::uncertainty_percent>("uncertainty_percent", "Half the width of the 95 % interval.", {.unit = "%", .min = 0, .max = 1000}),
            field<&One::bearing>("bearing", "What a higher value does to the reductions.", {.defaulted = true}),
            field<&One::accumulation>("accumulation", "How readings become the period's value.", {.defaulted = true}),
            field<&One::interval_minutes>(
                "interval_minutes", "How often it is read; 0: once a period.", {.unit = "min", .min = 0, .max = 600'000, .defaulted = true}),
            field<&One::least>("least", "No plausible reading is below."),
            field<&One::greatest>("greatest", "None is above."),
            field<&One::source>("source", "Where the value is from, or how it is measured.", {.min = 1, .max = 500}),
            field<&One::status>("status", "Official, unconfirmed or sample."),
        }};
}
Record describe(const MethodologyEquation*) {
    using One = MethodologyEquation;
    return {"methodology_equation", "A step of the calculation.",
        {field<&One::code>("code", "Its name in other equations.", {.min = 1, .max = 60}), field<&One::title>("title", "What it is.", {.min = 1, .max = 300}),
            field<&One::unit>("unit", "In which unit it comes out.", {.min = 1, .max = 40}),
            field<&One::formula>("formula", "How it is computed.", {.min = 1, .max = 2000}),
            field<&One::role>("role", "Baseline, project, leakage, or on the way there.", {.defaulted = true})}};
}
Record describe(const Methodology*) {
    return {"methodology", "How reductions are computed and monitored.",
        {
            field<&Methodology::code>("code", "Stable, for machines.", {.min = 1, .max = 60}),
            field<&Methodology::edition>("edition", "Which edition.", {.min = 1, .max = 60}),
            field<&Methodology::title>("title", "Its name.", {.min = 1, .max = 300}),
            field<&Methodology::applies>("applies", "What it is for.", {.min = 1, .max = 2000}),
            field<&Methodology::not_covered>("not_covered", "What it leaves out.", {.max = 2000}),
            field<&Methodology::valid_from>("valid_from", "In force from that day on."),
            field<&Methodology::valid_until>("valid_until", "Until that day."),
            field<&Methodology::source>("source", "Where it is from.", {.min = 1, .max = 500}),
            field<&Methodology::status>("status", "Official, unconfirmed or sample."),
            field<&Methodology::parameters>("parameters", "Its numbers.", {.min = 1, .max = 60}),
            field<&Methodology::equations>("equations", "Its equations.", {.min = 1, .max = 60}),
            field<&Methodology::gaps>("gaps", "The rule of gaps."),
            field<&Methodology::calibration>("calibration", "The rule of calibration."),
            field<&Methodology::deduction>("deduction", "The rule of uncertainty."),
        },
        check_methodology_record};
}
Record describe(const StatedValue*) {
    using One = StatedValue;
    return {"stated_value", "What a project states for a parameter.",
        {field<&One::parameter>("parameter", "Its code.", {.min = 1, .max = 60}), field<&One::value>("value", "Its value, in the parameter's unit."),
            field<&One::uncertainty_percent>("uncertainty_percent", "Half the width of the 95 % interval.", {.unit = "%", .min = 0, .max = 1000}),
            field<&One::source>("source", "Where it is from.", {.min = 1, .max = 500})}};
}
Record describe(const Gap*) {
    return {"monitoring_gap", "Readings that are missing.",
        {field<&Gap::from>("from_time", "From."), field<&Gap::until>("until_time", "Until readings go on."), field<&Gap::readings>("readings", "How many."),
            field<&Gap::bridged>("bridged", "Bridged by a straight line; else filled to the cautious side."),
            field<&Gap::filled_with>("filled_with", "With what.")}};
}
Record describe(const MeterStretch*) {
    using One = MeterStretch;
    return {"meter_stretch", "Days of a meter in one state of calibration.",
        {field<&One::from>("from_day", "From."), field<&One::until>("until_day", "Until."), field<&One::state>("state", "Valid, lapsed, or never calibrated."),
            field<&One::certificate>("certificate", "The certificate in force, or the last one."),
            field<&One::standard_percent>("standard_percent", "Standard uncertainty of a reading.", {.unit = "%"}),
            field<&One::shift_percent>("shift_percent", "Readings are moved by this to the cautious side.", {.unit = "%"})}};
}
Record describe(const ParameterValue*) {
    using One = ParameterValue;
    return {"monitored_value", "What readings came to.",
        {field<&One::expected>("expected", "Readings that should be there."), field<&One::present>("present", "Readings that are."),
            field<&One::bridged>("bridged", "Bridged ones."), field<&One::filled>("filled", "Those filled to the cautious side."),
            field<&One::gaps>("gaps", "Where they are missing.", {.max = 100'000}),
            field<&One::stretches>("stretches", "The meter's calibration by days.", {.max = 200}), field<&One::estimate>("estimate", "With every gap bridged."),
            field<&One::measured>("measured", "With gaps treated by rule."), field<&One::cautious>("cautious", "And readings without valid calibration moved."),
            field<&One::standard_percent>("standard_percent", "Standard uncertainty of the meter.", {.unit = "%"}),
            field<&One::too_many_missing>("too_many_missing", "More are missing than the rule allows.")}};
}
Record describe(const ParameterResult*) {
    using One = ParameterResult;
    return {"parameter_result", "A parameter as it went into the result.",
        {field<&One::code>("code", "Its code."), field<&One::unit>("unit", "Its unit."), field<&One::kind>("kind", "Fixed, stated or monitored."),
            field<&One::value>("value", "Its value."), field<&One::readings>("readings", "How its readings came to that."),
            field<&One::uncertainty_percent>("uncertainty_percent", "Half the width of the 95 % interval.", {.unit = "%"}),
            field<&One::variance_share>("variance_share", "Its share of the result's variance."), field<&One::source>("source", "Where it is from."),
            field<&One::status>("status", "Official, unconfirmed or sample.")}};
}
Record describe(const EquationResult*) {
    using One = EquationResult;
    return {"equation_result", "What an equation came to.",
        {field<&One::code>("code", "Its code."), field<&One::unit>("unit", "Its unit."),
            field<&One::role>("role", "Baseline, project, leakage, or on the way."), field<&One::value>("value", "Its value.")}};
}
Record describe(const ReductionResult*) {
    using One = ReductionResult;
    return {"reduction_report", "What a period's readings come to, and what was deducted.",
        {
            field<&One::parameters>("parameters", "What went in.", {.max = 60}),
            field<&One::equations>("equations", "What was computed.", {.max = 60}),
            field<&One::baseline_kg>("baseline_kg", "What would have been emitted.", {.unit = "kgCO2e"}),
            field<&One::project_kg>("project_kg", "What the project emitted.", {.unit = "kgCO2e"}),
            field<&One::leakage_kg>("leakage_kg", "What it caused elsewhere.", {.unit = "kgCO2e"}),
            field<&One::estimate_kg>("estimate_kg", "Reductions with every gap bridged.", {.unit = "kgCO2e"}),
            field<&One::measured_kg>("measured_kg", "With gaps treated by rule.", {.unit = "kgCO2e"}),
            field<&One::calibrated_kg>("calibrated_kg", "With readings without valid calibration moved.", {.unit = "kgCO2e"}),
            field<&One::claimed_kg>("claimed_kg", "With the uncertainty deducted.", {.unit = "kgCO2e"}),
            field<&One::uncertainty_percent>("uncertainty_percent", "Half the width of the 95 % interval.", {.unit = "%"}),
            field<&One::deduction_percent>("deduction_percent", "Deducted for it.", {.unit = "%"}),
            field<&One::missing_too_many>("missing_too_many", "Parameters with too many readings missing: the period cannot be verified.", {.max = 60}),
            field<&One::status>("status", "The weakest of what went in: official, unconfirmed or sample."),
        }};
}

} // namespace greenbank::carbon
