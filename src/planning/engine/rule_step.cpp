// rule_step.cpp — see rule_step.h.
#include "planning/engine/rule_step.h"

#include <algorithm>

namespace greenbank::planning {

void rule_step(double load, const std::vector<RuleFirm>& firm, const std::vector<RuleStore>& stores, double sale_max, double hours, std::vector<double>& level,
    RuleStep& now, const std::vector<double>& needs) {
    now.firm.assign(firm.size(), 0), now.in.assign(stores.size(), 0), now.out.assign(stores.size(), 0);
    now.sold = 0;
    double wanted = load;
    for (const double power : now.variable) wanted -= power;
    for (std::size_t i = 0; i < stores.size(); ++i) level[i] *= stores[i].keeps;
    for (std::size_t i = 0; i < stores.size() && wanted > 0; ++i) {
        const double free = needs.empty() ? level[i] : std::max(0.0, level[i] - needs[i]);
        now.out[i] = std::min({stores[i].discharge_max, free / hours, wanted / stores[i].discharge_efficiency});
        wanted -= now.out[i] * stores[i].discharge_efficiency;
    }
    bool runs = false;
    for (std::size_t i = 0; i < firm.size() && wanted > 1e-9; ++i) {
        now.firm[i] = std::max(std::min(wanted, firm[i].most), firm[i].least);
        wanted -= now.firm[i];
        runs = runs || now.firm[i] > 0;
    }
    for (std::size_t i = 0; i < stores.size() && wanted > 1e-12 && !needs.empty(); ++i) { // this step first
        const double more = std::min({stores[i].discharge_max - now.out[i], level[i] / hours - now.out[i], wanted / stores[i].discharge_efficiency});
        if (more > 0) now.out[i] += more, wanted -= more * stores[i].discharge_efficiency;
    }
    if (runs && wanted < 0) // what a unit gives too much first spares the store
        for (std::size_t i = 0; i < stores.size() && wanted < 0; ++i) {
            const double spared = std::min(now.out[i], -wanted / stores[i].discharge_efficiency);
            now.out[i] -= spared;
            wanted += spared * stores[i].discharge_efficiency;
        }
    for (std::size_t i = 0; i < stores.size() && wanted < 0; ++i) {
        if (now.out[i] > 0) continue;
        now.in[i] = std::min({stores[i].charge_max, -wanted, std::max(0.0, stores[i].reservoir - level[i]) / stores[i].charge_efficiency / hours});
        wanted += now.in[i];
    }
    for (std::size_t i = 0; i < stores.size() && !needs.empty(); ++i) { // for later, by what can be had at any time
        if (now.out[i] > 0) continue;
        const double room = (std::min(needs[i], stores[i].reservoir) - level[i]) / stores[i].charge_efficiency / hours;
        double lacking = std::min(stores[i].charge_max, room) - now.in[i];
        for (std::size_t k = 0; k < firm.size() && lacking > 0; ++k) {
            const double more = std::min(firm[k].most - now.firm[k], lacking);
            if (more > 0) now.firm[k] += more, now.in[i] += more, lacking -= more;
        }
    }
    if (wanted < 0) now.sold = std::min(sale_max, -wanted), wanted += now.sold;
    for (double& power : now.variable) { // what nobody takes
        if (wanted >= 0) break;
        const double less = std::min(power, -wanted);
        power -= less, wanted += less;
    }
    for (std::size_t i = 0; i < stores.size(); ++i)
        level[i] = std::clamp(level[i] + (stores[i].charge_efficiency * now.in[i] - now.out[i]) * hours, 0.0, stores[i].reservoir);
    now.unserved = std::max(0.0, wanted), now.dumped = std::max(0.0, -wanted);
}

std::vector<std::vector<double>> later_needs(std::vector<double> over, const std::vector<RuleStore>& stores, double hours) {
    const std::size_t steps = over.size();
    std::vector<std::vector<double>> needs(steps, std::vector<double>(stores.size()));
    for (std::size_t i = 0; i < stores.size(); ++i) {
        const RuleStore& store = stores[i];
        for (std::size_t k = 2 * steps; k-- > 0;) { // backwards, twice round
            const std::size_t t = k % steps;
            const double after = needs[(t + 1) % steps][i];
            const double before = over[t] < 0 ? after + std::min(-over[t] / store.discharge_efficiency, store.discharge_max) * hours
                                              : after - std::min(over[t], store.charge_max) * store.charge_efficiency * hours;
            needs[t][i] = std::clamp(before / store.keeps, 0.0, store.reservoir);
        }
        for (std::size_t t = 0; t < steps; ++t) // the next store has what is left to do
            over[t] += over[t] < 0 ? std::min(-over[t], store.discharge_max * store.discharge_efficiency) : -std::min(over[t], store.charge_max);
    }
    return needs;
}

} // namespace greenbank::planning
