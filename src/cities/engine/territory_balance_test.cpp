// territory_balance_test.cpp — cells of the protocol, totals, the two public islands, spreads beside a plain twin, changes beside an integral.
#include "cities/engine/territory_balance.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <doctest/doctest.h>

#include "cities/engine/decomposition.h"
#include "kernel/random.h"

namespace greenbank::cities {

namespace {

BalanceLine line(GpcSector sector, GpcScope scope, double amount, double percent = 0, std::uint32_t factor = 0) {
    return {sector, scope, amount, percent, {factor}};
}

struct MadeBalance {
    std::vector<BalanceLine> lines;
    std::vector<BalanceFactor> factors;
};
MadeBalance random_balance(Random& random) {
    MadeBalance made;
    for (int i = 0; i < 6; ++i) made.factors.push_back({random.uniform() * 3, random.uniform() * 40});
    const std::size_t count = 1 + random.below(40);
    while (made.lines.size() < count) {
        BalanceLine one{
            static_cast<GpcSector>(random.below(gpc_sectors)), static_cast<GpcScope>(random.below(3)), random.uniform() * 1e6, random.uniform() * 50, {}};
        if (!gpc_cell(one.sector, one.scope)) continue;
        for (std::size_t i = 0, of = 1 + random.below(3); i < of; ++i) one.factors.push_back(static_cast<std::uint32_t>(random.below(made.factors.size())));
        made.lines.push_back(one);
    }
    return made;
}

} // namespace

TEST_CASE("BASIC has stationary energy, transport and waste; BASIC+ more; what a plant gives the grid is in neither") {
    CHECK(gpc_number(GpcSector::residential_buildings) == "I.1");
    CHECK(gpc_number(GpcSector::wastewater) == "III.4");
    CHECK(ipcc_code(GpcSector::water_transport) == "1A3d");
    CHECK(ipcc_sector(GpcSector::forest_sink) == IpccSector::agriculture_land);
    CHECK_FALSE(ipcc_sector(GpcSector::other_indirect));
    CHECK(counted_at(GpcLevel::basic, GpcSector::road, GpcScope::scope_1));
    CHECK(!counted_at(GpcLevel::basic, GpcSector::road, GpcScope::scope_3));
    CHECK(counted_at(GpcLevel::basic_plus, GpcSector::road, GpcScope::scope_3));
    CHECK(counted_at(GpcLevel::basic, GpcSector::landfill, GpcScope::scope_3));
    CHECK(!gpc_cell(GpcSector::landfill, GpcScope::scope_2));
    CHECK(!counted_at(GpcLevel::basic, GpcSector::livestock, GpcScope::scope_1));
    CHECK(counted_at(GpcLevel::basic_plus, GpcSector::forest_sink, GpcScope::scope_1));
    CHECK(!counted_at(GpcLevel::basic_plus, GpcSector::mariculture_sink, GpcScope::scope_1));
    for (const GpcLevel level : {GpcLevel::basic, GpcLevel::basic_plus}) CHECK(!counted_at(level, GpcSector::grid_supply, GpcScope::scope_1));
    for (std::size_t s = 0; s < gpc_sectors; ++s)
        for (int c = 0; c < 3; ++c) {
            const auto sector = static_cast<GpcSector>(s);
            const auto scope = static_cast<GpcScope>(c);
            CHECK((!counted_at(GpcLevel::basic, sector, scope) || counted_at(GpcLevel::basic_plus, sector, scope)));
            CHECK((!counted_at(GpcLevel::basic_plus, sector, scope) || gpc_cell(sector, scope)));
        }
}

TEST_CASE("IPCC sectors hold all of scope 1 but mariculture, and nothing else") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const MadeBalance made = random_balance(random);
        const BalanceTotals totals = balance_of(made.lines, made.factors);
        std::int64_t expected = 0, found = 0;
        for (const BalanceLine& line : made.lines)
            if (line.scope == GpcScope::scope_1 && line.sector != GpcSector::mariculture_sink && line.sector != GpcSector::other_indirect)
                expected += line_kg(line, made.factors).value_or(0);
        for (const std::int64_t kg : by_ipcc(totals)) found += kg;
        CHECK(found == expected);
    }
}

