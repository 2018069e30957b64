// report.cpp — an inventory with the stored factors: rows, categories, uncertainty, completeness, the base year.
#include <algorithm>
#include <cmath>

#include "carbon/inventories/inventories.h"

namespace greenbank::carbon {

namespace {

constexpr std::uint32_t samples = 2'000;

std::vector<Activity> activities_of(const OrganisationInventory& inventory) {
    std::vector<Activity> activities;
    for (const InventorySource& one : inventory.sources)
        activities.push_back({inventory.owner, one.name, static_cast<std::int32_t>(inventory.year), one.category, one.amount, one.unit,
            one.uncertainty_percent.value_or(0), one.kind, one.subject, one.area.value_or(inventory.area), one.market, one.market_value});
    return activities;
}

std::vector<Category> expected_of(const OrganisationInventory& inventory) {
    std::vector<Category> expected = {Category::stationary_combustion, Category::mobile_combustion, Category::process_emissions, Category::fugitive_emissions,
        Category::electricity, Category::heat};
    if (inventory.all_categories)
        for (std::size_t i = static_cast<std::size_t>(Category::purchased_goods); i < categories; ++i) expected.push_back(static_cast<Category>(i));
    return expected;
}

std::vector<FactorUsed> used_of(const std::vector<FactorChoice>& choices, FactorStatus& weakest) {
    std::vector<FactorUsed> used;
    for (const FactorChoice& choice : choices) {
        used.push_back(to_used(choice));
        weakest = std::max(weakest, choice.factor.status);
    }
    return used;
}

/// The newest inventory of that owner and year, if there is one besides this.
Result<std::optional<BaseYearReport>> base_of(Transaction& transaction, const OrganisationInventory& inventory, std::int64_t kg) {
    if (!inventory.base_year || *inventory.base_year == inventory.year) return std::optional<BaseYearReport>{};
    auto base = TRY(transaction.find_one<OrganisationInventory>(
        "owner = $1 AND year = $2 ORDER BY state, updated_at DESC LIMIT 1", {inventory.owner, *inventory.base_year}));
    if (!base) return std::optional<BaseYearReport>{};
    base->base_year.reset();
    const InventoryReport report = TRY(report_of(transaction, *base, known_on(*base)));
    std::vector<BaseYearChange> changes;
    for (const BaseYearEvent& one : inventory.base_events) changes.push_back({one.kind, one.kg});
    const BaseYearDecision decision = base_year_decision(report.location_kg, changes, inventory.base_threshold_percent);
    const std::int64_t compared = decision.needed ? decision.recalculated_kg : report.location_kg;
    return std::optional(BaseYearReport{*inventory.base_year, report.location_kg, decision.recalculated_kg, kg - compared, decision.percent, decision.needed});
}

} // namespace

std::optional<Date> known_on(const OrganisationInventory& inventory) {
    return inventory.finished_at ? std::optional(date_of(*inventory.finished_at)) : std::nullopt;
}

Result<InventoryReport> report_of(Transaction& transaction, const OrganisationInventory& inventory, std::optional<Date> known) {
    std::vector<Factor> factors;
    for (const EmissionFactor& one : TRY(transaction.find<EmissionFactor>("id <> ''"))) factors.push_back(to_factor(one));
    FactorTable table(std::move(factors), inventory.gwp, known);
    auto computed = compute_inventory(activities_of(inventory), table);
    if (!computed) {
        Error error = computed.error();
        for (Problem& one : error.problems)
            if (one.field.starts_with("activities")) one.field.replace(0, std::string_view("activities").size(), "sources");
        return error;
    }
    const ComputedInventory& all = computed.value();

    InventoryReport report{.year = inventory.year, .gwp = inventory.gwp};
    InventoryTotals totals;
    std::vector<Category> reported;
    for (std::size_t i = 0; i < inventory.sources.size(); ++i) {
        const InventorySource& source = inventory.sources[i];
        const ComputedActivity& one = all.activities[i];
        report.rows.push_back({source.name, source.category, scope_of(source.category), source.amount, source.unit, one.result.location_kg,
            one.result.market_kg, used_of(one.location, report.status), used_of(one.market, report.status), source.market_value});
        const auto category = static_cast<std::size_t>(source.category);
        totals.location[category] += one.result.location_kg;
        totals.market[category] += one.result.market_kg;
        reported.push_back(source.category);
    }
    for (std::size_t i = 0; i < categories; ++i) {
        const auto category = static_cast<Category>(i);
        if (std::find(reported.begin(), reported.end(), category) != reported.end())
            report.categories.push_back({category, scope_of(category), number_of(category), totals.location[i], totals.market[i]});
    }
    report.scope_1_kg = totals.scope(Scope::scope_1, false);
    report.scope_2_location_kg = totals.scope(Scope::scope_2, false);
    report.scope_2_market_kg = totals.scope(Scope::scope_2, true);
    report.scope_3_kg = totals.scope(Scope::scope_3, false);
    report.location_kg = totals.total(false);
    report.market_kg = totals.total(true);
    const TotalSpread spread = propagated(all.lines, all.factors, false);
    const TotalSpread drawn = sampled(all.lines, all.factors, false, samples, 1);
    report.uncertainty_percent = spread.percent;
    report.sampled_percent = drawn.percent;
    report.low_kg = drawn.low;
    report.high_kg = drawn.high;
    std::vector<Category> explained;
    for (const ExplainedCategory& one : inventory.explained) explained.push_back(one.category);
    report.missing = missing_categories(expected_of(inventory), reported, explained);
    report.base = TRY(base_of(transaction, inventory, report.location_kg));
    return report;
}

} // namespace greenbank::carbon
