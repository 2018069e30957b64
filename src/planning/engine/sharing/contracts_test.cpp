// contracts_test.cpp — what must flow does, in its season and up to its cap, protected customers first and by priority; swaps come back; borders and outages.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "kernel/random.h"
#include "planning/engine/sharing/exchange_program.h"
#include "solver/staged_simplex.h"

namespace greenbank::planning::sharing {

namespace {

Zone place(std::string name, double demand, std::vector<Offer> offers, double protected_share = 0.2) {
    Zone one;
    one.name = std::move(name), one.demand = {demand}, one.offers = std::move(offers), one.protected_share = protected_share;
    return one;
}

Contract firm(std::string name, std::string seller, std::string buyer, double power, std::int64_t priority = 1) {
    Contract one;
    one.name = std::move(name), one.seller = std::move(seller), one.buyer = std::move(buyer);
    one.power = power, one.price = 30, one.priority = priority, one.kind = ContractKind::must_take;
    return one;
}

SharingCase pair_of(double limit) {
    SharingCase sharing;
    sharing.zones = {place("north", 100, {{"coal", {300}, 40, 0.9}}), place("south", 100, {{"water", {300}, 10, 0}})};
    sharing.ties = {{"link", "north", "south", limit, limit, {}, {}, 0, 0}};
    return sharing;
}

double net_import(const SharingCase& sharing, const Exchange& exchange, std::size_t zone, std::size_t hour) {
    double net = 0;
    for (std::size_t i = 0; i < sharing.ties.size(); ++i) {
        const double flow = exchange.flows[i][hour], kept = 1 - sharing.ties[i].loss;
        if (sharing.ties[i].to == sharing.zones[zone].name) net += flow > 0 ? kept * flow : flow;
        if (sharing.ties[i].from == sharing.zones[zone].name) net -= flow > 0 ? flow : kept * flow;
    }
    return net;
}

} // namespace

TEST_CASE("what must flow does, though it is dearer; what may flow moves only money") {
    SharingCase sharing = pair_of(50);
    CHECK(clear(sharing).flows[0][0] == doctest::Approx(-50)); // the cheap water goes north
    sharing.contracts = {firm("coal", "north", "south", 30)};
    const Exchange exchange = clear(sharing);
    CHECK(exchange.flows[0][0] == doctest::Approx(30));
    CHECK(exchange.delivered[0][0] == doctest::Approx(30));
    CHECK(settle_contracts(sharing, exchange)[0].energy == doctest::Approx(30));
    sharing.contracts[0].power = 80;
    CHECK(clear(sharing).fell_short[0] == doctest::Approx(30)); // the tie carries 50
    sharing.contracts[0].kind = ContractKind::up_to;            // nobody takes coal for 30 where water costs 10
    CHECK(clear(sharing).flows[0][0] == doctest::Approx(-50));
    CHECK(settle_contracts(sharing, clear(sharing))[0].energy == 0);
    std::swap(sharing.contracts[0].seller, sharing.contracts[0].buyer); // but the north takes water for 30
    CHECK(settle_contracts(sharing, clear(sharing))[0].energy == doctest::Approx(50));
    sharing.contracts[0].price = 41;
    CHECK(settle_contracts(sharing, clear(sharing))[0].energy == 0);
}

TEST_CASE("protected customers of the seller come before its contracts, its other customers after them") {
    SharingCase sharing;
    sharing.zones = {place("seller", 100, {{"all", {60}, 10, 0}}, 0.5), place("buyer", 100, {{"own", {100}, 20, 0}})};
    sharing.ties = {{"link", "seller", "buyer", 100, 0, {}, {}, 0, 0}};
    sharing.contracts = {firm("sold", "seller", "buyer", 40)};
    const Exchange exchange = clear(sharing);
    CHECK(exchange.delivered[0][0] == doctest::Approx(10));
    CHECK(exchange.unserved[0][0] == doctest::Approx(50));
}

TEST_CASE("priority 1 flows first; of one priority the same share of each, then what each still can") {
    SharingCase sharing;
    sharing.zones = {place("a", 0, {{"all", {500}, 90, 0}}), place("b", 100, {{"own", {100}, 20, 0}}), place("c", 100, {{"own", {100}, 20, 0}})};
    sharing.ties = {{"ab", "a", "b", 60, 0, {}, {}, 0, 0}, {"bc", "b", "c", 100, 0, {}, {}, 0, 0}};
    sharing.contracts = {firm("later", "a", "b", 40, 2), firm("first", "a", "c", 40, 1)};
    Exchange exchange = clear(sharing);
    CHECK(exchange.delivered[1][0] == doctest::Approx(40));
    CHECK(exchange.delivered[0][0] == doctest::Approx(20));
    sharing.contracts[0].priority = 1;
    exchange = clear(sharing);
    CHECK(exchange.delivered[0][0] == doctest::Approx(30));
    CHECK(exchange.delivered[1][0] == doctest::Approx(30));
    sharing.ties[1].forward = 10; // c can have no more than 10; b has what is left
    exchange = clear(sharing);
    CHECK(exchange.delivered[1][0] == doctest::Approx(10));
    CHECK(exchange.delivered[0][0] == doctest::Approx(40));
}

TEST_CASE("a season and a month's cap; what a swap owes is told by month and comes back") {
    SharingCase sharing = pair_of(50);
    sharing.starts_at = parse_time("2026-06-30T21:00:00Z"), sharing.hours = 6; // three hours of June, three of July
    sharing.contracts = {firm("june", "north", "south", 20)};
    sharing.contracts[0].months = {6}, sharing.contracts[0].energy_max = 50;
    Exchange exchange = clear(sharing);
    CHECK(exchange.delivered[0] == std::vector<double>{exchange.delivered[0][0], exchange.delivered[0][1], exchange.delivered[0][2], 0, 0, 0});
    CHECK(exchange.delivered[0][1] == doctest::Approx(20));
    CHECK(exchange.delivered[0][2] == doctest::Approx(10)); // 50 MWh in June
    CHECK(exchange.flows[0][3] == doctest::Approx(-50));

    Contract& swap = sharing.contracts[0];
    swap.kind = ContractKind::swap, swap.energy_max.reset(), swap.return_months = {7}, swap.return_power = 40, swap.return_ratio = 1.1, swap.owed_at_start = 6;
    exchange = clear(sharing);
    const ContractUse use = settle_contracts(sharing, exchange)[0];
    REQUIRE(use.months.size() == 2);
    CHECK(use.months[0].month == "2026-06");
    CHECK(use.months[0].energy == doctest::Approx(60));
    CHECK(use.months[0].owed == doctest::Approx(72)); // 6 + 1.1 × 60
    CHECK(use.months[1].returned == doctest::Approx(72));
    CHECK(exchange.returned[0][4] == doctest::Approx(24));
    CHECK(std::abs(use.months[1].owed) < 1e-4);
    swap.returned_in = ReturnedIn::water; // water does not flow over ties: it is told as owed
    CHECK(settle_contracts(sharing, clear(sharing))[0].months[1].owed == doctest::Approx(72));
}

TEST_CASE("the narrower side of a border holds, and what is out is not there; import rules hold in their months") {
    SharingCase sharing = pair_of(50);
    sharing.hours = 2;
    sharing.zones[0].limits = {{"link", 10, 35, {}, 45}};
    sharing.zones[1].limits = {{"link", 40, {}, {}, {}}};
    CHECK(limits_of(sharing, sharing.ties[0], 0, false).forward == 10);
    CHECK(limits_of(sharing, sharing.ties[0], 0, false).backward == 35);
    CHECK(limits_of(sharing, sharing.ties[0], 0, true).backward == 40);
    sharing.zones[1].outages = {{"link", 2, 1, 30}, {"water", 2, 5, 290}};
    const Exchange exchange = clear(sharing);
    CHECK(exchange.flows[0][0] == doctest::Approx(-35));
    CHECK(exchange.flows[0][1] == doctest::Approx(0)); // 50 - 30 would be left, but the north sends 10 at most, and the south has no water
    CHECK(exchange.unserved[1][1] == doctest::Approx(90));
}

/// Random zones with contracts that must flow; the naive twin of one contract asks by halving how much can.
TEST_CASE("contracts: within power, kept by net positions, never cheaper than without; order changes nothing; halving finds the same") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        SharingCase sharing;
        const std::size_t count = 3 + random.below(3);
        for (std::size_t z = 0; z < count; ++z) {
            sharing.zones.push_back(place(fmt::format("zone {}", z), 100 + 100 * random.uniform(),
                {{"one", {150 * random.uniform()}, 10 + 90 * random.uniform(), 0}, {"two", {100 * random.uniform()}, 10 + 90 * random.uniform(), 0}}));
            if (z > 0)
                sharing.ties.push_back({fmt::format("tie {}", z), sharing.zones[random.below(z)].name, sharing.zones[z].name, 20 + 60 * random.uniform(),
                    20 + 60 * random.uniform(), {}, {}, 0.03, 1});
        }
        const double free = clear(sharing).cost;
        sharing.contracts = {firm("only", "zone 0", fmt::format("zone {}", count - 1), 80 * random.uniform())};
        const double found = clear(sharing).delivered[0][0];
        const auto possible = [&](double power) {
            const auto least = [&](bool with) {
                HourProgram hour = hour_program(sharing, 0, false);
                for (auto& column : hour.program.columns) column.cost = 0;
                for (const int column : hour.protected_unserved) hour.program.columns[static_cast<std::size_t>(column)].cost = 1;
                for (const std::size_t z : {std::size_t{0}, count - 1}) {
                    if (!with) break;
                    const int row = hour.program.add(
                        z == 0 ? solver::StagedProgram::Row{0, -solver::no_limit, -power} : solver::StagedProgram::Row{0, power, solver::no_limit});
                    for (std::size_t i = 0; i < sharing.ties.size(); ++i)
                        for (const auto& [column, sender, taker] : {std::tuple(hour.forward[i], sharing.ties[i].from, sharing.ties[i].to),
                                 {hour.backward[i], sharing.ties[i].to, sharing.ties[i].from}}) {
                            if (sender == sharing.zones[z].name) hour.program.enter(row, column, -1);
                            if (taker == sharing.zones[z].name) hour.program.enter(row, column, 0.97);
                        }
                }
                const auto answer = solver::solve_staged_by_simplex(hour.program);
                return answer.violation <= 1e-7 ? answer.objective : 1e9;
            };
            return least(true) <= least(false) + 1e-6;
        };
        double low = 0, high = sharing.contracts[0].power;
        if (possible(high)) low = high;
        for (int turn = 0; turn < 40 && low < high; ++turn) (possible((low + high) / 2) ? low : high) = (low + high) / 2;
        CHECK(found == doctest::Approx(low).epsilon(1e-4));

