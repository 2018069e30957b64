// convert.cpp — the same processes in two shapes.
#include "carbon/products/convert.h"

#include <algorithm>

#include <fmt/format.h>

#include "carbon/factors/factors.h"
#include "kernel/text.h"

namespace greenbank::carbon {

namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

class Making {
public:
    explicit Making(const ProductSystem& system) : system_(system) {}

    Inventory plain() {
        for (const SystemProcess& process : system_.processes) add_process(process);
        out_.systems.push_back({id_of_text("system " + system_.id.text), std::string(system_.title.best(Language::en)),
            std::string(system_.description.best(Language::en)), "", system_.amount, system_.unit});
        for (const ProcessItem& process : out_.processes)
            for (const ExchangeItem& one : process.exchanges)
                if (one.reference && out_.flows[one.flow].name == system_.product && out_.systems[0].process.empty()) out_.systems[0].process = process.id;
        out_.parameters = parameters(system_.parameters);
        return std::move(out_);
    }

    Result<SystemInventory> with_factors(const FactorSource& source) {
        SystemInventory made;
        for (const SystemProcess& process : system_.processes) {
            add_process(process);
            made.stages[out_.processes.back().id] = process.stage;
            for (std::size_t e = 0; e < process.exchanges.size(); ++e)
                if (process.exchanges[e].factor || process.exchanges[e].received)
                    TRY(link_factor(process, process.exchanges[e], out_.processes.back().exchanges[e], source, made));
        }
        for (ProcessItem& one : background_) {
            made.stages[one.id] = background_stage_[one.id];
            out_.processes.push_back(std::move(one));
        }
        made.foreground = system_.processes.size();
        out_.parameters = parameters(system_.parameters);
        TRY(add_methods(source, made));
        made.inventory = std::move(out_);
        put_in_order(made.inventory);
        return made;
    }

private:
    static std::vector<ParameterItem> parameters(const std::vector<SystemParameter>& list) {
        std::vector<ParameterItem> out;
        for (const SystemParameter& one : list) out.push_back({one.name, one.value, one.formula.value_or(""), {}, one.note.value_or("")});
        return out;
    }
    static std::string process_id(const std::string& name) { return id_of_text("process " + name); }
    std::uint32_t flow(const std::string& name, FlowKind kind, const std::string& unit) {
        const std::string id = id_of_text(fmt::format("flow {} {}", name, static_cast<int>(kind)));
        const auto [at, is_new] = flows_.emplace(id, static_cast<std::uint32_t>(out_.flows.size()));
        if (is_new) out_.flows.push_back({id, name, kind, "", unit, "", "", ""});
        return at->second;
    }
    void add_process(const SystemProcess& from) {
        ProcessItem process{.id = process_id(from.name),
            .name = from.name,
            .location = from.location.value_or(""),
            .stage = std::string(name_of(from.stage)),
            .allocation = from.allocation,
            .parameters = parameters(from.parameters)};
        for (const SystemExchange& one : from.exchanges) {
            ExchangeItem exchange;
            exchange.number = static_cast<std::int64_t>(process.exchanges.size()) + 1;
            exchange.flow = flow(one.flow, one.kind, one.unit);
            exchange.input = one.direction == Direction::input;
            exchange.reference = one.direction == Direction::reference;
            exchange.avoided = one.direction == Direction::avoided;
            exchange.amount = one.amount;
            exchange.unit = one.unit;
            exchange.formula = one.formula.value_or("");
            exchange.uncertainty = {one.spread, one.p1.value_or(0), one.p2.value_or(0)};
            if (one.provider) exchange.provider = process_id(*one.provider);
            exchange.pedigree = one.pedigree.value_or("");
            exchange.note = one.note.value_or("");
            exchange.price = one.price;
            exchange.role = one.role.value_or("");
            process.exchanges.push_back(std::move(exchange));
        }
        out_.processes.push_back(std::move(process));
    }
    /// The exchange is supplied by a process of its own that gives off what the factor says.
    Result<Done> link_factor(
        const SystemProcess& process, const SystemExchange& from, ExchangeItem& exchange, const FactorSource& source, SystemInventory& made) {
        const std::string area = from.area.value_or(system_.area);
        FactorQuestion question{.kind = from.factor.value_or(FactorKind::supplier),
            .subject = from.received ? from.received->text : from.flow,
            .gas = "CO2e",
            .gwp = {},
            .areas = areas_around(area),
            .on = system_.activity_on};
        auto choice = source(question);
        if (!choice && !from.received) { // factors of one gas: carbon dioxide is most of what is published
            question.gas = "CO2";
            choice = source(question);
        }
        if (!choice) return choice.error();
        const Factor& factor = choice.value().factor;
        const auto& supplier = choice.value().supplier;
        const std::string called = supplier ? supplier->name : factor.subject, id = process_id("factor " + factor.id);
        const std::string name = supplier ? fmt::format("{} (PACT)", called) : fmt::format("{} ({}, {})", called, factor.area, factor.edition);
        exchange.provider = id;
        if (std::ranges::any_of(background_, [&](const ProcessItem& one) { return one.id == id; })) return Done{};
        ProcessItem made_by{.id = id, .name = name, .location = factor.area, .stage = std::string(name_of(process.stage))};
        made_by.exchanges.push_back({.number = 1, .flow = exchange.flow, .reference = true, .amount = 1, .unit = factor.per});
        ExchangeItem gas{.number = 2,
            .flow = flow(factor.gas == "CO2e" ? "CO2e fossil" : factor.gas + " fossil", FlowKind::elementary, "kg"),
            .amount = factor.value,
            .unit = "kg"};
        if (supplier) {
            gas.amount = factor.value - supplier->biogenic - supplier->land_use + supplier->uptake; // the parts are within the value
            for (const auto& [origin, amount] :
                {std::pair("CO2e biogenic", supplier->biogenic), {"CO2e land use", supplier->land_use}, {"CO2e uptake", supplier->uptake}})
                if (amount != 0) made_by.exchanges.push_back({.number = 0, .flow = flow(origin, FlowKind::elementary, "kg"), .amount = amount, .unit = "kg"});
        }
        if (factor.uncertainty_percent && *factor.uncertainty_percent > 0 && factor.value != 0)
            gas.uncertainty = {Spread::normal, factor.value, std::abs(factor.value) * *factor.uncertainty_percent / 196};
        made_by.exchanges.push_back(std::move(gas));
        for (std::size_t i = 0; i < made_by.exchanges.size(); ++i) made_by.exchanges[i].number = static_cast<std::int64_t>(i) + 1;
        background_stage_[id] = process.stage;
        background_.push_back(std::move(made_by));
        if (std::ranges::any_of(made.factors, [&](const FactorUsed& used) { return used.factor.text == factor.id; })) return Done{};
        made.factors.push_back(to_used(choice.value()));
        if (choice.value().area_widened) made.decisions.push_back(fmt::format("factor_area: {} {} → {}", called, area, factor.area));
        if (choice.value().carried_forward)
            made.decisions.push_back(fmt::format("factor_year: {} {} → {}", called, to_text(system_.activity_on), factor.edition));
        if (factor.gas == "CO2e" && factor.gwp && *factor.gwp != system_.gwp)
            made.decisions.push_back(fmt::format("factor_gwp: {} {}", called, name_of(*factor.gwp)));
        if (supplier && supplier->received != from.received->text) made.decisions.push_back(fmt::format("factor_newer: {} → {}", called, factor.edition));
        if (factor.gas != "CO2e") made.decisions.push_back(fmt::format("factor_gas: {} {}", factor.subject, factor.gas));
        return Done{};
    }
    Result<Done> add_methods(const FactorSource& source, SystemInventory& made) {
        static constexpr const char* names[] = {"GWP", "GWP fossil", "GWP biogenic", "GWP land use"};
        for (int i = 0; i < 4; ++i) out_.impacts.push_back({fmt::format("method_{}", i), names[i], "kgCO2e", "GWP", {}});
        for (std::uint32_t f = 0; f < out_.flows.size(); ++f) {
            if (out_.flows[f].kind != FlowKind::elementary) continue;
            const auto gas = gas_of(out_.flows[f].name);
            if (!gas) continue; // nothing that warms
            double potential = 1;
            if (gas->gas != "CO2" && gas->gas != "CO2e") {
                const auto ask = [&](std::string subject) {
                    return source({.kind = FactorKind::warming,
                        .subject = std::move(subject),
                        .gas = "CO2e",
                        .gwp = system_.gwp,
                        .areas = {"WORLD"},
                        .on = system_.activity_on});
                };
                auto choice = ask(gas->gas + (gas->origin == Origin::fossil ? " fossil" : ""));
                if (!choice) choice = ask(gas->gas); // only methane has one of its own
                if (!choice) return choice.error();
                potential = choice.value().factor.value;
                if (std::ranges::none_of(made.factors, [&](const FactorUsed& used) { return used.factor.text == choice.value().factor.id; }))
                    made.factors.push_back(to_used(choice.value()));
            }
            if (gas->origin == Origin::uptake) potential = -potential;
            const int of_origin = gas->origin == Origin::fossil ? 1 : gas->origin == Origin::land_use ? 3 : 2;
            for (const int method : {0, of_origin}) out_.impacts[static_cast<std::size_t>(method)].factors.push_back({f, potential, "kg", {}});
        }
        return Done{};
    }

