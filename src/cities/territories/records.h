// records.h — territories, and their inventories: lines of sources and sinks, notation keys, and what they come to.
#pragma once

#include "carbon/carbon.h"
#include "cities/engine/disclosure.h"
#include "energy/sites/records.h"
#include "market/market.h"

namespace greenbank::cities {

using carbon::FactorKind;
using carbon::FactorStatus;
using carbon::FactorUsed;
using carbon::GwpEdition;
using parties::Organisation;

enum class TerritoryKind { city, district, park, island };
enum class TerritoryState { draft, published };

struct Territory {
    static constexpr std::string_view id_prefix = "territory";
    Id<Territory> id;
    std::string owner;
    Text title;
    TerritoryKind kind = TerritoryKind::city;
    std::optional<Text> summary;
    std::optional<Id<Territory>> part_of;
    std::string country = "CN", area = "CN"; // area: of the factors, "CN-SD"
    std::optional<double> latitude, longitude, square_kilometres;
    std::optional<std::int64_t> population, visitors; // visitors: a year
    Text boundary;
    std::int64_t base_year = 2020;
    bool alliance = false; // compares itself with other islands in public
    TerritoryState state = TerritoryState::draft;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Territory*);

/// Where an amount is from, the firmest first.
enum class BalanceData { measured, invoices, statistics, survey, model, literature };
/// Why a cell has no figure: included elsewhere, not estimated, not occurring, confidential.
enum class NotationKey { ie, ne, no, c };

struct TerritoryLine {
    std::string name;
    GpcSector sector = GpcSector::residential_buildings;
    GpcScope scope = GpcScope::scope_1;
    double amount = 0;
    std::string unit;
    std::optional<double> uncertainty_percent;
    // A factor of the bank …
    std::optional<FactorKind> kind;
    std::optional<std::string> subject, area;
    // … or one that is stated here.
    std::optional<double> stated_kg, stated_percent; // kgCO2e a unit; half the width of its 95 % interval
    std::optional<std::string> stated_source;
    std::optional<FactorStatus> stated_status;
    std::int64_t tier = 1;
    BalanceData data = BalanceData::statistics;
    std::optional<std::string> evidence;
    std::optional<Id<energy::Channel>> channel; // it counts the amount
    bool confidential = false;                  // counted, but not shown by itself
};
Record describe(const TerritoryLine*);

/// What a channel counted in the year, as it was fetched last: a line has it as long as its amount is this one.
struct ChannelReading {
    Id<energy::Channel> channel;
    std::string unit;
    double amount = 0, heard_percent = 0; // of the year's hours
    std::int64_t longest_gap_hours = 0;
    Time fetched_at;
};
Record describe(const ChannelReading*);

struct TerritoryNote {
    GpcSector sector = GpcSector::residential_buildings;
    std::optional<GpcScope> scope; // absent: all scopes of the sector
    NotationKey key = NotationKey::no;
    std::optional<Text> reason;
};
Record describe(const TerritoryNote*);

enum class BalanceState { draft, final_ };

struct TerritoryInventory {
    static constexpr std::string_view id_prefix = "balance";
    Id<TerritoryInventory> id;
    Id<Territory> territory;
    std::string owner;
    Text title;
    std::int64_t year = 2025;
    GpcLevel level = GpcLevel::basic_plus;
    GwpEdition gwp = GwpEdition::ar6;
    std::vector<TerritoryLine> lines;
    std::vector<TerritoryNote> notes;
    std::optional<Text> boundary; // where it is not the territory's of today
    std::optional<std::int64_t> population;
    std::optional<Money> output; // gross domestic product of the year
    std::optional<double> energy_tj;
    std::vector<Id<market::UnitEnd>> retirements; // credits retired for this year, shown beside the balance, never in it
    std::optional<std::string> source;
    std::vector<ChannelReading> readings;
    BalanceState state = BalanceState::draft;
    std::string finished_by;
    std::optional<Time> finished_at;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const TerritoryInventory*);

struct BalanceRow {
    std::string name;
    GpcSector sector = GpcSector::residential_buildings;
    std::string number, ipcc; // of the protocol; of the IPCC's guidelines, empty where they have none
    GpcScope scope = GpcScope::scope_1;
    std::optional<double> amount; // not where it is confidential
    std::optional<std::string> unit;
    std::optional<std::int64_t> kg; // below 0 for a sink
    std::optional<double> uncertainty_percent;
    std::vector<FactorUsed> factors;
    std::optional<double> stated_kg;
    std::optional<std::string> stated_source;
    std::int64_t tier = 1;
    BalanceData data = BalanceData::statistics;
    FactorStatus status = FactorStatus::official;
    std::optional<double> heard_percent; // where a channel counted the amount
    std::optional<std::int64_t> longest_gap_hours;
    bool confidential = false; // not shown by itself; to others than its people also of lines from which confidential ones could be worked out
};
Record describe(const BalanceRow*);
struct BalanceCell {
    GpcSector sector = GpcSector::residential_buildings;
    GpcScope scope = GpcScope::scope_1;
    std::string number;
    std::optional<std::int64_t> kg; // not where a line of it is hidden
};
Record describe(const BalanceCell*);

struct IpccRow {
    IpccSector sector = IpccSector::energy;
    std::int64_t kg = 0;
};
Record describe(const IpccRow*);

/// Totals are absent where a confidential line could be worked out from them (engine/disclosure.h): to others than its people only.
struct BalanceReport {
    std::int64_t year = 0;
    GpcLevel level = GpcLevel::basic;
    std::vector<BalanceRow> rows;
    std::vector<BalanceCell> cells; // those with a line
    std::optional<std::int64_t> scope_1_kg, scope_2_kg, scope_3_kg, basic_kg, basic_plus_kg, territorial_kg, energy_kg;
    std::vector<IpccRow> ipcc; // within the boundary; empty where lines are hidden
    std::optional<std::int64_t> emissions_kg, removals_kg, net_kg;
    std::optional<double> half_width_kg;              // of the net balance, by error propagation
    std::optional<std::int64_t> low_kg, high_kg;      // by drawing
    std::optional<double> at_most_zero;               // share of the draws
    std::int64_t unstated = 0;                        // lines of whose spread nothing is known
    std::int64_t confidential = 0, hidden_beside = 0; // lines; the latter only so that nobody works out the former
    std::int64_t retired_kg = 0;
    std::optional<std::int64_t> per_head_kg;
    std::vector<BalanceCell> missing;
    FactorStatus status = FactorStatus::official; // the weakest
};
Record describe(const BalanceReport*);

} // namespace greenbank::cities

