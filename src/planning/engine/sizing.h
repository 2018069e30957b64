// sizing.h — the cheapest sizes of a site with the plan of every hour, proven; what it means in cost, carbon and hours; and why there is none.
#pragma once

#include "planning/engine/sizing_program.h"

namespace greenbank::planning {

struct SizedAsset {
    std::string part, role, unit; // role: source, converter, charger, discharger, reservoir
    double size = 0, capital_per_year = 0, fixed_per_year = 0;
};

struct PartFlow {
    std::string part, kind; // source, sale, converter, storage, demand (not served)
    double energy_per_year = 0, running_per_year = 0, carbon_per_year = 0;
    std::optional<double> curtailed_per_year; // of a source with a series
};

struct ShadowPrice {
    RequirementKind kind;
    std::string part;
    double limit = 0, price = 0; // what a year's cost falls when the limit is one unit wider (t, MWh)
};

struct Shortfall {
    RequirementKind kind;
    std::string part;
    double amount = 0;     // MWh not served over the series, t, MWh, MW; in a conflict: the limit as it was asked
    std::string unit = {}; // of the amount; of a share: none
};

struct Plan {
    enum class Outcome { optimal, best_so_far, infeasible, unbounded, stopped };
    Outcome outcome = Outcome::stopped;
    double cost_per_year = 0, bound = 0, gap = 0;
    std::string method; // interior point, dual simplex
    int iterations = 0;
    std::vector<SizedAsset> assets;
    std::vector<PartFlow> flows;
    double load_energy = 0, carbon = 0, renewable_share = 0, balance_error = 0; // MWh and t a year
    double hours_without_diesel = 0;
    std::vector<ShadowPrice> prices;
    std::vector<std::string> columns;          // of the schedule
    std::vector<std::vector<double>> schedule; // by column and step, MW; levels in MWh, prices per MWh
    // where there is no plan
    std::vector<Shortfall> conflict;   // these cannot all be kept; leave one out and the others can
    std::vector<Shortfall> relaxation; // the smallest sum of what must be given up
};

struct SizingOptions {
    double gap = 1e-7;
    bool simplex = false; // CLP instead of the interior point
    solver::Stop stop = {};
};

Plan plan_site(const Site& site, const Series& series, const SizingOptions& options = {});

/// Of the electricity that is served, what is not from other sources, 0 to 1. The requirement, plans and estimates mean this.
double renewable_share(double from_other_sources, double served);

/// Sizes, flows and prices of an answer.
Plan read_plan(const Site& site, const Series& series, const SizingProgram& sizing, const solver::StagedAnswer& answer);

/// Only whole units where the site asks for them: branch and bound over the sizes. Each answer keeps a proven bound.
Plan plan_site_whole(const Site& site, const Series& series, const SizingOptions& options = {});

/// Fills `conflict` and `relaxation`. False where no contradiction is seen.
///
/// Several steps made into one by their means serve whatever the single steps serve: what contradicts itself there, contradicts itself here. So the
/// conflict is looked for in long steps first; `long_steps_only` leaves it at that.
bool explain_infeasible(const Site& site, const Series& series, const SizingOptions& options, Plan& plan, bool long_steps_only = false);

/// The site for steps so much longer. Its stores lose nothing: what leaves them within a long step would be charged for losses that it never had.
Site in_long_steps(Site site, std::size_t count);
/// Means of `count` steps each; what is left over at the end is dropped.
Series in_long_steps(const Series& series, std::size_t count);

struct Alternative {
    std::string part, role;
    bool most = false; // as much of it as the cost allows, or as little
    Plan plan;
};
/// For each size the least and the most of it in plans that cost at most 1 + `slack` of the cheapest.
std::vector<Alternative> near_optimal(const Site& site, const Series& series, double cheapest, double slack, const SizingOptions& options = {});

} // namespace greenbank::planning