    const ProductSystem& system_;
    Inventory out_;
    std::map<std::string, std::uint32_t> flows_;
    std::vector<ProcessItem> background_;
    std::map<std::string, LifeStage> background_stage_;
};

} // namespace

std::optional<GasOfFlow> gas_of(std::string_view flow) {
    std::string name(flow);
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    GasOfFlow out;
    if (has(name, "biogenic") || has(name, "non-fossil")) out.origin = Origin::biogenic;
    if (has(name, "land use") || has(name, "land transformation") || has(name, "soil or biomass")) out.origin = Origin::land_use;
    if (has(name, "in air") || has(name, "uptake")) out.origin = Origin::uptake;
    static const std::pair<std::string_view, std::string_view> names[] = {{"co2e", "CO2e"}, {"carbon dioxide", "CO2"}, {"co2", "CO2"}, {"methane", "CH4"},
        {"ch4", "CH4"}, {"dinitrogen monoxide", "N2O"}, {"nitrous oxide", "N2O"}, {"n2o", "N2O"}, {"sulfur hexafluoride", "SF6"}, {"sf6", "SF6"},
        {"nitrogen trifluoride", "NF3"}, {"nf3", "NF3"}, {"hfc-134a", "HFC-134a"}, {"hfc-125", "HFC-125"}, {"hfc-143a", "HFC-143a"}, {"hfc-32", "HFC-32"},
        {"hfc-23", "HFC-23"}, {"cf4", "CF4"}, {"c2f6", "C2F6"}};
    for (const auto& [beginning, gas] : names)
        if (name.starts_with(beginning) && (name.size() == beginning.size() || name[beginning.size()] == ' ' || name[beginning.size()] == ',')) {
            out.gas = gas;
            return out;
        }
    return {};
}