TEST_CASE("the two public islands come to their published net balances") {
    const std::vector<BalanceFactor> tonne = {{1000, 0}};
    const std::vector daheishan = {line(GpcSector::other_stationary, GpcScope::scope_1, 3358), line(GpcSector::forest_sink, GpcScope::scope_1, 5397)};
    CHECK(balance_of(daheishan, tonne).net() == -2'039'000);
    const std::vector lingshan = {line(GpcSector::forest_sink, GpcScope::scope_1, 1333)};
    CHECK(balance_of(lingshan, tonne).net() == -1'333'000);
    CHECK(balance_of(lingshan, tonne).removals == 1'333'000);
}

TEST_CASE("parts add up to totals, whatever the order; the twin is a map") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const MadeBalance made = random_balance(random);
        std::map<std::pair<GpcSector, GpcScope>, std::int64_t> twin;
        for (const BalanceLine& one : made.lines) {
            double per_unit = 0;
            for (const std::uint32_t factor : one.factors) per_unit += made.factors[factor].kg_per_unit;
            twin[{one.sector, one.scope}] += std::llround((one.sector >= GpcSector::forest_sink ? -1 : 1) * one.amount * per_unit);
        }
        const BalanceTotals totals = balance_of(made.lines, made.factors);
        std::int64_t all = 0, basic = 0;
        for (const auto& [cell, kg] : twin) {
            CHECK(totals.of[static_cast<std::size_t>(cell.first)][static_cast<std::size_t>(cell.second)] == kg);
            all += kg;
            if (counted_at(GpcLevel::basic, cell.first, cell.second)) basic += kg;
        }
        CHECK(totals.net() == all);
        CHECK(totals.basic == basic);
        CHECK(totals.removals >= 0);
        const std::vector<BalanceLine> turned(made.lines.rbegin(), made.lines.rend());
        CHECK(balance_of(turned, made.factors).net() == all);
    }
}

TEST_CASE("drawing agrees with propagation where spreads are small, and repeats") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        MadeBalance made = random_balance(random);
        for (BalanceFactor& one : made.factors) one.uncertainty_percent /= 4;
        for (BalanceLine& one : made.lines) one.uncertainty_percent /= 5;
        const BalanceSpread exact = propagated_balance(made.lines, made.factors), drawn = drawn_balance(made.lines, made.factors, 4000, seed);
        CHECK(drawn.half_width_kg == doctest::Approx(exact.half_width_kg).epsilon(0.08));
        CHECK(std::abs(drawn.at_most_zero - exact.at_most_zero) < 0.03);
        const BalanceSpread again = drawn_balance(made.lines, made.factors, 4000, seed);
        CHECK(again.low_kg == drawn.low_kg);
        CHECK(again.high_kg == drawn.high_kg);
    }
}

TEST_CASE("two lines with one factor move together, two with one each do not") {
    const std::vector<BalanceFactor> factors = {{1, 10}, {1, 10}};
    const std::vector together = {line(GpcSector::road, GpcScope::scope_1, 1000, 0, 0), line(GpcSector::rail, GpcScope::scope_1, 1000, 0, 0)};
    const std::vector apart = {line(GpcSector::road, GpcScope::scope_1, 1000, 0, 0), line(GpcSector::rail, GpcScope::scope_1, 1000, 0, 1)};
    CHECK(propagated_balance(together, factors).half_width_kg == doctest::Approx(200));
    CHECK(propagated_balance(apart, factors).half_width_kg == doctest::Approx(std::sqrt(2.0) * 100));
    // A sink with the factor of a source takes its spread away.
    const std::vector opposed = {line(GpcSector::road, GpcScope::scope_1, 1000), line(GpcSector::forest_sink, GpcScope::scope_1, 1000)};
    CHECK(propagated_balance(opposed, factors).half_width_kg == doctest::Approx(0));
    CHECK(propagated_balance(opposed, factors).at_most_zero == 1);
}

