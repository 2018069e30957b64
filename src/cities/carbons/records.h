// records.h — the four carbons as records: scenarios of the peak, targets with their months and appeals, assessments of new projects; what firms hold is read from
// the market and kept nowhere.
#pragma once

#include "cities/engine/accountability.h"
#include "cities/engine/peak.h"
#include "cities/territories/records.h"
#include "projects/projects.h"

namespace greenbank::cities {

struct ScenarioSector {
    std::string code;
    Text name;
    std::int64_t kg = 0; // of the base year
    double share_percent = 0, share_change_percent = 0, intensity_change_percent = 0, intensity_spread_percent = 0;
};
Record describe(const ScenarioSector*);
/// A measure, best a technology of the library.
struct ScenarioMeasure {
    Text name;
    std::optional<Id<library::Technology>> technology;
    std::string sector;
    std::int64_t from_year = 2026, ramp_years = 3, kg = 0;
    Money cost_per_tonne;
};
Record describe(const ScenarioMeasure*);

struct PeakScenario {
    static constexpr std::string_view id_prefix = "peak";
    Id<PeakScenario> id;
    Id<Territory> territory;
    std::string owner;
    Text title;
    std::int64_t base_year = 2024, until_year = 2040;
    double growth_percent = 0, growth_end_percent = 0, growth_spread_percent = 0;
    std::vector<ScenarioSector> sectors;
    std::vector<ScenarioMeasure> measures;
    std::string source;
    std::optional<std::int64_t> promised_year;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const PeakScenario*);

enum class TargetKind { absolute, intensity };
struct TargetMonth {
    std::int64_t month = 1, kg = 0;
    std::string evidence;
};
Record describe(const TargetMonth*);
enum class AppealState { open, granted, refused };
struct TargetAppeal {
    std::string text, person_name;
    Time at;
    AppealState state = AppealState::open;
    std::optional<std::string> answer, answered_by_name;
    std::optional<Time> answered_at;
};
Record describe(const TargetAppeal*);

/// What a district or a firm may give off in a year.
struct CarbonTarget {
    static constexpr std::string_view id_prefix = "target";
    Id<CarbonTarget> id;
    Id<Territory> territory; // for which it is set, or in which the firm is
    std::string owner;       // who sets it
    Id<Organisation> responsible;
    Text title;
    std::int64_t year = 2026;
    TargetKind kind = TargetKind::absolute;
    std::optional<std::int64_t> limit_kg;
    std::optional<double> limit_per_output, output; // kg a unit; units expected in the year
    std::optional<std::string> output_unit;
    std::vector<TargetMonth> months;
    std::vector<std::int64_t> last_year_kg; // twelve, or none
    std::vector<TargetAppeal> appeals;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CarbonTarget*);

/// raised: nobody has said yet what is done. closed: the forecast lies within the limit again.
enum class WarningState { raised, answered, closed };
enum class WarningStepKind { raised, forecast, answered, closed };
struct WarningStep {
    WarningStepKind kind = WarningStepKind::raised;
    Time at;
    std::int64_t months = 0, forecast_kg = 0; // as they were then
    std::string person_name, text;            // of an answer
};
Record describe(const WarningStep*);

/// The red light of a target, from the report that showed it until one that takes it away; at most one of a target is open.
struct TargetWarning {
    static constexpr std::string_view id_prefix = "targetwarning";
    Id<TargetWarning> id;
    Id<CarbonTarget> target;
    std::string owner; // who set the target
    Id<Organisation> responsible;
    Text title;
    std::int64_t year = 2026, months = 0, forecast_kg = 0, limit_kg = 0;
    WarningState state = WarningState::raised;
    std::vector<WarningStep> steps;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const TargetWarning*);

/// A new project held against intensity, space and the best technology; again with measured data once it runs.
struct CarbonAssessment {
    static constexpr std::string_view id_prefix = "assessment";
    Id<CarbonAssessment> id;
    Id<Territory> territory;
    std::string owner;
    std::optional<Id<projects::Project>> project;
    Text title;
    double output = 0;
    std::string output_unit;
    std::int64_t kg = 0; // expected a year
    double ceiling_kg = 0;
    std::optional<double> advanced_kg;
    std::optional<Id<library::Technology>> best_technology;
    std::optional<Id<CarbonTarget>> target; // its limit less its forecast is the space
    std::optional<std::int64_t> space_kg;   // where no target says it
    std::string source;                     // of ceiling and space
    FactorStatus status = FactorStatus::sample;
    std::optional<Text> conditions;
    std::optional<std::int64_t> measured_kg, measured_year;
    std::optional<double> measured_output;
    std::optional<Id<energy::Channel>> kg_channel, output_channel; // what they count in the measured year is fetched
    std::optional<std::string> measured_evidence;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CarbonAssessment*);

} // namespace greenbank::cities

namespace greenbank {
template <> struct Choices<cities::TargetKind> { static constexpr std::string_view name = "target_kind", values[] = {"absolute", "intensity"}; };
template <> struct Choices<cities::AppealState> { static constexpr std::string_view name = "appeal_state", values[] = {"open", "granted", "refused"}; };
template <> struct Choices<cities::WarningState> {
    static constexpr std::string_view name = "target_warning_state", values[] = {"raised", "answered", "closed"};
};
template <> struct Choices<cities::WarningStepKind> {
    static constexpr std::string_view name = "target_warning_step", values[] = {"raised", "forecast", "answered", "closed"};
};
template <> struct Choices<cities::CarbonLight> { static constexpr std::string_view name = "carbon_light", values[] = {"green", "yellow", "red"}; };
template <> struct Choices<cities::LightReason> {
    static constexpr std::string_view name = "light_reason", values[] = {"above_ceiling", "above_space", "above_advanced", "takes_much_space", "no_output"};
};
} // namespace greenbank
