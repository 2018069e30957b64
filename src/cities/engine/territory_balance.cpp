// territory_balance.cpp — the table of the protocol's cells, then sums and spreads.
#include "cities/engine/territory_balance.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "kernel/philox.h"

namespace greenbank::cities {

namespace {

constexpr double two_sided_95 = 1.959963984540054;
constexpr double lognormal_from_percent = 60;
constexpr double kg_limit = 9e15;                               // whole numbers below it are exact
constexpr std::uint64_t factor_blocks = std::uint64_t{1} << 40; // draws of factors lie behind those of lines

/// Scopes as bits 1, 2 and 4: those that the protocol knows, those of BASIC, those of BASIC+.
struct SectorRow {
    std::string_view number, ipcc;
    unsigned known, basic, basic_plus;
};
constexpr std::array<SectorRow, gpc_sectors> rows = {{
    {"I.1", "1A4b", 7, 3, 7},
    {"I.2", "1A4a", 7, 3, 7},
    {"I.3", "1A2", 7, 3, 7},
    {"I.4", "1A1", 7, 3, 7},
    {"I.4.4", "1A1a", 1, 0, 0},
    {"I.5", "1A4c", 7, 3, 7},
    {"I.6", "1A5", 7, 3, 7},
    {"I.7", "1B1", 1, 1, 1},
    {"I.8", "1B2", 1, 1, 1},
    {"II.1", "1A3b", 7, 3, 7},
    {"II.2", "1A3c", 7, 3, 7},
    {"II.3", "1A3d", 7, 3, 7},
    {"II.4", "1A3a", 7, 3, 7},
    {"II.5", "1A3e", 3, 3, 3},
    {"III.1", "4A", 5, 5, 5},
    {"III.2", "4B", 5, 5, 5},
    {"III.3", "4C", 5, 5, 5},
    {"III.4", "4D", 5, 5, 5},
    {"IV.1", "2A–2E", 1, 0, 1},
    {"IV.2", "2D–2H", 1, 0, 1},
    {"V.1", "3A", 1, 0, 1},
    {"V.2", "3B", 1, 0, 1},
    {"V.3", "3C–3D", 1, 0, 1},
    {"VI", "", 4, 0, 0},
    {"V.2", "3B1", 1, 0, 1},
    {"V.2", "3B4", 1, 0, 1},
    {"–", "", 1, 0, 0},
}};
const SectorRow& row_of(GpcSector sector) { return rows[static_cast<std::size_t>(sector)]; }
unsigned bit_of(GpcScope scope) { return 1u << static_cast<unsigned>(scope); }

double sign_of(GpcSector sector) { return is_sink(sector) ? -1 : 1; }

/// A draw around 1 whose 95 % interval is ± percent; the mean of a log-normal one is 1.
double around_one(double percent, std::uint64_t seed, std::uint64_t sample, std::uint64_t block) {
    if (!(percent > 0)) return 1;
    const double normal = normal_pair(uniform_pair(seed, sample, block))[0], deviation = percent / 100 / two_sided_95;
    if (percent <= lognormal_from_percent) return 1 + deviation * normal;
    const double log_deviation = std::sqrt(std::log1p(deviation * deviation));
    return std::exp(log_deviation * normal - log_deviation * log_deviation / 2);
}

} // namespace

std::string_view gpc_number(GpcSector sector) { return row_of(sector).number; }
std::string_view ipcc_code(GpcSector sector) { return row_of(sector).ipcc; }
std::optional<IpccSector> ipcc_sector(GpcSector sector) {
    const std::string_view code = ipcc_code(sector);
    if (code.empty()) return {};
    return static_cast<IpccSector>(code.front() - '1');
}
bool is_sink(GpcSector sector) { return sector >= GpcSector::forest_sink; }
bool gpc_cell(GpcSector sector, GpcScope scope) { return (row_of(sector).known & bit_of(scope)) != 0; }
bool counted_at(GpcLevel level, GpcSector sector, GpcScope scope) {
    return ((level == GpcLevel::basic ? row_of(sector).basic : row_of(sector).basic_plus) & bit_of(scope)) != 0;
}

std::optional<std::int64_t> line_kg(const BalanceLine& line, std::span<const BalanceFactor> factors) {
    double kg_per_unit = 0;
    for (const std::uint32_t one : line.factors) kg_per_unit += factors[one].kg_per_unit;
    const double kg = sign_of(line.sector) * line.amount * kg_per_unit;
    if (!(std::abs(kg) < kg_limit)) return {};
    return std::llround(kg);
}

BalanceTotals balance_of(std::span<const BalanceLine> lines, std::span<const BalanceFactor> factors) {
    BalanceTotals totals;
    for (const BalanceLine& line : lines) {
        const std::int64_t kg = line_kg(line, factors).value_or(0);
        totals.of[static_cast<std::size_t>(line.sector)][static_cast<std::size_t>(line.scope)] += kg;
        if (counted_at(GpcLevel::basic, line.sector, line.scope)) totals.basic += kg;
        if (counted_at(GpcLevel::basic_plus, line.sector, line.scope)) totals.basic_plus += kg;
        if (is_sink(line.sector)) {
            totals.removals -= kg;
        } else {
            totals.emissions += kg;
            if (line.scope == GpcScope::scope_1) totals.territorial += kg;
        }
    }
    return totals;
}

std::array<std::int64_t, ipcc_sectors> by_ipcc(const BalanceTotals& totals) {
    std::array<std::int64_t, ipcc_sectors> sums{};
    for (std::size_t s = 0; s < gpc_sectors; ++s)
        if (const auto sector = ipcc_sector(static_cast<GpcSector>(s)))
            sums[static_cast<std::size_t>(*sector)] += totals.of[s][static_cast<std::size_t>(GpcScope::scope_1)];
    return sums;
}

BalanceSpread propagated_balance(std::span<const BalanceLine> lines, std::span<const BalanceFactor> factors) {
    double total = 0, variance = 0;
    std::map<std::uint32_t, double> of_factor; // kg that depend on it, with their signs
    for (const BalanceLine& line : lines) {
        double kg = 0;
        for (const std::uint32_t one : line.factors) {
            const double part = sign_of(line.sector) * line.amount * factors[one].kg_per_unit;
            kg += part;
            of_factor[one] += part;
        }
        total += kg;
        variance += std::pow(kg * line.uncertainty_percent / 100, 2);
    }
    for (const auto& [factor, kg] : of_factor) variance += std::pow(kg * factors[factor].uncertainty_percent / 100, 2);
    const double half_width = std::sqrt(variance);
    BalanceSpread spread{half_width, total - half_width, total + half_width, 0};
    // Of a normal distribution: the share at or below 0.
    spread.at_most_zero = half_width > 0 ? 0.5 * std::erfc(total / (half_width / two_sided_95) / std::sqrt(2.0)) : total <= 0 ? 1 : 0;
    return spread;
}

BalanceSpread drawn_balance(std::span<const BalanceLine> lines, std::span<const BalanceFactor> factors, std::uint32_t samples, std::uint64_t seed) {
    if (samples == 0) return {};
    std::vector<double> totals(samples), per_unit(factors.size());
    std::uint32_t at_most_zero = 0;
    for (std::uint32_t sample = 0; sample < samples; ++sample) {
        for (std::size_t i = 0; i < factors.size(); ++i)
            per_unit[i] = factors[i].kg_per_unit * around_one(factors[i].uncertainty_percent, seed, sample, factor_blocks + i);
        double total = 0;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            double kg = 0;
            for (const std::uint32_t one : lines[i].factors) kg += per_unit[one];
            total += sign_of(lines[i].sector) * kg * lines[i].amount * around_one(lines[i].uncertainty_percent, seed, sample, i);
        }
        totals[sample] = total;
        at_most_zero += total <= 0;
    }
    std::sort(totals.begin(), totals.end());
    const auto quantile = [&](double share) {
        const double place = share * (samples - 1);
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min<std::size_t>(below + 1, samples - 1);
        return totals[below] + (totals[above] - totals[below]) * (place - static_cast<double>(below));
    };
    const double low = quantile(0.025), high = quantile(0.975);
    return {(high - low) / 2, low, high, static_cast<double>(at_most_zero) / samples};
}

std::vector<GpcCell> missing_cells(GpcLevel level, std::span<const BalanceLine> lines, std::span<const NotedCell> noted) {
    std::vector<GpcCell> missing;
    for (std::size_t s = 0; s < gpc_sectors; ++s)
        for (const GpcScope scope : {GpcScope::scope_1, GpcScope::scope_2, GpcScope::scope_3}) {
            const auto sector = static_cast<GpcSector>(s);
            if (is_sink(sector) || !counted_at(level, sector, scope)) continue;
            const bool has_line = std::any_of(lines.begin(), lines.end(), [&](const BalanceLine& one) { return one.sector == sector && one.scope == scope; });
            const bool has_key =
                std::any_of(noted.begin(), noted.end(), [&](const NotedCell& one) { return one.sector == sector && (!one.scope || *one.scope == scope); });
            if (!has_line && !has_key) missing.push_back({sector, scope});
        }
    return missing;
}

} // namespace greenbank::cities
