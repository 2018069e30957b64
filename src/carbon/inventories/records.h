// records.h — inventories of organisations: the sources of a year with their activity data, what they come to, and what the base year says.
#pragma once

#include "carbon/engine/greenhouse_inventory.h"
#include "carbon/factors/records.h"

namespace greenbank::carbon {

/// Whose emissions are counted.
enum class Consolidation { operational_control, financial_control, equity_share };
enum class InventoryState { draft, final_ };

struct InventorySource {
    std::string name;
    Category category = Category::stationary_combustion;
    double amount = 0;
    std::string unit;
    std::optional<double> uncertainty_percent;
    FactorKind kind = FactorKind::fuel;
    std::string subject;
    std::optional<std::string> area;     // another one than the inventory's
    std::optional<FactorKind> market;    // scope 2 by market
    std::optional<double> market_value;  // kgCO2e a unit, by contract
    std::optional<std::string> evidence; // where the amount is from
    std::optional<std::string> channel;  // of the energy room: it counts the amount
};
Record describe(const InventorySource*);

/// Why a category has no line.
struct ExplainedCategory {
    Category category = Category::stationary_combustion;
    Text reason;
};
Record describe(const ExplainedCategory*);

struct BaseYearEvent {
    BaseChange kind = BaseChange::acquisition;
    std::int64_t kg = 0;
    Text reason;
};
Record describe(const BaseYearEvent*);

struct OrganisationInventory {
    static constexpr std::string_view id_prefix = "inventory";
    Id<OrganisationInventory> id;
    std::string owner;
    Text title;
    std::int64_t year = 2025;
    Consolidation consolidation = Consolidation::operational_control;
    GwpEdition gwp = GwpEdition::ar6;
    std::string area = "CN";
    std::vector<InventorySource> sources;
    std::vector<ExplainedCategory> explained;
    bool all_categories = false; // scope 3 in all 15 categories is wanted
    std::optional<std::int64_t> base_year;
    double base_threshold_percent = 5;
    std::vector<BaseYearEvent> base_events;
    InventoryState state = InventoryState::draft;
    std::string finished_by;
    std::optional<Time> finished_at;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const OrganisationInventory*);

struct InventoryRow {
    std::string name;
    Category category = Category::stationary_combustion;
    Scope scope = Scope::scope_1;
    double amount = 0;
    std::string unit;
    std::int64_t location_kg = 0, market_kg = 0;
    std::vector<FactorUsed> factors, market_factors;
    std::optional<double> market_value;
};
Record describe(const InventoryRow*);
struct CategoryRow {
    Category category = Category::stationary_combustion;
    Scope scope = Scope::scope_1;
    std::int64_t number = 0, location_kg = 0, market_kg = 0;
};
Record describe(const CategoryRow*);
struct BaseYearReport {
    std::int64_t year = 0, base_kg = 0, recalculated_kg = 0, change_kg = 0; // change: this year against the recalculated base
    double percent = 0;
    bool recalculation_needed = false;
};
Record describe(const BaseYearReport*);

/// What the sources come to with the factors as they are known on a day.
struct InventoryReport {
    std::int64_t year = 0;
    GwpEdition gwp = GwpEdition::ar6;
    std::vector<InventoryRow> rows;
    std::vector<CategoryRow> categories; // those with a line
    std::int64_t scope_1_kg = 0, scope_2_location_kg = 0, scope_2_market_kg = 0, scope_3_kg = 0, location_kg = 0, market_kg = 0;
    double uncertainty_percent = 0;                      // error propagation, by location
    double sampled_percent = 0, low_kg = 0, high_kg = 0; // Monte Carlo
    std::vector<Category> missing;
    std::optional<BaseYearReport> base;
    FactorStatus status = FactorStatus::official; // the weakest factor
};
Record describe(const InventoryReport*);

} // namespace greenbank::carbon

namespace greenbank {
template <> struct Choices<carbon::Consolidation> {
    static constexpr std::string_view name = "consolidation";
    static constexpr std::string_view values[] = {"operational_control", "financial_control", "equity_share"};
};
template <> struct Choices<carbon::InventoryState> {
    static constexpr std::string_view name = "inventory_state";
    static constexpr std::string_view values[] = {"draft", "final"};
};
} // namespace greenbank
