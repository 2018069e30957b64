// greenhouse_inventory.h — greenhouse gases of organisations after the GHG Protocol: activity × factor × warming potential by scope and category, scope 2 both by location
// and by market, the base year and when it is recalculated, completeness, uncertainty. Pure; many organisations and years at once, and again for those lines
// only whose factors changed. Kilograms are whole from the line on, so that parts always add up to their totals.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/record.h"

namespace greenbank::carbon {

enum class Scope : std::uint8_t { scope_1, scope_2, scope_3 };

/// Four of scope 1, four of scope 2, the fifteen of scope 3 in the order of their numbers.
enum class Category : std::uint8_t {
    stationary_combustion,
    mobile_combustion,
    process_emissions,
    fugitive_emissions,
    electricity,
    heat,
    steam,
    cooling,
    purchased_goods,
    capital_goods,
    fuel_and_energy,
    upstream_transport,
    waste,
    business_travel,
    commuting,
    upstream_leased,
    downstream_transport,
    processing_of_sold,
    use_of_sold,
    end_of_life,
    downstream_leased,
    franchises,
    investments
};
inline constexpr std::size_t categories = 23;
Scope scope_of(Category category);
/// 1 to 15 of scope 3; 0 of the others.
int number_of(Category category);

/// One gas given off per unit of an activity.
struct GasFactor {
    std::string id, edition; // of the factor, as the result names it
    double kg_per_unit = 0;  // in the factor's own unit
    double warming = 1;      // kg CO2e per kg
    double uncertainty_percent = 0;
};

/// A source in one year. `location` and `market` name factors; a line of scope 2 may have both, all others have `location` only.
struct InventoryLine {
    std::uint32_t organisation = 0;
    std::int32_t year = 0;
    Category category = Category::stationary_combustion;
    double amount = 0; // in the unit of its factors
    double uncertainty_percent = 0;
    std::vector<std::uint32_t> location, market;
};

/// What one line comes to, in whole kilograms of CO2e.
struct LineResult {
    std::int64_t location_kg = 0, market_kg = 0; // equal outside scope 2
    bool sound = true;                           // false: no number, or beyond what can be counted; then 0
};
LineResult line_result(const InventoryLine& line, std::span<const GasFactor> factors);

struct InventoryTotals {
    std::array<std::int64_t, categories> location{}, market{};
    std::int64_t scope(Scope scope, bool by_market) const;
    std::int64_t total(bool by_market) const;
};

/// Inventories of many organisations over many years. Organisations and years are told by its lines.
class InventoryBook {
public:
    InventoryBook(std::vector<InventoryLine> lines, std::vector<GasFactor> factors);

    const InventoryTotals* totals(std::uint32_t organisation, std::int32_t year) const; // nullptr: no line
    const LineResult& line(std::size_t number) const { return results_[number]; }
    std::span<const InventoryLine> lines() const { return lines_; }
    std::span<const GasFactor> factors() const { return factors_; }

    /// Other editions of factors: recomputes the lines that use them and the totals these are in; how many lines that were.
    std::size_t replace(std::span<const std::pair<std::uint32_t, GasFactor>> changed);

private:
    struct Place {
        std::uint32_t organisation;
        std::int32_t year;
        std::vector<std::uint32_t> lines;
        InventoryTotals totals;
    };
    void add_up(Place& place);

    std::vector<InventoryLine> lines_;
    std::vector<GasFactor> factors_;
    std::vector<LineResult> results_;
    std::vector<Place> places_;                        // by organisation, then year
    std::vector<std::uint32_t> place_of_;              // by line
    std::vector<std::vector<std::uint32_t>> users_of_; // lines, by factor
};

struct TotalSpread {
    double percent = 0;       // half the width of the 95 % interval, of the total
    double low = 0, high = 0; // kg
};
/// IPCC approach 1, error propagation: activities are independent of each other; lines that share a factor share its error.
TotalSpread propagated(std::span<const InventoryLine> lines, std::span<const GasFactor> factors, bool by_market);
/// IPCC approach 2, Monte Carlo: the same assumptions; what is more uncertain than 60 % is drawn log-normal, so that nothing is below 0. The draws depend on
/// (seed, sample, line or factor) only.
TotalSpread sampled(std::span<const InventoryLine> lines, std::span<const GasFactor> factors, bool by_market, std::uint32_t samples, std::uint64_t seed);

/// What makes a base year another one.
enum class BaseChange : std::uint8_t { acquisition, divestment, outsourcing, insourcing, method, error };
struct BaseYearChange {
    BaseChange kind = BaseChange::acquisition;
    std::int64_t kg = 0; // by which the base year would change
};
struct BaseYearDecision {
    std::int64_t recalculated_kg = 0; // with all changes
    double percent = 0;               // of the base year: sum of the changes' sizes, so that two that cancel out still count
    bool needed = false;              // at the threshold or above it
};
BaseYearDecision base_year_decision(std::int64_t base_kg, std::span<const BaseYearChange> changes, double threshold_percent);

/// Categories without a line that nobody explained, out of those that were asked for.
std::vector<Category> missing_categories(std::span<const Category> expected, std::span<const Category> reported, std::span<const Category> explained);

/// Why a source emits more or less than the year before: by its amount and by its factor (additive logarithmic mean Divisia index: no residual).
struct ChangeParts {
    double by_activity = 0, by_factor = 0, begun = 0, ended = 0; // kg
    double total() const { return by_activity + by_factor + begun + ended; }
};
/// One source; an amount or emission of 0 before or after is a source that began or ended.
ChangeParts change_parts(double amount_before, double kg_before, double amount_after, double kg_after);

} // namespace greenbank::carbon

namespace greenbank {
template <> struct Choices<carbon::Scope> {
    static constexpr std::string_view name = "emission_scope";
    static constexpr std::string_view values[] = {"scope_1", "scope_2", "scope_3"};
};
template <> struct Choices<carbon::Category> {
    static constexpr std::string_view name = "emission_category";
    static constexpr std::string_view values[] = {"stationary_combustion", "mobile_combustion", "process_emissions", "fugitive_emissions", "electricity",
        "heat", "steam", "cooling", "purchased_goods", "capital_goods", "fuel_and_energy", "upstream_transport", "waste", "business_travel", "commuting",
        "upstream_leased", "downstream_transport", "processing_of_sold", "use_of_sold", "end_of_life", "downstream_leased", "franchises", "investments"};
};
template <> struct Choices<carbon::BaseChange> {
    static constexpr std::string_view name = "base_change";
    static constexpr std::string_view values[] = {"acquisition", "divestment", "outsourcing", "insourcing", "method", "error"};
};
} // namespace greenbank
