// records.cpp — descriptions of inventories and of what they come to.
#include "carbon/inventories/records.h"

#include <fmt/format.h>

namespace greenbank::carbon {

namespace {

void check_source(const void* value, Problems& problems) {
    const auto& source = *static_cast<const InventorySource*>(value);
    if (!parse_unit(source.unit))
        problems.push_back({"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", source.unit.substr(0, 40)}}});
    if ((source.market || source.market_value) && scope_of(source.category) != Scope::scope_2)
        problems.push_back({"market", "inventory.market", "Only purchased energy (scope 2) is counted by market as well."});
}

} // namespace

Record describe(const InventorySource*) {
    using One = InventorySource;
    return {"inventory_source", "A source of emissions in the year.",
        {
            field<&One::name>("name", "What it is called.", {.min = 1, .max = 200}),
            field<&One::category>("category", "Its category, which says its scope."),
            field<&One::amount>("amount", "How much was burned, bought, driven, lost.", {.min = 0, .max = 1e15}),
            field<&One::unit>("unit", "In which unit.", {.min = 1, .max = 40}),
            field<&One::uncertainty_percent>("uncertainty_percent", "Of the amount: half the width of the 95 % interval.", {.unit = "%", .min = 0, .max = 500}),
            field<&One::kind>("kind", "The kind of factor."),
            field<&One::subject>("subject", "What the factor is of: diesel, electricity; of a gas that escapes, the gas.", {.min = 1, .max = 100}),
            field<&One::area>("area", "Another area than the inventory's: CN-SH.", {.min = 2, .max = 20}),
            field<&One::market>("market", "Scope 2 by market: the kind of factor."),
            field<&One::market_value>("market_value", "Scope 2 by market: by contract, per unit.", {.unit = "kgCO2e", .min = 0, .max = 1e6}),
            field<&One::evidence>("evidence", "Where the amount is from: meter, invoice, estimate.", {.max = 500}),
            field<&One::channel>("channel", "The channel that counts the amount.", {.max = 80}),
        },
        check_source};
}
Record describe(const ExplainedCategory*) {
    return {"explained_category", "Why a category has no source.",
        {field<&ExplainedCategory::category>("category", "Which."),
            field<&ExplainedCategory::reason>("reason", "Why: does not occur, not material, no data yet.", {.min = 1, .max = 1000})}};
}
Record describe(const BaseYearEvent*) {
    return {"base_year_event", "What changes the base year.",
        {field<&BaseYearEvent::kind>("kind", "Acquired, sold, put out, taken in, another method, an error."),
            field<&BaseYearEvent::kg>("kg", "By so much the base year would change.", {.unit = "kgCO2e", .min = -1e15, .max = 1e15}),
            field<&BaseYearEvent::reason>("reason", "What happened.", {.min = 1, .max = 1000})}};
}
Record describe(const OrganisationInventory*) {
    using One = OrganisationInventory;
    return {"organisation_inventory", "Greenhouse gases of an organisation in a year.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::owner>("owner", "Whose it is.", {.max = 60, .read_only = true, .filter = true}),
            field<&One::title>("title", "Its name.", {.min = 1, .max = 300, .sort = true}),
            field<&One::year>("year", "The year it is of.", {.min = 1990, .max = 2100, .filter = true, .sort = true}),
            field<&One::consolidation>("consolidation", "Whose emissions are counted.", {.defaulted = true}),
            field<&One::gwp>("gwp", "Whose warming potentials.", {.defaulted = true}),
            field<&One::area>("area", "Where the organisation is: CN, CN-SH.", {.min = 2, .max = 20, .defaulted = true}),
            field<&One::sources>("sources", "The sources.", {.max = 2000}),
            field<&One::explained>("explained", "Categories without source, and why.", {.max = 23}),
            field<&One::all_categories>("all_categories", "Scope 3 is reported in all fifteen categories.", {.defaulted = true}),
            field<&One::base_year>("base_year", "The year to compare with.", {.min = 1990, .max = 2100}),
            field<&One::base_threshold_percent>(
                "base_threshold_percent", "From here on the base year is recalculated.", {.unit = "%", .min = 0, .max = 100, .defaulted = true}),
            field<&One::base_events>("base_events", "What changes the base year.", {.max = 50}),
            field<&One::state>("state", "Draft or final.", {.read_only = true, .filter = true}),
            field<&One::finished_by>("finished_by", "Who finished it.", {.max = 60, .read_only = true}),
            field<&One::finished_at>("finished_at", "When; factors published later do not change it.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&One::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        {}, true};
}
Record describe(const InventoryRow*) {
    using One = InventoryRow;
    return {"inventory_row", "A source and what it comes to.",
        {field<&One::name>("name", "What it is called."), field<&One::category>("category", "Its category."), field<&One::scope>("scope", "Its scope."),
            field<&One::amount>("amount", "How much."), field<&One::unit>("unit", "In which unit."),
            field<&One::location_kg>("location_kg", "Emissions; of purchased energy by location.", {.unit = "kgCO2e"}),
            field<&One::market_kg>("market_kg", "Emissions; of purchased energy by market.", {.unit = "kgCO2e"}),
            field<&One::factors>("factors", "The factors used.", {.max = 20}), field<&One::market_factors>("market_factors", "Those by market.", {.max = 20}),
            field<&One::market_value>("market_value", "By contract.", {.unit = "kgCO2e"})}};
}
Record describe(const CategoryRow*) {
    using One = CategoryRow;
    return {"inventory_category", "A category and what it comes to.",
        {field<&One::category>("category", "Which."), field<&One::scope>("scope", "Its scope."), field<&One::number>("number", "Its number in scope 3."),
            field<&One::location_kg>("location_kg", "By location.", {.unit = "kgCO2e"}),
            field<&One::market_kg>("market_kg", "By market.", {.unit = "kgCO2e"})}};
}
Record describe(const BaseYearReport*) {
    using One = BaseYearReport;
    return {"base_year_report", "Beside the base year.",
        {field<&One::year>("year", "Which."), field<&One::base_kg>("base_kg", "As it was reported.", {.unit = "kgCO2e"}),
            field<&One::recalculated_kg>("recalculated_kg", "With all that changes it.", {.unit = "kgCO2e"}),
            field<&One::change_kg>("change_kg", "This year against that.", {.unit = "kgCO2e"}),
            field<&One::percent>("percent", "Size of the changes.", {.unit = "%"}),
            field<&One::recalculation_needed>("recalculation_needed", "At the threshold or above.")}};
}
Record describe(const InventoryReport*) {
    using One = InventoryReport;
    return {"inventory_report", "What the sources of a year come to.",
        {
            field<&One::year>("year", "The year."),
            field<&One::gwp>("gwp", "Whose warming potentials."),
            field<&One::rows>("rows", "By source.", {.max = 2000}),
            field<&One::categories>("categories", "By category.", {.max = 23}),
            field<&One::scope_1_kg>("scope_1_kg", "Scope 1.", {.unit = "kgCO2e"}),
            field<&One::scope_2_location_kg>("scope_2_location_kg", "Scope 2 by location.", {.unit = "kgCO2e"}),
            field<&One::scope_2_market_kg>("scope_2_market_kg", "Scope 2 by market.", {.unit = "kgCO2e"}),
            field<&One::scope_3_kg>("scope_3_kg", "Scope 3.", {.unit = "kgCO2e"}),
            field<&One::location_kg>("location_kg", "All, by location.", {.unit = "kgCO2e"}),
            field<&One::market_kg>("market_kg", "All, by market.", {.unit = "kgCO2e"}),
            field<&One::uncertainty_percent>("uncertainty_percent", "By error propagation: half the width of the 95 % interval.", {.unit = "%"}),
            field<&One::sampled_percent>("sampled_percent", "By drawing.", {.unit = "%"}),
            field<&One::low_kg>("low_kg", "Lower end of that interval.", {.unit = "kgCO2e"}),
            field<&One::high_kg>("high_kg", "Upper end.", {.unit = "kgCO2e"}),
            field<&One::missing>("missing", "Categories without source that nobody explained.", {.max = 23}),
            field<&One::base>("base", "Beside the base year."),
            field<&One::status>("status", "The weakest of the factors."),
        }};
}

} // namespace greenbank::carbon
