// border_netting_test.cpp — one example by hand, then random deals: what is netted is what deals one by one come to, and nobody is short.
#include "market/engine/border_netting.h"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::market {

namespace {

constexpr BorderRate tenge{142'000'000, 10, {2, 2}}; // 1 KZT = 0.0142 CNY

std::string faults_of(const BorderPlan& plan) {
    std::string out;
    for (const BorderFault fault : plan.faults) out += "-cul"[static_cast<std::size_t>(fault)];
    return out;
}

} // namespace

TEST_CASE("deals across a border become one payment a party, in its own currency") {
    // Party 0 is at home (CNY), party 1 abroad (KZT). 0 sells 100 t for 6,800.00 CNY; 1 sells 50 t of its own for 200,000.00 KZT.
    const std::vector<BorderParty> parties = {{0, 0, {{0, 100}}}, {1, 50'000'000, {{1, 50}}}};
    const std::vector<BorderDeal> deals = {{0, 1, 0, 0, 100, 680'000}, {1, 0, 1, 1, 50, 20'000'000}};
    const BorderPlan plan = net_border_deals(parties, deals, tenge);
    CHECK(faults_of(plan) == "--");
    CHECK(plan.positions[0].settled == 680'000 - 284'000);       // 200,000.00 × 0.0142 = 2,840.00
    CHECK(plan.positions[1].settled == 20'000'000 - 47'887'324); // 6,800.00 / 0.0142
    CHECK(plan.exchange[0] == -396'000);
    CHECK(plan.exchange[1] == 27'887'324);
    CHECK(plan.positions[1].tonnes == std::map<std::size_t, std::int64_t>{{0, 100}, {1, -50}});
}

TEST_CASE("who cannot pay or deliver loses the latest deal, and the rest settles") {
    std::vector<BorderParty> parties = {{0, 0, {{0, 100}}}, {1, 50'000'000, {}}};
    const std::vector<BorderDeal> deals = {{0, 1, 0, 0, 60, 600'000}, {0, 1, 0, 0, 40, 400'000}};
    CHECK(faults_of(net_border_deals(parties, deals, tenge)) == "-c");
    parties[0].tonnes[0] = 59;
    CHECK(faults_of(net_border_deals(parties, deals, tenge)) == "uu"); // the latest goes first, then the other one too
}

TEST_CASE("rates go both ways, half to even") {
    const BorderRate half{5, 1, {2, 2}};
    CHECK(*exchanged(1, 1, half) == 0);
    CHECK(*exchanged(3, 1, half) == 2);
    CHECK(*exchanged(-3, 1, half) == -2);
    CHECK(*exchanged(3, 0, half) == 6);
    CHECK(*exchanged(100, 0, BorderRate{5, 1, {2, 0}}) == 2); // 1.00 is two whole units
    CHECK(!exchanged(std::int64_t{1} << 62, 0, BorderRate{1, 10, {2, 2}}));
}

TEST_CASE("random deals: money and tonnes add up, nobody is short, and with plenty of both everything settles") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const bool plenty = random.chance(0.3);
        std::vector<BorderParty> parties(static_cast<std::size_t>(random.between(2, 6)));
        for (BorderParty& party : parties) {
            party.currency = random.chance(0.5) ? 1 : 0;
            party.cash = plenty ? 1'000'000'000'000 : random.between(0, 2'000'000);
            for (std::size_t product = 0; product < 3; ++product) party.tonnes[product] = plenty ? 1'000'000 : random.between(0, 200);
        }
        std::vector<BorderDeal> deals;
        for (std::int64_t i = random.between(0, 20); i > 0; --i) {
            BorderDeal deal{static_cast<std::size_t>(random.below(parties.size())), 0, static_cast<std::size_t>(random.below(3)),
                static_cast<std::size_t>(random.below(2)), random.between(1, 100), random.between(1, 1'000'000)};
            deal.buyer = (deal.seller + 1 + random.below(parties.size() - 1)) % parties.size();
            deals.push_back(deal);
        }
        const BorderRate rate{random.between(1'000'000, 20'000'000'000), 10, {2, static_cast<int>(random.between(0, 3))}};
        const BorderPlan plan = net_border_deals(parties, deals, rate);
        if (plenty) CHECK(std::count(plan.faults.begin(), plan.faults.end(), BorderFault::none) == static_cast<std::ptrdiff_t>(deals.size()));
        std::array<std::int64_t, 2> money = plan.exchange;
        std::map<std::size_t, std::int64_t> tonnes;
        for (std::size_t p = 0; p < parties.size(); ++p) {
            const BorderPosition& position = plan.positions[p];
            money[parties[p].currency] += position.settled;
            CHECK(-position.settled <= parties[p].cash);
            std::array<std::int64_t, 2> naive = {0, 0}; // deal by deal
            std::map<std::size_t, std::int64_t> given;
            for (std::size_t i = 0; i < deals.size(); ++i) {
                if (plan.faults[i] != BorderFault::none) continue;
                if (deals[i].seller == p) naive[deals[i].currency] += deals[i].amount, given[deals[i].product] -= deals[i].tonnes;
                if (deals[i].buyer == p) naive[deals[i].currency] -= deals[i].amount, given[deals[i].product] += deals[i].tonnes;
            }
            CHECK(naive == position.net);
            for (const auto& [product, quantity] : position.tonnes) {
                tonnes[product] += quantity;
                CHECK(quantity == given[product]);
                CHECK(-quantity <= parties[p].tonnes.at(product));
            }
        }
        CHECK(money == std::array<std::int64_t, 2>{0, 0});
        for (const auto& [product, sum] : tonnes) CHECK(sum == 0);
    }
}

} // namespace greenbank::market
