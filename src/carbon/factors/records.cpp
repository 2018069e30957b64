// records.cpp — descriptions of factors.
#include "carbon/factors/records.h"

#include "library/rules.h"

namespace greenbank::carbon {

namespace {

void check_factor(const void* value, Problems& problems) {
    const auto& factor = *static_cast<const EmissionFactor*>(value);
    if (factor.valid_until < factor.valid_from) problems.push_back({"valid_until", "factor.dates", "The last day of the period lies before the first."});
    if (!parse_unit(factor.per)) problems.push_back({"per", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", factor.per}}});
    const bool weighs = factor.kind == FactorKind::warming || factor.gas == "CO2e";
    if (weighs && !factor.gwp)
        problems.push_back({"gwp", "factor.gwp_missing", "Say with which assessment report's warming potentials the gases were added up."});
    if (!weighs && factor.gwp) problems.push_back({"gwp", "factor.gwp_of_one_gas", "A factor of one gas holds no warming potentials; leave the edition out."});
    if (factor.kind == FactorKind::supplier)
        problems.push_back({"kind", "factor.of_supplier", "A supplier's own footprint is received from it by PACT; choose another kind."});
    if (factor.value < 0 && factor.kind != FactorKind::material && factor.kind != FactorKind::process)
        problems.push_back({"value", "factor.negative", "Only materials and processes take up more than they give off."});
    if (factor.source_link) library::check_link(*factor.source_link, "source_link", problems);
}

} // namespace

Record describe(const EmissionFactor*) {
    return {"emission_factor", "What an activity gives off per unit, with period, edition, source and status.",
        {
            field<&EmissionFactor::id>("id", "Id.", {.read_only = true}),
            field<&EmissionFactor::kind>("kind",
                "Grid average, grid without traded non-fossil power, fossil power, heat, fuel, material, transport, process or warming potential.",
                {.filter = true, .sort = true}),
            field<&EmissionFactor::subject>(
                "subject", "What it is of: electricity, diesel, steel; of a warming potential the gas.", {.min = 1, .max = 100, .filter = true, .sort = true}),
            field<&EmissionFactor::title>("title", "Its name for people.", {.min = 1, .max = 200}),
            field<&EmissionFactor::gas>("gas", "CO2, CH4, N2O …; CO2e: all of them together.", {.min = 1, .max = 20, .defaulted = true, .filter = true}),
            field<&EmissionFactor::gwp>("gwp", "The assessment report whose warming potentials are in it.", {.filter = true}),
            field<&EmissionFactor::horizon_years>(
                "horizon_years", "Time horizon of the warming potentials.", {.unit = "a", .min = 1, .max = 1000, .defaulted = true, .filter = true}),
            field<&EmissionFactor::area>(
                "area", "Where it holds: CN, CN-SH, a grid such as CN-EAST; WORLD.", {.min = 2, .max = 20, .filter = true, .sort = true}),
            field<&EmissionFactor::valid_from>("valid_from", "First day of the period that it describes.", {.sort = true}),
            field<&EmissionFactor::valid_until>("valid_until", "Last day of that period."),
            field<&EmissionFactor::edition>("edition", "Which edition of the source.", {.min = 1, .max = 60, .filter = true, .sort = true}),
            field<&EmissionFactor::published>("published", "The day since which it is known.", {.sort = true}),
            field<&EmissionFactor::value>("value", "Kilograms of the gas per unit.", {.unit = "kg", .min = -1e6, .max = 1e6}),
            field<&EmissionFactor::per>("per", "The unit of the activity: kWh, kg, L, t.km.", {.min = 1, .max = 20}),
            field<&EmissionFactor::uncertainty_percent>("uncertainty_percent", "Half the width of the 95 % interval.", {.unit = "%", .min = 0, .max = 1000}),
            field<&EmissionFactor::status>("status", "Official, unconfirmed or sample.", {.filter = true}),
            field<&EmissionFactor::source>("source", "Who published it, in which document.", {.min = 1, .max = 500}),
            field<&EmissionFactor::source_link>("source_link", "Where the document is.", {.max = 500}),
            field<&EmissionFactor::organisation>("organisation", "Who entered it; empty: the bank.", {.max = 60, .read_only = true, .filter = true}),
            field<&EmissionFactor::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&EmissionFactor::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&EmissionFactor::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&EmissionFactor::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_factor};
}

Record describe(const FactorUsed*) {
    return {"factor_used", "A factor that a result used, as it was.",
        {
            field<&FactorUsed::factor>("factor", "Which one."),
            field<&FactorUsed::kind>("kind", "Of which kind."),
            field<&FactorUsed::subject>("subject", "What it is of.", {.max = 100}),
            field<&FactorUsed::gas>("gas", "Which gas.", {.max = 20}),
            field<&FactorUsed::area>("area", "Where it holds.", {.max = 20}),
            field<&FactorUsed::edition>("edition", "Which edition.", {.max = 60}),
            field<&FactorUsed::gwp>("gwp", "Which warming potentials are in it."),
            field<&FactorUsed::valid_from>("valid_from", "First day of its period."),
            field<&FactorUsed::valid_until>("valid_until", "Last day of its period."),
            field<&FactorUsed::value>("value", "Kilograms of the gas per unit.", {.unit = "kg"}),
            field<&FactorUsed::per>("per", "The unit of the activity.", {.max = 20}),
            field<&FactorUsed::uncertainty_percent>("uncertainty_percent", "Half the width of the 95 % interval.", {.unit = "%"}),
            field<&FactorUsed::status>("status", "Official, unconfirmed or sample."),
            field<&FactorUsed::source>("source", "Who published it.", {.max = 500}),
            field<&FactorUsed::area_widened>("area_widened", "The area asked for has none of its own: that of a wider one."),
            field<&FactorUsed::carried_forward>("carried_forward", "None describes the day yet: the newest before it."),
            field<&FactorUsed::received>("received", "The supplier's footprint that it is.", {.max = 80}),
            field<&FactorUsed::name>("name", "Supplier and product.", {.max = 300}),
            field<&FactorUsed::biogenic>("biogenic", "Of it, of biogenic origin.", {.unit = "kg"}),
            field<&FactorUsed::land_use>("land_use", "Of it, of changes of land use.", {.unit = "kg"}),
            field<&FactorUsed::uptake>("uptake", "What plants took up, deducted in it.", {.unit = "kg"}),
            field<&FactorUsed::quality>("quality", "Mean score of the supplier's data; 1 is best."),
            field<&FactorUsed::primary_percent>("primary_percent", "Share of it that the supplier's measured data bring.", {.unit = "%"}),
        }};
}

Factor to_factor(const EmissionFactor& record) {
    return {record.id.text, record.kind, record.subject, record.gas, record.gwp, record.horizon_years, record.area, record.valid_from, record.valid_until,
        record.edition, record.published, record.value, record.per, record.uncertainty_percent, record.status, record.source};
}

FactorUsed to_used(const FactorChoice& choice) {
    const Factor& factor = choice.factor;
    FactorUsed used{Id<EmissionFactor>(factor.id), factor.kind, factor.subject, factor.gas, factor.area, factor.edition, factor.gwp, factor.from, factor.until,
        factor.value, factor.per, factor.uncertainty_percent, factor.status, factor.source, choice.area_widened, choice.carried_forward, {}, {}, {}, {}, {}, {},
        {}};
    if (const auto& supplier = choice.supplier) {
        used.received = supplier->received, used.name = supplier->name;
        used.biogenic = supplier->biogenic, used.land_use = supplier->land_use, used.uptake = supplier->uptake;
        used.quality = supplier->quality, used.primary_percent = supplier->primary_percent;
    }
    return used;
}

FactorChoice choice_of(const FactorUsed& used) {
    FactorChoice choice{{used.factor.text, used.kind, used.subject, used.gas, used.gwp, 100, used.area, used.valid_from, used.valid_until, used.edition, {},
                            used.value, used.per, used.uncertainty_percent, used.status, used.source},
        used.area_widened, used.carried_forward, {}};
    if (used.received)
        choice.supplier = SupplierFigure{*used.received, used.name.value_or(""), used.biogenic.value_or(0), used.land_use.value_or(0), used.uptake.value_or(0),
            used.quality, used.primary_percent};
    return choice;
}

} // namespace greenbank::carbon
