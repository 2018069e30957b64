// records.h — what is planned and what came of it: studies with their plant and series, plans with sizes, costs and every hour.
#pragma once

#include "energy/sites/records.h"
#include "planning/engine/sizing.h"

namespace greenbank::planning {

using parties::Organisation;
using projects::Project;

/// A site that is to be planned, with the series that its parts read. Plans are made of it with requirements of their own.
struct Study {
    static constexpr std::string_view id_prefix = "study";
    Id<Study> id;
    Id<Organisation> organisation;
    Text title, about;
    std::optional<Id<Project>> project;
    std::optional<Id<energy::Site>> monitored; // where plans are sent to be compared with what is measured
    std::string currency = "CNY";
    Site plant;
    Time starts_at;         // of the first step
    std::int64_t steps = 0; // of the series; 0: there is none yet
    std::string series_source;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Study*);

/// One column of a study's series.
struct StudyColumn {
    static constexpr std::string_view id_prefix = "studycolumn";
    Id<StudyColumn> id;
    Id<Study> study;
    std::int64_t number = 0;
    std::string name;
    std::vector<double> values;
};
Record describe(const StudyColumn*);

/// By the outcome of its job; `failed`: there is no plan, and the result may say why.
enum class PlanState { queued, done, failed };
/// What a column of the schedule tells of its part.
enum class ColumnRole { source, sale, converter, charge, discharge, level, demand, unserved, price };

struct PlanColumnName {
    std::string name, part;
    ColumnRole role = ColumnRole::source;
    SourceKind kind = SourceKind::other; // of a source
    std::string unit;
};
Record describe(const PlanColumnName*);

struct PlanSize {
    std::string part, role, unit;
    double size = 0;
    Money investment, capital, fixed; // once; a year
};
Record describe(const PlanSize*);

struct PlanPartFlow {
    std::string part, kind;
    double energy = 0, carbon = 0; // MWh and t a year
    Money running;
    std::optional<double> curtailed;
};
Record describe(const PlanPartFlow*);

struct PlanPrice {
    RequirementKind requirement = RequirementKind::demand;
    std::string part;
    double limit = 0;
    Money price; // a year's cost falls by this when the limit is one unit wider (t, MWh)
};
Record describe(const PlanPrice*);

struct PlanShortfall {
    RequirementKind requirement = RequirementKind::demand;
    std::string part, unit;
    double amount = 0;
};
Record describe(const PlanShortfall*);

struct PlanResult {
    Plan::Outcome outcome = Plan::Outcome::stopped;
    Money cost, bound, investment, cost_per_mwh; // a year; once; of the load
    double gap = 0, load = 0, carbon = 0, renewable_share = 0, curtailed = 0, hours_without_diesel = 0, balance_error = 0;
    std::string method;
    std::int64_t iterations = 0;
    std::vector<PlanSize> sizes;
    std::vector<PlanPartFlow> flows;
    std::vector<PlanPrice> prices;
    std::vector<PlanColumnName> columns;
    std::vector<double> survival; // chance that all load is served for 1, 2 … hours when the diesel fails
    std::vector<PlanShortfall> conflict, relaxation;
};
Record describe(const PlanResult*);

struct EnergyPlan {
    static constexpr std::string_view id_prefix = "plan";
    Id<EnergyPlan> id;
    Id<Study> study;
    Id<Organisation> organisation;
    Text title;
    std::optional<double> renewable_share_min, carbon_max, autonomy_days; // instead of those of the study
    std::int64_t seconds_max = 300;
    PlanState state = PlanState::queued;
    std::string job;
    std::optional<PlanResult> result;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const EnergyPlan*);

/// One column of a plan's schedule, a value each step.
struct PlanColumn {
    static constexpr std::string_view id_prefix = "plancolumn";
    Id<PlanColumn> id;
    Id<EnergyPlan> plan;
    std::int64_t number = 0;
    std::string name;
    std::vector<double> values;
};
Record describe(const PlanColumn*);

/// renewable_share, carbon_price: the plan at each of the values. near_optimal: how far each size may go where a year costs at most so much more.
enum class ExplorationKind { renewable_share, carbon_price, near_optimal };

struct ExplorationPoint {
    double value = 0;
    Plan::Outcome outcome = Plan::Outcome::stopped;
    Money cost, investment; // of a year, without what a price of carbon takes; once
    double gap = 0, carbon = 0, renewable_share = 0;
    std::vector<PlanSize> sizes;
};
Record describe(const ExplorationPoint*);

struct SizeRange {
    double slack = 0; // of the cheapest cost
    std::string part, role, unit;
    double least = 0, cheapest = 0, most = 0;
};
Record describe(const SizeRange*);

/// A study seen from several sides: plans over a range of one requirement, or the plans near the cheapest one.
struct PlanExploration {
    static constexpr std::string_view id_prefix = "exploration";
    Id<PlanExploration> id;
    Id<Study> study;
    std::optional<Id<EnergyPlan>> plan; // whose requirements hold; absent: the study's
    Id<Organisation> organisation;
    ExplorationKind kind = ExplorationKind::renewable_share;
    std::vector<double> values; // shares, prices of a t, or slacks
    PlanState state = PlanState::queued;
    std::string job;
    std::vector<ExplorationPoint> points;
    std::vector<SizeRange> ranges;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const PlanExploration*);

/// The plant of a study with the requirements of a plan.
Site plant_of(const Study& study, const EnergyPlan& plan);
/// What an engine's answer says in money and names; without its hours.
PlanResult result_of(const Site& site, const Plan& plan, const std::string& currency);

} // namespace greenbank::planning

namespace greenbank {
template <> struct Choices<planning::PlanState> {
    static constexpr std::string_view name = "plan_state";
    static constexpr std::string_view values[] = {"queued", "done", "failed"};
};
template <> struct Choices<planning::ExplorationKind> {
    static constexpr std::string_view name = "plan_exploration_kind";
    static constexpr std::string_view values[] = {"renewable_share", "carbon_price", "near_optimal"};
};
template <> struct Choices<planning::ColumnRole> {
    static constexpr std::string_view name = "plan_column_role";
    static constexpr std::string_view values[] = {"source", "sale", "converter", "charge", "discharge", "level", "demand", "unserved", "price"};
};
template <> struct Choices<planning::RequirementKind> {
    static constexpr std::string_view name = "plan_requirement";
    static constexpr std::string_view values[] = {"demand", "carbon", "renewable_share", "energy_share", "reserve", "autonomy", "largest_size"};
};
template <> struct Choices<planning::Plan::Outcome> {
    static constexpr std::string_view name = "plan_outcome";
    static constexpr std::string_view values[] = {"optimal", "best_so_far", "infeasible", "unbounded", "stopped"};
};
} // namespace greenbank
