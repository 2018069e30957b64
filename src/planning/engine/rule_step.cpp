// rule_step.cpp — see rule_step.h.
#include "planning/engine/rule_step.h"

#include <algorithm>

namespace greenbank::planning {

void rule_step(double load, const std::vector<RuleFirm>& firm, const std::vector<RuleStore>& stores, double sale_max, double hours, std::vector<double>& level,
    RuleStep& now) {
    now.firm.assign(firm.size(), 0), now.in.assign(stores.size(), 0), now.out.assign(stores.size(), 0);
    now.sold = 0;
    double wanted = load;
    for (const double power : now.variable) wanted -= power;
    for (std::size_t i = 0; i < stores.size(); ++i) level[i] *= stores[i].keeps;
    for (std::size_t i = 0; i < stores.size() && wanted > 0; ++i) {
        now.out[i] = std::min({stores[i].discharge_max, level[i] / hours, wanted / stores[i].discharge_efficiency});
        wanted -= now.out[i] * stores[i].discharge_efficiency;
    }
    bool runs = false;
    for (std::size_t i = 0; i < firm.size() && wanted > 1e-9; ++i) {
        now.firm[i] = std::max(std::min(wanted, firm[i].most), firm[i].least);
        wanted -= now.firm[i];
        runs = runs || now.firm[i] > 0;
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

} // namespace greenbank::planning
