// inventory_bench.cpp — 500 organisations × 10 years × 40 sources: all of it, and again when the edition of one factor changes, beside computing everything anew
// with a map of totals as a spreadsheet would.
#include <chrono>
#include <cmath>
#include <ctime>
#include <map>

#include <fmt/format.h>

#include "carbon/engine/greenhouse_inventory.h"
#include "cpu.h"
#include "kernel/random.h"

using namespace greenbank;
using namespace greenbank::carbon;

namespace {

using greenbank::bench::best_of;

} // namespace

int main() {
    Random random(1);
    std::vector<GasFactor> factors(300);
    for (std::size_t i = 0; i < factors.size(); ++i)
        factors[i] = {std::to_string(i), "2022", random.uniform() * 3, random.chance(0.3) ? 27.9 : 1, random.uniform() * 20};
    std::vector<InventoryLine> lines;
    for (std::uint32_t organisation = 0; organisation < 500; ++organisation)
        for (std::int32_t year = 2015; year < 2025; ++year)
            for (int source = 0; source < 40; ++source) {
                InventoryLine line{organisation, year, static_cast<Category>(random.below(categories)), random.uniform() * 1e6, 5, {}, {}};
                const std::size_t gases = 1 + random.below(3);
                for (std::size_t i = 0; i < gases; ++i) line.location.push_back(static_cast<std::uint32_t>(random.below(factors.size())));
                if (scope_of(line.category) == Scope::scope_2) line.market = {static_cast<std::uint32_t>(random.below(factors.size()))};
                lines.push_back(std::move(line));
            }
    std::int64_t check = 0, naive_check = 0;
    const double naive = best_of([&](int) {
        std::map<std::tuple<std::uint32_t, std::int32_t, int>, std::int64_t> totals;
        for (const InventoryLine& line : lines)
            totals[{line.organisation, line.year, static_cast<int>(line.category)}] += line_result(line, factors).location_kg;
        naive_check = 0;
        for (const auto& [place, kg] : totals) naive_check += kg;
    });
    InventoryBook book(lines, factors);
    const double all = best_of([&](int) { book = InventoryBook(lines, factors); });
    for (std::uint32_t organisation = 0; organisation < 500; ++organisation)
        for (std::int32_t year = 2015; year < 2025; ++year) check += book.totals(organisation, year)->total(false);
    std::size_t touched = 0;
    const double one = best_of([&](int i) {
        std::vector<std::pair<std::uint32_t, GasFactor>> changed = {{static_cast<std::uint32_t>(7 + i), factors[7]}};
        changed[0].second.edition = "2023";
        touched = book.replace(changed);
    });
    std::vector<std::pair<std::uint32_t, GasFactor>> every;
    for (std::uint32_t i = 0; i < factors.size(); ++i) every.emplace_back(i, factors[i]);
    const double edition = best_of([&](int) { book.replace(every); });
    fmt::print("{} lines, {} factors; totals {}\n", lines.size(), factors.size(), check == naive_check ? "agree" : "DIFFER");
    fmt::print("everything anew, map of totals   {:8.1f} ms CPU\n", naive * 1e3);
    fmt::print("book from nothing                {:8.1f} ms CPU  {:5.1f}x\n", all * 1e3, naive / all);
    fmt::print("one factor's edition ({} lines) {:8.2f} ms CPU  {:5.0f}x\n", touched, one * 1e3, naive / one);
    fmt::print("editions of all factors          {:8.1f} ms CPU  {:5.1f}x\n", edition * 1e3, naive / edition);
    return check == naive_check ? 0 : 1;
}
