// clearing.cpp — one hour of zones and ties as a program, and what its answer says.
#include <algorithm>
#include <cmath>

#include "planning/engine/sharing/exchange_program.h"

namespace greenbank::planning::sharing {

using Column = solver::StagedProgram::Column;
using Row = solver::StagedProgram::Row;

std::size_t zone_of(const SharingCase& sharing, const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find_if(sharing.zones, [&](const Zone& zone) { return zone.name == name; }) - sharing.zones.begin());
}

HourProgram hour_program(const SharingCase& sharing, std::size_t hour, bool emergency, const Without& without) {
    HourProgram made;
    auto& program = made.program;
    program.stages = 1;
    for (std::size_t z = 0; z < sharing.zones.size(); ++z) {
        const Zone& zone = sharing.zones[z];
        const double demand = at(zone.demand, hour), kept = demand * zone.protected_share;
        made.balances.push_back(program.add(Row{0, demand, demand}));
        made.unserved.push_back(program.add(Column{.stage = 0, .cost = zone.unserved_price, .lower = 0, .upper = demand - kept}));
        made.protected_unserved.push_back(program.add(Column{.stage = 0, .cost = 10 * zone.unserved_price + 1, .lower = 0, .upper = kept}));
        program.enter(made.balances[z], made.unserved[z], 1), program.enter(made.balances[z], made.protected_unserved[z], 1);
        auto& offers = made.offers.emplace_back();
        for (std::size_t o = 0; o < zone.offers.size(); ++o) {
            const Offer& offer = zone.offers[o];
            const double whole = available(zone, offer, hour);
            const double lost = without.offer == std::pair(z, o) ? std::min(whole, offer.largest_unit.value_or(whole)) : 0;
            offers.push_back(program.add(Column{.stage = 0, .cost = offer.price, .lower = 0, .upper = whole - lost}));
            program.enter(made.balances[z], offers.back(), 1);
        }
    }
    std::vector<int> import_rows;
    for (std::size_t z = 0; z < sharing.zones.size(); ++z) {
        const Zone& zone = sharing.zones[z];
        // in an emergency rules of trade rest
        import_rows.push_back(emergency || zone.import_share_max >= 1 || !in_season(sharing, zone.import_months, hour)
                                  ? -1
                                  : program.add(Row{0, -solver::no_limit, zone.import_share_max * at(zone.demand, hour)}));
    }
    for (std::size_t i = 0; i < sharing.ties.size(); ++i) {
        const Tie& tie = sharing.ties[i];
        const std::size_t from = zone_of(sharing, tie.from), to = zone_of(sharing, tie.to);
        const bool lost = without.tie == i;
        const auto [there, back] = limits_of(sharing, tie, hour, emergency);
        // a little for each MWh, so that power does not go round in circles
        const int forward = program.add(Column{.stage = 0, .cost = tie.price + 1e-4, .lower = 0, .upper = lost ? 0 : there});
        const int backward = program.add(Column{.stage = 0, .cost = tie.price + 1e-4, .lower = 0, .upper = lost ? 0 : back});
        made.forward.push_back(forward), made.backward.push_back(backward);
        for (const auto& [column, sender, taker] : {std::tuple(forward, from, to), {backward, to, from}}) {
            program.enter(made.balances[sender], column, -1), program.enter(made.balances[taker], column, 1 - tie.loss);
            if (import_rows[sender] >= 0) program.enter(import_rows[sender], column, -1);
            if (import_rows[taker] >= 0) program.enter(import_rows[taker], column, 1 - tie.loss);
        }
    }
    return made;
}

Exchange empty_exchange(const SharingCase& sharing) {
    const auto hours = static_cast<std::size_t>(sharing.hours);
    Exchange exchange;
    for (const Zone& zone : sharing.zones) exchange.generation.emplace_back(zone.offers.size(), std::vector<double>(hours));
    exchange.flows.assign(sharing.ties.size(), std::vector<double>(hours)), exchange.received = exchange.flows;
    exchange.unserved.assign(sharing.zones.size(), std::vector<double>(hours)), exchange.prices = exchange.unserved;
    exchange.delivered.assign(sharing.contracts.size(), std::vector<double>(hours)), exchange.returned = exchange.delivered;
    exchange.fell_short.assign(sharing.contracts.size(), 0);
    return exchange;
}

void write_hour(const SharingCase& sharing, const HourProgram& hour, const solver::StagedAnswer& answer, std::size_t at, Exchange& exchange) {
    const auto value = [&](int column) { return answer.columns[static_cast<std::size_t>(column)]; };
    for (std::size_t z = 0; z < sharing.zones.size(); ++z) {
        for (std::size_t o = 0; o < hour.offers[z].size(); ++o) {
            exchange.generation[z][o][at] = value(hour.offers[z][o]);
            exchange.cost += exchange.generation[z][o][at] * sharing.zones[z].offers[o].price;
        }
        exchange.unserved[z][at] = value(hour.unserved[z]) + value(hour.protected_unserved[z]);
        exchange.cost += exchange.unserved[z][at] * sharing.zones[z].unserved_price;
        if (!answer.prices.empty()) exchange.prices[z][at] = answer.prices[static_cast<std::size_t>(hour.balances[z])];
    }
    for (std::size_t i = 0; i < sharing.ties.size(); ++i) {
        const double forward = value(hour.forward[i]), backward = value(hour.backward[i]), kept = 1 - sharing.ties[i].loss;
        exchange.flows[i][at] = forward - backward;
        exchange.received[i][at] = kept * (forward - backward);
        exchange.cost += (forward + backward) * sharing.ties[i].price;
    }
}

} // namespace greenbank::planning::sharing
