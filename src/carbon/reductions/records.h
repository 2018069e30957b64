// records.h — what reductions store: a reduction project (methodology, stated values, meters), its monitoring periods with readings, and what was verified.
// Structs of the engines are described here, so that a report is stored and sent as the engine made it.
#pragma once

#include "carbon/engine/methodology.h"
#include "carbon/engine/reduction_states.h"
#include "carbon/factors/records.h"
#include "carbon/reductions/verified.h"

namespace greenbank::carbon {

using parties::Organisation;

Record describe(const Calibration*);
Record describe(const Meter*);
Record describe(const CalibrationRule*);
Record describe(const GapRule*);
Record describe(const DeductionRule*);
Record describe(const MethodologyParameter*);
Record describe(const MethodologyEquation*);
Record describe(const Methodology*);
Record describe(const StatedValue*);
Record describe(const Gap*);
Record describe(const MeterStretch*);
Record describe(const ParameterValue*);
Record describe(const ParameterResult*);
Record describe(const EquationResult*);
Record describe(const ReductionResult*);

/// What measures a parameter, as the monitoring plan says: readings are fetched from there, or brought as tables.
struct ParameterChannel {
    std::string parameter, channel; // of the energy room
};
Record describe(const ParameterChannel*);

/// Who did what when, as both sides read it.
struct ReductionStep {
    ReductionAction action = ReductionAction::submit;
    ReductionState before = ReductionState::draft, after = ReductionState::draft;
    std::string organisation, person_name;
    std::optional<std::string> reason;
    Time at;
};
Record describe(const ReductionStep*);

struct ReductionProject {
    static constexpr std::string_view id_prefix = "reduction";
    Id<ReductionProject> id;
    Id<projects::Project> project;
    std::string owner; // the organisation that entered it: the project's owner
    Text title, summary;
    std::string methodology, methodology_edition;
    std::optional<Id<Organisation>> assessor;
    Date starts_on, ends_on; // in between reductions count
    std::vector<StatedValue> stated;
    std::vector<Meter> meters;
    std::vector<ParameterChannel> channels;
    ReductionState state = ReductionState::draft;
    std::string submitted_by, judged_by, confirmed_by;
    Text opinion; // of the validation
    std::vector<ReductionStep> steps;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const ReductionProject*);

/// Where a parameter's readings of a period came from.
struct ReadingsSource {
    std::string parameter, source; // a file's name, or a channel
    std::int64_t readings = 0, missing = 0;
};
Record describe(const ReadingsSource*);

struct MonitoringPeriod {
    static constexpr std::string_view id_prefix = "monitoring";
    Id<MonitoringPeriod> id;
    Id<ReductionProject> reduction;
    std::string owner;
    std::optional<Id<Organisation>> assessor;
    Date from, until; // both days belong to it, in one calendar year
    std::vector<ReadingsSource> sources;
    std::optional<ReductionResult> report; // as it was submitted
    ReductionState state = ReductionState::draft;
    std::string submitted_by, judged_by, confirmed_by;
    Text opinion;
    std::int64_t correction_kg = 0; // taken off by the assessor
    std::optional<std::string> correction_reason;
    std::optional<std::int64_t> verified_kg;
    std::optional<Id<VerifiedReduction>> verified;
    std::vector<ReductionStep> steps;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const MonitoringPeriod*);

/// The readings of one parameter in one period; a missing one is an empty place between commas.
struct MonitoringSeries {
    static constexpr std::string_view id_prefix = "readings";
    Id<MonitoringSeries> id;
    Id<MonitoringPeriod> period;
    std::string parameter;
    Time begins_at;
    std::int64_t interval_minutes = 60;
    std::string readings;
    bool sample = false;
};
Record describe(const MonitoringSeries*);

std::string to_readings(const std::vector<double>& readings);
std::vector<double> from_readings(std::string_view text);
inline Series to_series(const MonitoringSeries& stored) { return {stored.begins_at, minutes(stored.interval_minutes), from_readings(stored.readings)}; }

} // namespace greenbank::carbon

namespace greenbank {
template <> struct Choices<carbon::Accumulation> {
    static constexpr std::string_view name = "accumulation";
    static constexpr std::string_view values[] = {"sum", "mean"};
};
template <> struct Choices<carbon::Bearing> {
    static constexpr std::string_view name = "bearing";
    static constexpr std::string_view values[] = {"raises", "lowers"};
};
template <> struct Choices<carbon::ParameterKind> {
    static constexpr std::string_view name = "parameter_kind";
    static constexpr std::string_view values[] = {"fixed", "project", "monitored"};
};
template <> struct Choices<carbon::EquationRole> {
    static constexpr std::string_view name = "equation_role";
    static constexpr std::string_view values[] = {"intermediate", "baseline", "project", "leakage"};
};
template <> struct Choices<carbon::CalibrationState> {
    static constexpr std::string_view name = "calibration_state";
    static constexpr std::string_view values[] = {"valid", "lapsed", "never"};
};
} // namespace greenbank