        for (int i = 0; i < 4; ++i) {
            const std::size_t seller = random.below(count), buyer = (seller + 1 + random.below(count - 1)) % count;
            sharing.contracts.push_back(firm(fmt::format("contract {}", i), sharing.zones[seller].name, sharing.zones[buyer].name, 40 * random.uniform(),
                1 + static_cast<std::int64_t>(random.below(2))));
        }
        const Exchange exchange = clear(sharing);
        std::vector<double> net(count, 0);
        for (std::size_t i = 0; i < sharing.contracts.size(); ++i) {
            const double power = exchange.delivered[i][0];
            CHECK(power <= sharing.contracts[i].power + 1e-6);
            CHECK(std::abs(exchange.fell_short[i] - (sharing.contracts[i].power - power)) <= 2e-6);
            net[zone_of(sharing, sharing.contracts[i].buyer)] += power, net[zone_of(sharing, sharing.contracts[i].seller)] -= power;
        }
        for (std::size_t z = 0; z < count; ++z) {
            if (net[z] > 0) CHECK(net_import(sharing, exchange, z, 0) >= net[z] - 1e-5);
            if (net[z] < 0) CHECK(net_import(sharing, exchange, z, 0) <= net[z] + 1e-5);
        }
        CHECK(exchange.cost >= free - 1e-3);
        SharingCase turned = sharing;
        std::ranges::reverse(turned.contracts);
        const Exchange again = clear(turned);
        for (std::size_t i = 0; i < sharing.contracts.size(); ++i)
            CHECK(again.delivered[sharing.contracts.size() - 1 - i][0] == doctest::Approx(exchange.delivered[i][0]).epsilon(1e-4));
    }
}

} // namespace greenbank::planning::sharing
