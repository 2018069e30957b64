// rule_step.h — one step of one bus as a controller runs it that looks no step ahead: what is free first, then stores, then what can be had at any time.
#pragma once

#include <vector>

namespace greenbank::planning {

struct RuleStore {
    double charge_max = 0, discharge_max = 0, reservoir = 0; // MW seen from the bus, MW seen from the store, MWh
    double charge_efficiency = 1, discharge_efficiency = 1;
    double keeps = 1; // what is left of a MWh after a step
};

/// What can be had at any time. `least`: what it gives once it runs; above that it follows what is wanted.
struct RuleFirm {
    double least = 0, most = 0;
};

struct RuleStep {
    std::vector<double> variable, firm, in, out; // MW; out at the store
    double sold = 0, unserved = 0, dumped = 0;
};

/// `now.variable` comes with what is there and leaves with what is used. Firm ones are taken in their order. Levels go on to the step's end.
/// `needs`: what a later shortage will want of each store, MWh at the step's end; it is touched when nothing else serves. Empty: nothing.
void rule_step(double load, const std::vector<RuleFirm>& firm, const std::vector<RuleStore>& stores, double sale_max, double hours, std::vector<double>& level,
    RuleStep& now, const std::vector<double>& needs = {});

/// By step and store: what must be in it at the beginning so that later shortage is served, round the year. `over`: what there is beyond the load, MW.
std::vector<std::vector<double>> later_needs(std::vector<double> over, const std::vector<RuleStore>& stores, double hours);

} // namespace greenbank::planning
