// methodology.h — methodologies as data, and what a period's readings come to by one: baseline, project, leakage, uncertainty, deductions. Pure.
// The way down is kept step by step: estimate (every gap bridged) → measured (gaps by rule) → calibrated (days without calibration moved) → claimed (the
// uncertainty deducted). No step goes up, so what is claimed is never more than what was measured.
#pragma once

#include <map>

#include "carbon/engine/equation.h"
#include "carbon/engine/factors.h"
#include "carbon/engine/monitoring.h"
#include "kernel/text.h"

namespace greenbank::carbon {

/// fixed: the methodology gives the value. project: the project states it and validation looks at it. monitored: it is read in every period.
enum class ParameterKind : std::uint8_t { fixed, project, monitored };
enum class EquationRole : std::uint8_t { intermediate, baseline, project, leakage };

struct MethodologyParameter {
    std::string code; // as in the equations
    Text title;
    std::string unit;
    ParameterKind kind = ParameterKind::fixed;
    std::optional<double> value;               // of a fixed one; of a project's the usual one
    std::optional<double> uncertainty_percent; // half the width of the 95 % interval; of a monitored one the meter says it
    Bearing bearing = Bearing::raises;
    Accumulation accumulation = Accumulation::sum;
    std::int64_t interval_minutes = 60;    // how often it is read; 0: once a period
    std::optional<double> least, greatest; // plausible readings
    std::string source;
    FactorStatus status = FactorStatus::sample;
};

struct MethodologyEquation {
    std::string code;
    Text title;
    std::string unit;
    std::string formula;
    EquationRole role = EquationRole::intermediate;
};

/// Up to `free_percent` nothing is deducted; up to `whole_percent` what is beyond it; above that the whole uncertainty.
struct DeductionRule {
    double free_percent = 5, whole_percent = 15;
    std::string source;
    FactorStatus status = FactorStatus::sample;
};

struct Methodology {
    std::string code, edition;
    Text title, applies, not_covered;
    Date valid_from;
    std::optional<Date> valid_until;
    std::string source;
    FactorStatus status = FactorStatus::sample;
    std::vector<MethodologyParameter> parameters;
    std::vector<MethodologyEquation> equations;
    GapRule gaps;
    CalibrationRule calibration;
    DeductionRule deduction;

    const MethodologyParameter* find(std::string_view parameter) const;
};

/// Every problem of a methodology: names used twice or unknown, formulas that cannot be read or go round, units that do not agree, no baseline.
Problems check_methodology(const Methodology& methodology);

/// What the project states for a parameter.
struct StatedValue {
    std::string parameter;
    double value = 0; // in the parameter's unit
    std::optional<double> uncertainty_percent;
    std::string source;
};
struct MonitoredSeries {
    std::string parameter;
    Series series; // in the parameter's unit, per interval
};

struct ReductionInput {
    std::vector<StatedValue> stated;
    std::vector<MonitoredSeries> monitored;
    std::vector<Meter> meters;
};

struct ParameterResult {
    std::string code, unit;
    ParameterKind kind = ParameterKind::fixed;
    double value = 0;               // that went into the claim
    ParameterValue readings;        // of a monitored one
    double uncertainty_percent = 0; // half the width of the 95 % interval
    double variance_share = 0;      // of the result's variance
    std::string source;
    FactorStatus status = FactorStatus::sample;
};
struct EquationResult {
    std::string code, unit;
    EquationRole role = EquationRole::intermediate;
    double value = 0; // in its own unit
};

struct ReductionResult {
    std::vector<ParameterResult> parameters;
    std::vector<EquationResult> equations;
    double baseline_kg = 0, project_kg = 0, leakage_kg = 0; // CO2e, with cautious values
    std::int64_t estimate_kg = 0, measured_kg = 0, calibrated_kg = 0, claimed_kg = 0;
    double uncertainty_percent = 0; // of the reductions: half the width of the 95 % interval
    double deduction_percent = 0;
    /// Whole sentences that stand against verification: too many readings missing, implausible ones.
    std::vector<std::string> missing_too_many;    // codes of parameters
    FactorStatus status = FactorStatus::official; // the weakest of all that went in
};

/// What is deducted, in percent of the reductions: never falls as the uncertainty grows, never more than all.
double deduction_percent(double uncertainty_percent, const DeductionRule& rule);

/// Failure::invalid with problems by parameter: missing, without series, implausible readings, a series that does not fit the period.
Result<ReductionResult> reductions(const Methodology& methodology, const ReductionInput& input);

} // namespace greenbank::carbon
