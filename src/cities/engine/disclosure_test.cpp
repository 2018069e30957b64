// disclosure_test.cpp — a confidential line is not to be worked out: told cases, and random balances beside a plain solver of equations.
#include "cities/engine/disclosure.h"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "kernel/random.h"

namespace greenbank::cities {

namespace {

std::size_t hidden_count(const Disclosure& made) { return static_cast<std::size_t>(std::count(made.hidden.begin(), made.hidden.end(), true)); }

/// Can `asked` be solved for, where the sum over each row of `equations` is known? Gauss and Jordan, the rows as they are.
bool is_solvable(std::vector<std::vector<double>> equations, std::size_t unknowns, std::size_t asked) {
    std::vector<double> wanted(unknowns, 0);
    wanted[asked] = 1;
    std::size_t at = 0;
    for (std::size_t column = 0; column < unknowns && at < equations.size(); ++column) {
        std::size_t pivot = at;
        while (pivot < equations.size() && std::abs(equations[pivot][column]) < 1e-7) ++pivot;
        if (pivot == equations.size()) continue;
        std::swap(equations[at], equations[pivot]);
        const double by = equations[at][column];
        for (double& one : equations[at]) one /= by;
        const double times = wanted[column];
        for (std::size_t c = 0; c < unknowns; ++c) wanted[c] -= times * equations[at][c];
        for (std::size_t i = 0; i < equations.size(); ++i) {
            if (i == at) continue;
            const double ratio = equations[i][column];
            for (std::size_t c = 0; c < unknowns; ++c) equations[i][c] -= ratio * equations[at][c];
        }
        ++at;
    }
    return std::all_of(wanted.begin(), wanted.end(), [](double one) { return std::abs(one) < 1e-7; });
}

} // namespace

TEST_CASE("without confidential lines all is shown") {
    const Disclosure made = disclose({{GpcSector::road, GpcScope::scope_1, 100}, {GpcSector::forest_sink, GpcScope::scope_1, -20}});
    CHECK(hidden_count(made) == 0);
    for (const bool one : made.shown) CHECK(one);
    CHECK(disclose({}).is_shown(BalanceTotal::net));
}

TEST_CASE("a confidential line that stands alone takes two like it with it, the smallest that matter") {
    const Disclosure made = disclose({{GpcSector::industrial_processes, GpcScope::scope_1, 1000, true}, {GpcSector::product_use, GpcScope::scope_1, 10},
        {GpcSector::livestock, GpcScope::scope_1, 300}, {GpcSector::product_use, GpcScope::scope_1, 200}, {GpcSector::livestock, GpcScope::scope_1, 5000},
        {GpcSector::road, GpcScope::scope_1, 900}, {GpcSector::road, GpcScope::scope_2, 40}});
    CHECK(made.hidden == std::vector<bool>{true, false, true, true, false, false, false});
    for (const BalanceTotal total : {BalanceTotal::net, BalanceTotal::emissions, BalanceTotal::basic_plus, BalanceTotal::basic, BalanceTotal::scope_1})
        CHECK(made.is_shown(total));
}

TEST_CASE("where nothing can stand beside it the finer totals are withheld, at last the net balance") {
    // The only sink is confidential: sources less sinks can be shown, sinks cannot.
    const Disclosure sink = disclose({{GpcSector::forest_sink, GpcScope::scope_1, -500, true}, {GpcSector::road, GpcScope::scope_1, 100},
        {GpcSector::road, GpcScope::scope_1, 200}, {GpcSector::road, GpcScope::scope_1, 300}});
    CHECK(sink.is_shown(BalanceTotal::net));
    CHECK(!sink.is_shown(BalanceTotal::emissions));
    CHECK(!sink.is_shown(BalanceTotal::removals));
    CHECK(hidden_count(sink) == 3);
    const Disclosure two = disclose({{GpcSector::road, GpcScope::scope_1, 500, true}, {GpcSector::road, GpcScope::scope_1, 100}});
    CHECK(!two.is_shown(BalanceTotal::net));
    CHECK(!two.is_shown(BalanceTotal::scope_1));
    CHECK(two.is_shown(BalanceTotal::scope_2)); // 0, as everybody sees
    CHECK(hidden_count(two) == 1);
}

TEST_CASE("no confidential line of random balances follows from what is shown, not even with one other line known") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        std::vector<ShownLine> lines;
        const std::size_t count = 1 + random.below(14);
        while (lines.size() < count) {
            const ShownLine one{static_cast<GpcSector>(random.below(gpc_sectors)), static_cast<GpcScope>(random.below(3)),
                static_cast<std::int64_t>(random.below(1000)), random.chance(0.2)};
            if (gpc_cell(one.sector, one.scope)) lines.push_back(one);
        }
        const Disclosure made = disclose(lines);
        std::vector<std::size_t> hidden;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (made.hidden[i]) hidden.push_back(i);
            else CHECK(!lines[i].confidential);
        }
        if (hidden.empty()) continue;
        std::vector<std::vector<double>> equations;
        for (std::size_t total = 0; total < balance_totals; ++total) {
            if (!made.shown[total]) continue;
            auto& row = equations.emplace_back();
            for (const std::size_t i : hidden) row.push_back(part_of_total(static_cast<BalanceTotal>(total), lines[i].sector, lines[i].scope) ? 1 : 0);
        }
        for (std::size_t asked = 0; asked < hidden.size(); ++asked) {
            if (!lines[hidden[asked]].confidential) continue;
            CHECK(!is_solvable(equations, hidden.size(), asked));
            for (std::size_t known = 0; known < hidden.size(); ++known) {
                if (known == asked) continue;
                auto with = equations;
                with.emplace_back(hidden.size(), 0.0)[known] = 1;
                CHECK(!is_solvable(with, hidden.size(), asked));
            }
        }
    }
}

} // namespace greenbank::cities
