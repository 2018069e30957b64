// dispatch.h — running a site whose sizes are known, hour by hour with a window ahead; the rules it is compared with; and outages.
#pragma once

#include "kernel/random.h"
#include "planning/engine/sizing.h"

namespace greenbank::planning {

struct DispatchOptions {
    int horizon = 48;          // steps that are looked ahead
    double error = 0;          // deviation of the forecast one step ahead, as a share; it grows with the root of the lead
    std::uint64_t seed = 1;    // of the forecast's errors
    double unserved_price = 0; // where a demand has none; 0: ten times the dearest source
    /// Worth of a MWh kept at the end of a window, by storage and step; empty: nothing.
    std::vector<std::vector<double>> end_values = {};
    /// Added to the cost of a MWh of each source: what caps of the year are worth. Empty: nothing.
    std::vector<double> cap_prices = {};
    std::vector<double> start_levels = {}; // MWh; empty: half full
    solver::Stop stop = {};
};

struct Schedule {
    bool complete = false;
    double cost = 0;                                      // running, caps priced, unserved priced
    double unserved = 0, curtailed = 0, level_change = 0; // MWh; the last of all stores together
    double worst_balance = 0, worst_step = 0;             // largest deviation of a balance and of a level from what flows make of it
    int iterations = 0;
    std::vector<std::string> columns;
    std::vector<std::vector<double>> values; // by column and step
    std::vector<std::vector<double>> levels; // by storage and step, at its end
};

/// The columns of a schedule of the site: sources, sales, converters, what goes into stores and out of them and their levels, demands and what is not served.
void name_columns(const Site& site, Schedule& schedule);

/// Sizes that every asset of the site must have (`size`).
bool sizes_known(const Site& site);
/// The site with the sizes of a plan.
Site with_sizes(Site site, const Plan& plan);

/// Decides each step with a window ahead, the state carried exactly. Minimum load and minimum times are kept step by step.
Schedule dispatch(const Site& site, const Series& series, const DispatchOptions& options);

enum class Rule { load_following, cycle_charging };
/// What an automatic controller does without looking ahead; one bus of electricity only.
Schedule dispatch_by_rule(const Site& site, const Series& series, Rule rule, const DispatchOptions& options);

/// The chance that the site serves all its load for 1, 2 … `hours_max` steps when `lost` kind of source fails at any step of the schedule.
std::vector<double> survival(const Site& site, const Series& series, const Schedule& schedule, SourceKind lost, int steps_max);

/// What a site of known sizes costs, emits and fails to serve in a year, in a moment: by a controller that follows the load and keeps what later shortage
/// will need; by the cheapest hours where several buses have few of them, or units have a least load or a ramp. Requirements are not asked for; of a demand
/// without a price what is not served costs nothing and is only told.
Plan estimate(const Site& site, const Series& series, const solver::Stop& stop = {});

} // namespace greenbank::planning
