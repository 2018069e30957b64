// zero_plans.h — plans of islands to zero, step by step, and what was measured on the way.
#pragma once

#include "cities/carbons/carbons.h"
#include "cities/engine/zero_path.h"
#include "cities/territories/territories.h"
#include "planning/studies/records.h"

namespace greenbank::cities {

struct ZeroStep {
    std::int64_t year = 2027, kg = 0;
    Text measure;
    std::optional<std::string> energy_plan; // of the planning room
};
Record describe(const ZeroStep*);

struct ZeroPlan {
    static constexpr std::string_view id_prefix = "zeroplan";
    Id<ZeroPlan> id;
    Id<Territory> territory;
    std::string owner;
    Text title;
    std::int64_t base_year = 2025, base_kg = 0, zero_year = 2035;
    std::vector<ZeroStep> steps;
    std::string source;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const ZeroPlan*);
Record describe(const ZeroYear*);

/// What an energy plan that a step names says of the year from then on.
struct StepEnergy {
    std::int64_t year = 0;
    Id<planning::EnergyPlan> energy_plan;
    Text title;
    double load = 0, renewable_share = 0, carbon = 0, hours_without_diesel = 0; // MWh, 0 to 1, t, h a year
    Money cost, investment;                                                     // a year; once
    std::vector<planning::PlanSize> sizes;
};
Record describe(const StepEnergy*);

/// The path with the balances that the island has finished.
ZeroPath path_of(const ZeroPlan& plan, const std::vector<FinalYear>& years);

/// A plan among others.
struct ZeroSummary {
    Id<ZeroPlan> id;
    Text title;
    std::int64_t zero_year = 0;
    std::vector<ZeroYear> years;
    std::optional<std::int64_t> measured_year, behind_kg;
    std::vector<StepEnergy> energy;
};
Record describe(const ZeroSummary*);
/// The plan of a territory that holds: the newest.
Result<std::optional<ZeroPlan>> newest_zero_plan(Transaction& transaction, const Id<Territory>& territory);
Result<ZeroSummary> zero_summary_of(Transaction& transaction, const ZeroPlan& plan, const std::vector<FinalYear>& years);

std::vector<Endpoint> zero_plan_endpoints();

} // namespace greenbank::cities
