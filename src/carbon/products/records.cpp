// records.cpp — descriptions of product systems.
#include "carbon/products/records.h"

#include <set>

#include <fmt/format.h>

#include "carbon/engine/pedigree.h"
#include "carbon/exchange/records.h"

namespace greenbank::carbon {

namespace {

/// The kernel's units, and what other tools call the same: "Item(s)", "t*km".
void check_unit(const std::string& unit, Problems& problems) {
    if (parse_unit(unit)) return;
    for (const char* base : {"1", "t.km", "kg.km", "km", "t", "m2.a", "ha.a", "h", "m3"})
        if (unit_ratio({}, unit, base)) return;
    problems.push_back({"unit", "unit.unknown", "The unit {unit} is not known; write it like kWh/m3.", {{"unit", unit.substr(0, 40)}}});
}

void check_exchange(const void* value, Problems& problems) {
    const auto& exchange = *static_cast<const SystemExchange*>(value);
    if (exchange.kind != FlowKind::elementary) check_unit(exchange.unit, problems); // nature is counted in anything, becquerels too
    if (exchange.pedigree && !exchange.pedigree->empty() && !parse_pedigree(*exchange.pedigree))
        problems.push_back({"pedigree", "footprint.pedigree", "Write five scores from 1 to 5: (1;3;2;5;1)."});
    if (exchange.spread != Spread::none && (!exchange.p1 || !exchange.p2))
        problems.push_back({"p1", "footprint.spread", "This distribution needs both of its numbers."});
    if (exchange.spread == Spread::lognormal && exchange.p2 && *exchange.p2 <= 0)
        problems.push_back({"p2", "footprint.spread", "This distribution needs both of its numbers."});
    if (exchange.factor && exchange.kind == FlowKind::elementary)
        problems.push_back(
            {"factor", "footprint.factor_of_nature", "A flow to or from nature has no emission factor; it is weighed by its warming potential."});
    const bool of_supplier = exchange.factor == FactorKind::supplier;
    if (exchange.received && (exchange.direction == Direction::reference || exchange.kind == FlowKind::elementary || (exchange.factor && !of_supplier)))
        problems.push_back({"received", "footprint.received_where",
            "A supplier's footprint stands behind something used; take it away here, or choose no other emission factor."});
    if (of_supplier && !exchange.received)
        problems.push_back({"received", "footprint.received_missing", "Choose which supplier's footprint it is, or another kind of factor."});
}

void check_system(const void* value, Problems& problems) {
    const auto& system = *static_cast<const ProductSystem*>(value);
    check_unit(system.unit, problems);
    std::set<std::string> names;
    std::size_t exchanges = 0;
    for (std::size_t i = 0; i < system.processes.size(); ++i) {
        const SystemProcess& process = system.processes[i];
        exchanges += process.exchanges.size();
        if (!names.insert(process.name).second)
            problems.push_back({fmt::format("processes[{}].name", i), "footprint.process_twice", "Two processes have this name; say which is which."});
        bool makes = false;
        for (const SystemExchange& one : process.exchanges) makes = makes || one.direction == Direction::reference;
        if (!makes)
            problems.push_back(
                {fmt::format("processes[{}].exchanges", i), "footprint.makes_nothing", "The process makes nothing; mark its product as the reference."});
    }
    if (exchanges > system_exchanges_max)
        problems.push_back({"processes", "footprint.too_many", "A system of more than 20000 exchanges is solved by greenbank footprint solve."});
    if (!(system.amount > 0)) problems.push_back({"amount", "footprint.amount", "The functional unit is an amount above 0."});
}

} // namespace

Record describe(const SystemParameter*) {
    using P = SystemParameter;
    return {"system_parameter", "A number that formulas name.",
        {field<&P::name>("name", "Its name in formulas.", {.min = 1, .max = 60}), field<&P::value>("value", "Its value."),
            field<&P::formula>("formula", "Instead: a formula of others.", {.max = 1000}), field<&P::note>("note", "What it is.", {.max = 500})}};
}
Record describe(const SystemExchange*) {
    using E = SystemExchange;
    return {"system_exchange", "What a process makes, uses, or gives to nature.",
        {
            field<&E::direction>("direction", "The product that it is there for, another output, an input, or what it saves making elsewhere."),
            field<&E::flow>("flow", "What it is: dried kelp, electricity, CO2, CH4 biogenic.", {.min = 1, .max = 300}),
            field<&E::kind>("kind", "Product, waste, or from and to nature.", {.defaulted = true}),
            field<&E::amount>("amount", "How much for one run of the process.", {.defaulted = true}),
            field<&E::unit>("unit", "In which unit.", {.max = 30, .defaulted = true}),
            field<&E::formula>("formula", "Instead of the amount: a formula of the parameters.", {.max = 1000}),
            field<&E::factor>("factor", "What comes before it stands in an emission factor of this kind."),
            field<&E::area>("area", "Where that factor holds; absent: where the system is.", {.max = 20}),
            field<&E::received>("received", "Instead of a factor: the footprint that its supplier gave, by PACT."),
            field<&E::provider>("provider", "The process that it comes from; absent: the one that makes it.", {.max = 300}),
            field<&E::pedigree>("pedigree", "How good the figure is: (reliability;completeness;time;place;technology), 1 is best.", {.max = 30}),
            field<&E::spread>("spread", "How the amount varies.", {.defaulted = true}),
            field<&E::p1>("p1", "Lognormal: mean of the logarithm; normal: mean; else the least."),
            field<&E::p2>("p2", "Lognormal and normal: standard deviation; else the greatest."),
            field<&E::price>("price", "Of one unit, to divide by value.", {.min = 0}),
            field<&E::role>("role",
                "In the circular footprint formula: virgin, recycled, recycling, recycling_avoided, energy_recovery, energy_avoided, disposal.", {.max = 30}),
            field<&E::primary>("primary", "Measured by the owner, not taken from literature.", {.defaulted = true}),
            field<&E::note>("note", "Source or remark.", {.max = 2000}),
        },
        check_exchange};
}
Record describe(const SystemProcess*) {
    using P = SystemProcess;
    return {"system_process", "A process of a product system.",
        {field<&P::name>("name", "Its name.", {.min = 1, .max = 300}), field<&P::stage>("stage", "Of which stage of the life.", {.defaulted = true}),
            field<&P::location>("location", "Where it is.", {.max = 60}),
            field<&P::allocation>("allocation", "How it is divided among several products.", {.defaulted = true}),
            field<&P::parameters>("parameters", "Parameters of its own.", {.max = 100, .defaulted = true}),
            field<&P::exchanges>("exchanges", "What it makes and uses.", {.min = 1, .max = 3000})}};
}
Record describe(const ScenarioValue*) {
    using V = ScenarioValue;
    return {"scenario_value", "Another value of a parameter.",
        {field<&V::name>("name", "Of which parameter.", {.min = 1, .max = 60}), field<&V::value>("value", "The value.")}};
}
Record describe(const SystemScenario*) {
    using S = SystemScenario;
    return {"system_scenario", "Other values of parameters, together.",
        {field<&S::name>("name", "Its name.", {.min = 1, .max = 100}), field<&S::values>("values", "What is different.", {.min = 1, .max = 100})}};
}

Record describe(const ProductSystem*) {
    using S = ProductSystem;
    return {"product_system", "A product with the processes behind it.",
        {
            field<&S::id>("id", "Id.", {.read_only = true}),
            field<&S::owner>("owner", "Whose it is.", {.read_only = true, .filter = true}),
            field<&S::title>("title", "The product's name.", {.min = 1, .max = 200, .sort = true}),
            field<&S::description>("description", "What is within the boundary, and what is not.", {.max = 6000, .defaulted = true}),
            field<&S::product>("product", "The flow that is asked for.", {.min = 1, .max = 300}),
            field<&S::amount>("amount", "How much of it: the functional unit.", {.defaulted = true}),
            field<&S::unit>("unit", "In which unit.", {.min = 1, .max = 30, .defaulted = true}),
            field<&S::product_class>("product_class", "The class whose products are compared.", {.max = 60, .defaulted = true, .filter = true}),
            field<&S::boundary>("boundary", "From where to where.", {.defaulted = true, .filter = true}),
            field<&S::area>("area", "Where it is made: CN-ZJ, CN, KZ.", {.min = 2, .max = 20, .defaulted = true, .filter = true}),
            field<&S::activity_on>("activity_on", "A day of the year that the figures are of; factors are those of that day."),
            field<&S::gwp>("gwp", "Whose warming potentials.", {.defaulted = true}),
            field<&S::project>("project", "The project that it belongs to.", {.filter = true}),
            field<&S::processes>("processes", "The processes.", {.min = 1, .max = 2000}),
            field<&S::parameters>("parameters", "Parameters of all processes.", {.max = 500, .defaulted = true}),
            field<&S::scenarios>("scenarios", "Scenarios.", {.max = 50, .defaulted = true}),
            field<&S::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&S::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&S::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&S::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_system};
}

Record describe(const NamedAmount*) {
    using N = NamedAmount;
    return {"named_amount", "A part of a result.", {field<&N::name>("name", "What brings it.", {.max = 300}), field<&N::amount>("amount", "How much.")}};
}
Record describe(const SankeyPoint*) {
    using P = SankeyPoint;
    return {"sankey_point", "A process in the picture of flows.",
        {field<&P::name>("name", "The process.", {.max = 300}), field<&P::stage>("stage", "Its stage."),
            field<&P::direct>("direct", "What it gives off itself.", {.unit = "kgCO2e"}),
            field<&P::total>("total", "With all that is behind it.", {.unit = "kgCO2e"})}};
}
Record describe(const SankeyFlow*) {
    using F = SankeyFlow;
    return {"sankey_flow", "What a supplier brings to a consumer.",
        {field<&F::from>("from", "Supplier.", {.max = 300}), field<&F::to>("to", "Consumer.", {.max = 300}),
            field<&F::amount>("amount", "How much of the result.", {.unit = "kgCO2e"})}};
}
Record describe(const Drawn*) {
    using D = Drawn;
    return {"footprint_drawn", "What random draws of all uncertain amounts came to.",
        {field<&D::samples>("samples", "How many draws."), field<&D::seed>("seed", "What they begin from: the same seed, the same draws."),
            field<&D::mean>("mean", "Mean.", {.unit = "kgCO2e"}), field<&D::deviation>("deviation", "Standard deviation.", {.unit = "kgCO2e"}),
            field<&D::median>("median", "Median.", {.unit = "kgCO2e"}), field<&D::low>("low", "2.5 % lie below.", {.unit = "kgCO2e"}),
            field<&D::high>("high", "2.5 % lie above.", {.unit = "kgCO2e"}),
            field<&D::krylov>("krylov", "Samples that sweeps did not settle: solved by GMRES."),
            field<&D::refactored>("refactored", "And by factors of their own."), field<&D::failed>("failed", "Samples without an answer.")}};
}
Record describe(const Footprint*) {
    using F = Footprint;
    return {"footprint", "A product's footprint as it was computed.",
        {
            field<&F::id>("id", "Id.", {.read_only = true}),
            field<&F::system>("system", "Of which product system.", {.read_only = true, .filter = true}),
            field<&F::system_version>("system_version", "In which version.", {.read_only = true}),
            field<&F::owner>("owner", "Whose it is.", {.read_only = true, .filter = true}),
            field<&F::title>("title", "The product.", {.read_only = true}),
            field<&F::scenario>("scenario", "In which scenario; empty: none.", {.max = 100, .read_only = true, .filter = true}),
            field<&F::amount>("amount", "Functional unit.", {.read_only = true}),
            field<&F::unit>("unit", "Its unit.", {.max = 30, .read_only = true}),
            field<&F::gwp>("gwp", "Whose warming potentials.", {.read_only = true}),
            field<&F::total>("total", "All greenhouse gases.", {.unit = "kgCO2e", .read_only = true, .sort = true}),
            field<&F::fossil>("fossil", "Of fossil origin.", {.unit = "kgCO2e", .read_only = true}),
            field<&F::biogenic>("biogenic", "Of biogenic origin, what was taken up deducted.", {.unit = "kgCO2e", .read_only = true}),
            field<&F::land_use>("land_use", "Of changes of land use.", {.unit = "kgCO2e", .read_only = true}),
            field<&F::by_stage>("by_stage", "By stage of the life.", {.read_only = true}),
            field<&F::by_process>("by_process", "By process.", {.read_only = true}),
            field<&F::by_flow>("by_flow", "By gas.", {.read_only = true}),
            field<&F::suppliers>("suppliers", "By direct supplier, with all behind it.", {.read_only = true}),
            field<&F::scenarios>("scenarios", "In each scenario.", {.read_only = true}),
            field<&F::variance>("variance", "Shares of the variance, by exchange.", {.read_only = true}),
            field<&F::points>("points", "Processes of the picture of flows.", {.read_only = true}),
            field<&F::flows>("flows", "Flows of that picture.", {.read_only = true}),
            field<&F::drawn>("drawn", "What random draws came to.", {.read_only = true}),
            field<&F::histogram>("histogram", "Least and greatest draw, then how many lie in each even part between.", {.read_only = true}),
            field<&F::decisions>("decisions", "What was decided on the way: allocation, suppliers, areas.", {.read_only = true}),
            field<&F::missing>("missing", "Inputs that nobody supplies.", {.read_only = true}),
            field<&F::cut_off_single>("cut_off_single", "Largest share by mass of one input left out.", {.read_only = true}),
            field<&F::cut_off_sum>("cut_off_sum", "Largest share of all left out of one process.", {.read_only = true}),
            field<&F::cut_off_kept>("cut_off_kept", "At most 1 % one by one and 5 % together (ISO 14067, GB/T 24067).", {.read_only = true}),
            field<&F::quality>("quality", "Mean score of the data by what they bring; 1 is best, 5 worst.", {.read_only = true}),
            field<&F::primary_share>("primary_share", "Share of the result that measured data bring.", {.read_only = true}),
            field<&F::factors>("factors", "The emission factors and warming potentials used.", {.read_only = true}),
            field<&F::snapshot>("snapshot", "The system as it was, JSON.", {.max = 20'000'000, .read_only = true}),
            field<&F::digest>("digest", "SHA-256 of system and factors.", {.max = 64, .read_only = true}),
            field<&F::person_name>("person_name", "Who computed it.", {.max = 200, .read_only = true}),
            field<&F::at>("at", "When.", {.read_only = true, .sort = true}),
            field<&F::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
        }};
}

} // namespace greenbank::carbon
