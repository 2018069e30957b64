// compare.cpp — two inventories into one, solved and drawn for both products at once.
#include "carbon/products/compare.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "carbon/products/calculate.h"
#include "json/json.h"

namespace greenbank::carbon {

Record describe(const Comparison*) {
    using C = Comparison;
    return {"footprint_comparison", "Two products for the same functional unit; factors that both use vary together.",
        {field<&C::first>("first", "Of the first.", {.unit = "kgCO2e"}), field<&C::second>("second", "Of the other.", {.unit = "kgCO2e"}),
            field<&C::amount>("amount", "The functional unit of the first."), field<&C::unit>("unit", "Its unit."),
            field<&C::common>("common", "Factors that both use: their spread does not make the difference uncertain.", {.max = 200}),
            field<&C::samples>("samples", "How many draws."), field<&C::first_lower>("first_lower", "Share of the draws in which the first is lower."),
            field<&C::difference_low>("difference_low", "The other less the first: 2.5 % of the draws are lower.", {.unit = "kgCO2e"}),
            field<&C::difference_median>("difference_median", "Half of them.", {.unit = "kgCO2e"}),
            field<&C::difference_high>("difference_high", "2.5 % are higher.", {.unit = "kgCO2e"}),
            field<&C::histogram>("histogram", "Of the difference: least, greatest, then how many in each even part.", {.max = 40})}};
}

namespace {

constexpr std::size_t common_max = 200;

/// One of the two, as it was computed.
struct Side {
    ProductSystem system;
    SystemInventory made;
    std::string scenario;
};
Result<Side> side_of(const Footprint& footprint) {
    Side side{TRY(from_json<ProductSystem>(footprint.snapshot, {.accept_read_only = true, .stored = true})), {}, footprint.scenario};
    side.made = TRY(to_inventory(side.system, kept_factors(footprint)));
    return side;
}

/// Both inventories in one. What a side makes itself is its own and named apart; a factor is one process, whoever uses it.
class Both {
public:
    Result<Done> add(const Side& side, const std::string& mark) {
        const Inventory& from = side.made.inventory;
        std::set<std::string> own;
        for (const SystemProcess& one : side.system.processes) own.insert(one.name);
        std::set<std::uint32_t> own_flows; // made by the side's own processes
        for (const ProcessItem& process : from.processes)
            if (own.contains(process.name))
                for (const ExchangeItem& one : process.exchanges)
                    if (!one.input && from.flows[one.flow].kind != FlowKind::elementary) own_flows.insert(one.flow);
        std::set<std::string> background; // ids
        for (const ProcessItem& process : from.processes)
            if (!own.contains(process.name) && std::ranges::none_of(process.exchanges, [&](const ExchangeItem& one) { return own_flows.contains(one.flow); }))
                background.insert(process.id);
        std::vector<std::uint32_t> flows(from.flows.size());
        for (std::uint32_t f = 0; f < from.flows.size(); ++f) flows[f] = flow(from.flows[f], own_flows.contains(f) ? mark : "");
        const std::vector<ParameterItem>& common = from.parameters;
        for (const ProcessItem& process : from.processes) {
            const bool shared = background.contains(process.id);
            if (shared && !processes_.insert(process.id).second) {
                common_.push_back(process.name);
                continue;
            }
            ProcessItem copy = process;
            if (!shared) copy.id = id_of_text(mark + process.id), copy.name = mark + process.name;
            copy.parameters = common;
            for (const ParameterItem& one : process.parameters) {
                std::erase_if(copy.parameters, [&](const ParameterItem& other) { return other.name == one.name; });
                copy.parameters.push_back(one);
            }
            TRY(set_scenario(side, copy.parameters));
            for (ExchangeItem& one : copy.exchanges) {
                one.flow = flows[one.flow];
                if (!one.provider.empty() && !background.contains(one.provider)) one.provider = id_of_text(mark + one.provider);
            }
            for (AllocationShare& one : copy.shares) one.product = flows[one.product];
            out_.processes.push_back(std::move(copy));
        }
        out_.impacts.resize(std::max(out_.impacts.size(), from.impacts.size()));
        for (std::size_t i = 0; i < from.impacts.size(); ++i) {
            ImpactCategory& into = out_.impacts[i];
            if (into.id.empty())
                into.id = from.impacts[i].id, into.name = from.impacts[i].name, into.unit = from.impacts[i].unit, into.method = from.impacts[i].method;
            for (ImpactFactor one : from.impacts[i].factors) {
                one.flow = flows[one.flow];
                if (std::ranges::none_of(into.factors, [&](const ImpactFactor& other) { return other.flow == one.flow; })) into.factors.push_back(one);
            }
        }
        for (const UnitItem& one : from.units)
            if (std::ranges::find(out_.units, one) == out_.units.end()) out_.units.push_back(one);
        return Done{};
    }
    Inventory take() {
        put_in_order(out_);
        return std::move(out_);
    }
    const std::vector<std::string>& common() const { return common_; }

private:
    /// What the scenario says goes before a value or a formula of the same name.
    static Result<Done> set_scenario(const Side& side, std::vector<ParameterItem>& parameters) {
        if (side.scenario.empty()) return Done{};
        for (const SystemScenario& scenario : side.system.scenarios)
            if (scenario.name == side.scenario) {
                for (const ScenarioValue& value : scenario.values) {
                    std::erase_if(parameters, [&](const ParameterItem& one) { return one.name == value.name; });
                    parameters.push_back({value.name, value.value, "", {}, ""});
                }
                return Done{};
            }
        return Error{Failure::invalid, "footprint.scenario", "The system has no scenario {name}.", {{"name", side.scenario}}};
    }
    std::uint32_t flow(FlowItem item, const std::string& mark) {
        if (!mark.empty()) item.id = id_of_text(mark + item.id), item.name = mark + item.name;
        const auto [at, is_new] = flows_.emplace(item.id, static_cast<std::uint32_t>(out_.flows.size()));
        if (is_new) out_.flows.push_back(std::move(item));
        return at->second;
    }