TEST_CASE("a cell without line and without key is missing") {
    const std::vector lines = {line(GpcSector::residential_buildings, GpcScope::scope_1, 1)};
    const auto all = missing_cells(GpcLevel::basic, {}, {}), some = missing_cells(GpcLevel::basic, lines, {});
    CHECK(all.size() == some.size() + 1);
    std::vector<NotedCell> keys;
    for (std::size_t s = 0; s < gpc_sectors; ++s) keys.push_back({static_cast<GpcSector>(s)});
    CHECK(missing_cells(GpcLevel::basic_plus, {}, keys).empty());
    const std::vector<NotedCell> one = {{GpcSector::residential_buildings, GpcScope::scope_2}};
    const auto left = missing_cells(GpcLevel::basic, lines, one);
    CHECK(std::find(left.begin(), left.end(), GpcCell{GpcSector::residential_buildings, GpcScope::scope_2}) == left.end());
    CHECK(left.size() == all.size() - 2);
}

TEST_CASE("effects leave no remainder and equal the integral along the geometric path") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<DecomposedTerm> terms(1 + random.below(5));
        double change = 0;
        for (DecomposedTerm& term : terms) {
            double before = 1, after = 1;
            for (int i = 0; i < 4; ++i) {
                term.before.push_back(0.1 + random.uniform() * 10);
                term.after.push_back(random.chance(0.1) ? term.before.back() : 0.1 + random.uniform() * 10);
                before *= term.before.back();
                after *= term.after.back();
            }
            change += after - before;
        }
        const auto effects = decomposed(terms).value();
        double sum = 0;
        for (const double one : effects) sum += one;
        CHECK(sum == doctest::Approx(change).epsilon(1e-9).scale(1e4));
        for (std::size_t i = 0; i < effects.size(); ++i) { // Simpson's rule
            double integral = 0;
            for (const DecomposedTerm& term : terms) {
                constexpr int steps = 400;
                const double slope = std::log(term.after[i] / term.before[i]);
                for (int step = 0; step <= steps; ++step) {
                    double emissions = 1;
                    for (std::size_t k = 0; k < term.before.size(); ++k)
                        emissions *= term.before[k] * std::pow(term.after[k] / term.before[k], static_cast<double>(step) / steps);
                    integral += emissions * slope * (step == 0 || step == steps ? 1 : step % 2 ? 4 : 2) / (3.0 * steps);
                }
            }
            CHECK(effects[i] == doctest::Approx(integral).epsilon(1e-6).scale(1e3));
        }
    }
}

TEST_CASE("what begins or ends is put down to what did, and what is below 0 is refused") {
    CHECK(decomposed({{{2, 0}, {3, 5}}}).value() == std::vector<double>{0, 15});
    CHECK(decomposed({{{2, 5}, {0, 0}}}).value() == std::vector<double>{-5, -5});
    CHECK(decomposed({{{0, 5}, {0, 7}}}).value() == std::vector<double>{0, 0});
    CHECK(!decomposed({{{-1, 5}, {1, 7}}}));
    CHECK(!decomposed({{{1, 5}, {1}}}));
    CHECK(!kaya_effects({0, 1, 1, 1}, {1, 1, 1, 1}));
    const KayaEffects effects = kaya_effects({100, 1000, 50, 400}, {110, 1200, 48, 380}).value();
    CHECK(effects.population + effects.output_per_head + effects.energy_intensity + effects.carbon_intensity == doctest::Approx(-20));
    CHECK(effects.population > 0);
    CHECK(effects.energy_intensity < 0);
}

} // namespace greenbank::cities
