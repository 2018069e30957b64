// balance_bench.cpp — territories: 500 of them × 10 years × 40 lines summed, with their spreads, when a factor changes; decompositions; a peak; what may be shown.
#include <chrono>
#include <cmath>
#include <ctime>
#include <map>

#include <fmt/format.h>

#include "cities/engine/decomposition.h"
#include "cities/engine/disclosure.h"
#include "cities/engine/peak.h"
#include "cpu.h"
#include "kernel/random.h"

using namespace greenbank;
using namespace greenbank::cities;

namespace {

using greenbank::bench::best_of;

constexpr std::size_t inventories = 5'000, lines_each = 40;

std::vector<BalanceLine> random_lines(Random& random, std::size_t factors) {
    std::vector<BalanceLine> lines;
    while (lines.size() < lines_each) {
        BalanceLine line{static_cast<GpcSector>(random.below(gpc_sectors)), static_cast<GpcScope>(random.below(3)), random.uniform() * 1e6, 5, {}};
        if (!gpc_cell(line.sector, line.scope)) continue;
        for (std::size_t i = 0, gases = 1 + random.below(3); i < gases; ++i) line.factors.push_back(static_cast<std::uint32_t>(random.below(factors)));
        lines.push_back(std::move(line));
    }
    return lines;
}

/// What the effects of Kaya's factors are by definition: the integral along the straight line in logarithms, in so many steps.
double population_effect_by_steps(const KayaYear& before, const KayaYear& after, int steps) {
    double sum = 0;
    const double rate = std::log(after.population / before.population);
    for (int i = 0; i < steps; ++i) {
        const double at = (i + 0.5) / steps;
        sum += before.emissions * std::pow(after.emissions / before.emissions, at) * rate / steps;
    }
    return sum;
}

} // namespace

int main() {
    Random random(1);
    std::vector<BalanceFactor> factors(300);
    for (BalanceFactor& one : factors) one = {random.uniform() * 3, random.uniform() * 20};
    std::vector<std::vector<BalanceLine>> all;
    for (std::size_t i = 0; i < inventories; ++i) all.push_back(random_lines(random, factors.size()));

    std::int64_t check = 0, naive_check = 0;
    const double naive = best_of([&] {
        naive_check = 0;
        for (const auto& lines : all) {
            std::map<std::pair<int, int>, std::int64_t> cells;
            for (const BalanceLine& line : lines) cells[{static_cast<int>(line.sector), static_cast<int>(line.scope)}] += *line_kg(line, factors);
            for (const auto& [cell, kg] : cells) naive_check += kg;
        }
    });
    const double sums = best_of([&] {
        check = 0;
        for (const auto& lines : all) check += balance_of(lines, factors).net();
    });
    double widths = 0;
    const double spreads = best_of([&] {
        for (const auto& lines : all) widths += propagated_balance(lines, factors).half_width_kg;
    });
    const double draws = best_of([&] { widths += drawn_balance(all[0], factors, 2'000, 1).half_width_kg; });
    fmt::print("{} inventories of {} lines, {} factors; totals {}\n", inventories, lines_each, factors.size(), check == naive_check ? "agree" : "DIFFER");
    fmt::print("all balances, map of cells                 {:8.1f} ms CPU\n", naive * 1e3);
    fmt::print("all balances anew (a factor has changed)   {:8.1f} ms CPU  {:5.1f}x   aim <= 1000\n", sums * 1e3, naive / sums);
    fmt::print("their spreads by propagation               {:8.1f} ms CPU\n", spreads * 1e3);
    fmt::print("one spread by 2,000 draws                  {:8.2f} ms CPU\n", draws * 1e3);

    std::vector<std::pair<KayaYear, KayaYear>> changes;
    for (int i = 0; i < 5'000; ++i) {
        const auto year = [&] {
            return KayaYear{1e5 * (1 + random.uniform()), 1e10 * (1 + random.uniform()), 1e4 * (1 + random.uniform()), 1e9 * (1 + random.uniform())};
        };
        changes.emplace_back(year(), year());
    }
    double ours = 0, theirs = 0, farthest = 0;
    const double lmdi = best_of([&] {
        ours = 0;
        for (const auto& [before, after] : changes) ours += kaya_effects(before, after).value().population;
    });
    const double integral = best_of([&] {
        theirs = 0;
        for (const auto& [before, after] : changes) theirs += population_effect_by_steps(before, after, 100);
    });
    for (const auto& [before, after] : changes)
        farthest = std::max(farthest, std::abs(kaya_effects(before, after).value().population - population_effect_by_steps(before, after, 100)) / 1e9);
    fmt::print("5,000 decompositions (LMDI, four factors)  {:8.2f} ms CPU; one factor by an integral of 100 steps {:.1f} ms ({:.0f}x); farthest apart {:.1e}\n",
        lmdi * 1e3, integral * 1e3, integral / lmdi, farthest);

    PeakAsk ask{.base_year = 2024, .years = 16, .growth = 5, .growth_end = 1, .growth_spread = 1.5, .sectors = {}, .measures = {}};
    for (int i = 0; i < 6; ++i)
        ask.sectors.push_back({1e9 * (1 + random.uniform()), 0.1 + random.uniform(), random.uniform() - 0.5, -1 - 3 * random.uniform(), 1});
    for (std::size_t i = 0; i < 6; ++i) ask.measures.push_back({i, 2026, 4, 5e7});
    PeakSpread peak;
    std::vector<PeakDriver> drivers;
    const double peaks = best_of([&] { peak = drawn_peak(ask, 2'000, 1); });
    const double driving = best_of([&] { drivers = peak_drivers(ask, 2'000, 1); });
    fmt::print("a peak by 2,000 draws, 6 sectors, 17 years {:8.2f} ms CPU; its {} drivers {:.1f} ms ({} {}..{})\n", peaks * 1e3, drivers.size(), driving * 1e3,
        peak.year_median, peak.year_low, peak.year_high);

    std::vector<std::vector<ShownLine>> to_show;
    for (const auto& lines : all) {
        auto& made = to_show.emplace_back();
        for (const BalanceLine& line : lines) made.push_back({line.sector, line.scope, *line_kg(line, factors), random.chance(0.05)});
    }
    std::size_t hidden = 0, confidential = 0, withheld = 0;
    const double showing = best_of([&] {
        hidden = confidential = withheld = 0;
        for (const auto& lines : to_show) {
            const Disclosure made = disclose(lines);
            for (std::size_t i = 0; i < lines.size(); ++i) hidden += made.hidden[i], confidential += lines[i].confidential;
            for (const bool one : made.shown) withheld += !one;
        }
    });
    fmt::print(
        "what may be shown of all of them           {:8.1f} ms CPU; {} confidential lines, {} hidden beside them, {:.2f} of {} totals withheld an inventory\n",
        showing * 1e3, confidential, hidden - confidential, static_cast<double>(withheld) / inventories, balance_totals);
    return check == naive_check && widths > 0 ? 0 : 1;
}