namespace greenbank {
template <> struct Choices<cities::TerritoryKind> {
    static constexpr std::string_view name = "territory_kind", values[] = {"city", "district", "park", "island"};
};
template <> struct Choices<cities::TerritoryState> { static constexpr std::string_view name = "territory_state", values[] = {"draft", "published"}; };
template <> struct Choices<cities::BalanceState> { static constexpr std::string_view name = "balance_state", values[] = {"draft", "final"}; };
template <> struct Choices<cities::BalanceData> {
    static constexpr std::string_view name = "balance_data", values[] = {"measured", "invoices", "statistics", "survey", "model", "literature"};
};
template <> struct Choices<cities::NotationKey> { static constexpr std::string_view name = "notation_key", values[] = {"ie", "ne", "no", "c"}; };
template <> struct Choices<cities::GpcScope> { static constexpr std::string_view name = "gpc_scope", values[] = {"scope_1", "scope_2", "scope_3"}; };
template <> struct Choices<cities::IpccSector> {
    static constexpr std::string_view name = "ipcc_sector", values[] = {"energy", "industrial_processes", "agriculture_land", "waste"};
};
template <> struct Choices<cities::GpcLevel> { static constexpr std::string_view name = "gpc_level", values[] = {"basic", "basic_plus"}; };
template <> struct Choices<cities::GpcSector> {
    static constexpr std::string_view name = "gpc_sector";
    static constexpr std::string_view values[] = {"residential_buildings", "commercial_buildings", "manufacturing", "energy_industries", "grid_supply",
        "farming_energy", "other_stationary", "fugitive_coal", "fugitive_oil_gas", "road", "rail", "water_transport", "air_transport", "off_road", "landfill",
        "biological_treatment", "incineration", "wastewater", "industrial_processes", "product_use", "livestock", "land", "other_land_use", "other_indirect",
        "forest_sink", "wetland_sink", "mariculture_sink"};
};
} // namespace greenbank
