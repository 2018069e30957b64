// plans.h — what a site means to do, hour by hour, so that what it did can be compared; from the planner or typed in.
#pragma once

#include "api/api.h"
#include "energy/sites/records.h"

namespace greenbank::energy {

/// Values of one channel's plan from a moment on. Where plans overlap, the one that was entered later holds.
struct SitePlan {
    static constexpr std::string_view id_prefix = "siteplan";
    Id<SitePlan> id;
    Id<Organisation> organisation;
    Id<Site> site;
    std::string channel; // a key: "pv_power"
    std::string unit;
    Time starts_at;
    std::int64_t step_seconds = 3600;
    std::vector<double> values;
    std::string source; // "day-ahead plan of 28 November"
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const SitePlan*);

/// All plans of one channel, the latest first.
struct PlanSeries {
    std::string unit;
    std::vector<SitePlan> plans;
};
Result<std::optional<PlanSeries>> read_plan(Transaction& transaction, const Id<Site>& site, const std::string& channel);
/// Each step that begins in [from, to), by time; a moment's value is that of the latest plan.
std::vector<std::pair<Time, double>> planned_values(const PlanSeries& series, Time from, Time to);
/// What holds at a moment.
std::optional<double> planned_at(const PlanSeries& series, Time at);
/// The value times hours over [from, to): kW become kWh. Nothing where no part of it is planned.
std::optional<double> planned_sum(const PlanSeries& series, Time from, Time to);

std::vector<Endpoint> plan_endpoints();

} // namespace greenbank::energy