    Inventory out_;
    std::map<std::string, std::uint32_t> flows_;
    std::set<std::string> processes_;
    std::vector<std::string> common_;
};

Result<Demand> demand_of(const Inventory& inventory, const Matrix& matrix, const std::string& product, double amount, const std::string& unit) {
    const std::uint32_t column = TRY(column_making(inventory, matrix, product));
    const FlowItem& flow = inventory.flows[matrix.columns[column].product];
    if (const auto ratio = unit_ratio(inventory, unit, flow.unit)) return Demand{{column, amount * *ratio}};
    return Error{Failure::invalid, "footprint.units_differ",
        "One product is counted in {unit}, the other in {other}; only what serves the same purpose compares.", {{"unit", unit}, {"other", flow.unit}}};
}

} // namespace

Result<Comparison> compare(const Footprint& first, const Footprint& second, const MonteCarlo& settings) {
    if (first.gwp != second.gwp)
        return Error{
            Failure::invalid, "footprint.gwp_differs", "The two are computed with warming potentials of different editions; compute one of them anew."};
    const std::string marks[] = {"A · ", "B · "};
    Side other = TRY(side_of(second));
    const Side sides[] = {TRY(side_of(first)), std::move(other)};
    Both both;
    for (std::size_t i = 0; i < 2; ++i) TRY(both.add(sides[i], marks[i]));
    Comparison made{.amount = first.amount, .unit = first.unit, .common = both.common(), .samples = settings.samples};
    if (made.common.size() > common_max) made.common.resize(common_max);
    const Inventory inventory = both.take();
    const Matrix matrix = TRY(build_matrix(inventory));
    std::vector<Demand> demands;
    for (std::size_t i = 0; i < 2; ++i) demands.push_back(TRY(demand_of(inventory, matrix, marks[i] + sides[i].system.product, first.amount, first.unit)));
    Fault fault;
    const auto solution = solve(matrix.model, demands, fault);
    if (!solution) return unsolved(fault, inventory, matrix);
    made.first = solution->scores.at(0, 0);
    made.second = solution->scores.at(1, 0);
    const auto sampled = monte_carlo(matrix.model, demands, settings, fault);
    if (!sampled) return unsolved(fault, inventory, matrix);
    std::vector<double> firsts, seconds, differences;
    for (const Scores& one : sampled->scores)
        if (!one.numbers.empty() && std::isfinite(one.at(0, 0)) && std::isfinite(one.at(1, 0))) {
            firsts.push_back(one.at(0, 0));
            seconds.push_back(one.at(1, 0));
            differences.push_back(seconds.back() - firsts.back());
        }
    if (differences.empty()) return unsolved({.flaw = Flaw::singular}, inventory, matrix);
    made.samples = static_cast<std::int64_t>(differences.size());
    made.first_lower = chance_below(firsts, seconds);
    made.histogram = histogram_of(differences);
    const Summary summary = summary_of(std::move(differences));
    made.difference_low = summary.low;
    made.difference_median = summary.median;
    made.difference_high = summary.high;
    return made;
}

} // namespace greenbank::carbon
