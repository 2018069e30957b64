// territory_balance.h — greenhouse gases of a city, district, park or island after the Global Protocol for cities (GPC): lines by sector and scope become BASIC and
// BASIC+, what the territory gives off, and its net balance with sinks; with the spread of that balance. Pure. Kilograms are whole from the line on.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace greenbank::cities {

/// In the order of their numbers; sinks last. What a power station gives off for others (I.4.4) stands apart, for neither BASIC nor BASIC+ has it.
enum class GpcSector : std::uint8_t {
    residential_buildings,
    commercial_buildings,
    manufacturing,
    energy_industries,
    grid_supply,
    farming_energy,
    other_stationary,
    fugitive_coal,
    fugitive_oil_gas,
    road,
    rail,
    water_transport,
    air_transport,
    off_road,
    landfill,
    biological_treatment,
    incineration,
    wastewater,
    industrial_processes,
    product_use,
    livestock,
    land,
    other_land_use,
    other_indirect,
    forest_sink,
    wetland_sink,     // blue carbon of coastal wetlands: mangrove, salt marsh, seagrass
    mariculture_sink, // blue carbon that no protocol of cities counts: in the net balance only
};
inline constexpr std::size_t gpc_sectors = 27;
/// Within the boundary; by power, heat and cold from the grid; outside because of what happens within.
enum class GpcScope : std::uint8_t { scope_1, scope_2, scope_3 };
enum class GpcLevel : std::uint8_t { basic, basic_plus };

std::string_view gpc_number(GpcSector sector); // "I.1", "V.2"
/// The sectors of the 2006 IPCC Guidelines; sinks of forest and wetland belong to land use.
enum class IpccSector : std::uint8_t { energy, industrial_processes, agriculture_land, waste };
inline constexpr std::size_t ipcc_sectors = 4;
std::string_view ipcc_code(GpcSector sector); // "1A4b"; empty where the guidelines have no such category
std::optional<IpccSector> ipcc_sector(GpcSector sector);
bool is_sink(GpcSector sector);
/// Does the protocol know this sector in this scope?
bool gpc_cell(GpcSector sector, GpcScope scope);
bool counted_at(GpcLevel level, GpcSector sector, GpcScope scope);

struct BalanceFactor {
    double kg_per_unit = 0; // CO2e
    double uncertainty_percent = 0;
};
/// A source or a sink in one year; all its factors together say what a unit of it comes to.
struct BalanceLine {
    GpcSector sector = GpcSector::residential_buildings;
    GpcScope scope = GpcScope::scope_1;
    double amount = 0;
    double uncertainty_percent = 0;
    std::vector<std::uint32_t> factors;
};

/// Below 0 for a sink; nothing where it is no finite number of kilograms.
std::optional<std::int64_t> line_kg(const BalanceLine& line, std::span<const BalanceFactor> factors);

struct BalanceTotals {
    std::array<std::array<std::int64_t, 3>, gpc_sectors> of{}; // by sector and scope
    std::int64_t basic = 0, basic_plus = 0;
    std::int64_t territorial = 0; // scope 1 without sinks
    std::int64_t emissions = 0;   // all lines but sinks
    std::int64_t removals = 0;    // of sinks, not below 0
    std::int64_t net() const { return emissions - removals; }
};
BalanceTotals balance_of(std::span<const BalanceLine> lines, std::span<const BalanceFactor> factors);
/// As a national inventory counts: what is given off or bound within the boundary (scope 1), kg by IPCC sector.
std::array<std::int64_t, ipcc_sectors> by_ipcc(const BalanceTotals& totals);

/// Of the net balance; the interval is that of 95 %.
struct BalanceSpread {
    double half_width_kg = 0, low_kg = 0, high_kg = 0;
    double at_most_zero = 0; // share of the draws
};
/// Lines are independent, but what they share of a factor moves together.
BalanceSpread propagated_balance(std::span<const BalanceLine> lines, std::span<const BalanceFactor> factors);
/// Draws keyed by (seed, sample, line or factor): the same whatever else is in the inventory's other years.
BalanceSpread drawn_balance(std::span<const BalanceLine> lines, std::span<const BalanceFactor> factors, std::uint32_t samples, std::uint64_t seed);

struct GpcCell {
    GpcSector sector;
    GpcScope scope;
    bool operator==(const GpcCell&) const = default;
};
/// A notation key: why a cell has no figure; without scope it is said of all scopes of the sector.
struct NotedCell {
    GpcSector sector;
    std::optional<GpcScope> scope = {};
};
/// Cells that the level asks for and that have neither a line nor a notation key. Sinks are never asked for.
std::vector<GpcCell> missing_cells(GpcLevel level, std::span<const BalanceLine> lines, std::span<const NotedCell> noted);

} // namespace greenbank::cities