Result<SystemInventory> to_inventory(const ProductSystem& system, const FactorSource& factors) { return Making(system).with_factors(factors); }

Inventory plain_inventory(const ProductSystem& system) {
    Inventory inventory = Making(system).plain();
    put_in_order(inventory);
    return inventory;
}

Result<ProductSystem> from_inventory(const Inventory& inventory, std::string_view process) {
    ProductSystem out;
    std::string wanted(process);
    if (wanted.empty() && !inventory.systems.empty()) wanted = inventory.systems.front().process;
    std::map<std::string, std::string> names; // by id; no name twice
    std::map<std::string, int> seen;
    for (const ProcessItem& one : inventory.processes) {
        std::string name = one.name.substr(0, 250);
        while (!is_utf8(name)) name.pop_back();
        if (const int before = seen[name]++) name += fmt::format(" #{}", before + 1);
        names[one.id] = name;
    }
    const auto some = [](const std::string& text) { return text.empty() ? std::optional<std::string>() : std::optional<std::string>(text); };
    for (const ProcessItem& from : inventory.processes) {
        SystemProcess to{.name = names[from.id],
            .stage = parse_choice<LifeStage>(from.stage).value_or(LifeStage::production),
            .location = some(from.location.substr(0, 60)),
            .allocation = from.allocation,
            .parameters = {},
            .exchanges = {}};
        for (const ParameterItem& one : from.parameters) to.parameters.push_back({one.name, one.value, some(one.formula), some(one.note.substr(0, 100))});
        // Where no exchange says that it is the reference, it is the first product that leaves the process.
        const ExchangeItem* reference = nullptr;
        for (const ExchangeItem& one : from.exchanges)
            if (one.reference) reference = &one;
        for (const ExchangeItem& one : from.exchanges)
            if (!reference && !one.input && !one.avoided && inventory.flows[one.flow].kind == FlowKind::product) reference = &one;
        for (const ExchangeItem& one : from.exchanges) {
            const FlowItem& flow = inventory.flows[one.flow];
            SystemExchange exchange{.direction = one.reference || &one == reference ? Direction::reference
                                                 : one.avoided                      ? Direction::avoided
                                                 : one.input                        ? Direction::input
                                                                                    : Direction::output,
                .flow = flow.name,
                .kind = flow.kind,
                .amount = one.amount,
                .unit = one.unit.empty() ? flow.unit : one.unit,
                .formula = some(one.formula),
                .pedigree = some(one.pedigree),
                .role = some(one.role),
                .price = one.price};
            if (const auto provider = names.find(one.provider); provider != names.end()) exchange.provider = provider->second;
            if (one.uncertainty.spread != Spread::none)
                exchange.spread = one.uncertainty.spread, exchange.p1 = one.uncertainty.p1, exchange.p2 = one.uncertainty.p2;
            to.exchanges.push_back(std::move(exchange));
            if ((from.id == wanted || (wanted.empty() && out.product.empty())) && &one == reference) {
                out.product = flow.name;
                out.amount = one.amount > 0 ? one.amount : 1;
                out.unit = to.exchanges.back().unit;
                out.title.en = from.name.substr(0, 190);
            }
        }
        out.processes.push_back(std::move(to));
    }
    for (const ParameterItem& one : inventory.parameters) out.parameters.push_back({one.name, one.value, some(one.formula), {}});
    if (out.product.empty())
        return Error{Failure::invalid, "inventory.no_product", "No process of the file makes a product; mark one exchange as the reference."};
    return out;
}

} // namespace greenbank::carbon
