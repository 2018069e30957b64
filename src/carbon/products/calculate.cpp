// calculate.cpp — the engine's answer in the words of the system.
#include "carbon/products/calculate.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "carbon/engine/footprint.h"
#include "carbon/engine/pedigree.h"
#include "carbon/engine/views.h"
#include "parties/log/log_tables.h"
#include "json/json.h"

namespace greenbank::carbon {

namespace {

constexpr std::size_t parts_max = 40;

class Calculation {
public:
    Calculation(const ProductSystem& system, const CalculateOptions& options) : system_(system), options_(options) {}

    Result<Footprint> run(const FactorSource& factors) {
        made_ = TRY(to_inventory(system_, factors));
        MatrixOptions how;
        if (!options_.scenario.empty()) how.parameters = TRY(values_of(options_.scenario));
        matrix_ = TRY(build_matrix(made_.inventory, how));
        demand_ = TRY(demand_of(matrix_));
        Fault fault;
        const auto solution = solve(matrix_.model, std::vector<Demand>{demand_}, fault);
        if (!solution) return unsolved(fault, made_.inventory, matrix_);
        const auto score = [&](std::size_t method) { return solution->scores.at(0, method); };
        out_.total = score(0), out_.fossil = score(1), out_.biogenic = score(2), out_.land_use = score(3);
        facts();
        TRY(take_apart(*solution));
        TRY(other_scenarios());
        if (options_.samples > 0) TRY(draw());
        return std::move(out_);
    }

private:
    const std::string& name_of_column(std::uint32_t column) const { return made_.inventory.processes[matrix_.columns[column].process].name; }
    LifeStage stage_of(std::uint32_t column) const {
        const auto found = made_.stages.find(made_.inventory.processes[matrix_.columns[column].process].id);
        return found == made_.stages.end() ? LifeStage::production : found->second;
    }
    Result<std::vector<std::pair<std::string, double>>> values_of(const std::string& scenario) const {
        std::vector<std::pair<std::string, double>> values;
        for (const SystemScenario& one : system_.scenarios)
            if (one.name == scenario) {
                for (const ScenarioValue& value : one.values) values.emplace_back(value.name, value.value);
                return values;
            }
        return Error{Failure::invalid, "footprint.scenario", "The system has no scenario {name}.", {{"name", scenario}}};
    }
    /// The product's own column and how much of it, in the unit that the system counts it in.
    Result<Demand> demand_of(const Matrix& matrix) const {
        const std::uint32_t column = TRY(column_making(made_.inventory, matrix, system_.product));
        const FlowItem& flow = made_.inventory.flows[matrix.columns[column].product];
        if (const auto ratio = unit_ratio(made_.inventory, system_.unit, flow.unit)) return Demand{{column, system_.amount * *ratio}};
        return Error{Failure::invalid, "footprint.unit", "{flow} is counted in {unit}, which {given} cannot be converted to.",
            {{"flow", flow.name}, {"unit", flow.unit}, {"given", system_.unit}}};
    }

    void facts() {
        out_.system = system_.id;
        out_.system_version = system_.version;
        out_.owner = system_.owner;
        out_.title = system_.title;
        out_.scenario = options_.scenario;
        out_.amount = system_.amount;
        out_.unit = system_.unit;
        out_.gwp = system_.gwp;
        out_.sample = system_.sample;
        out_.factors = made_.factors;
        out_.snapshot = to_json(system_);
        std::string digested = out_.snapshot;
        for (const FactorUsed& one : out_.factors) digested += to_json(one);
        const std::string_view piece = digested;
        out_.digest = to_hex(parties::bytes_of(parties::digest_named("sha256")({&piece, 1})));
        out_.decisions = made_.decisions;
        for (const std::string& name : matrix_.free_co_products) out_.decisions.push_back("co_products: " + name);
        for (const ColumnOf& column : matrix_.columns)
            if (column.allocation != Allocation::none && column.share != 1)
                out_.decisions.push_back(fmt::format("allocation: {} / {} {} {:.2f} %", made_.inventory.processes[column.process].name,
                    made_.inventory.flows[column.product].name, name_of(column.allocation), 100 * column.share));
        for (const LinkOf& link : matrix_.links) {
            const ProcessItem& process = made_.inventory.processes[link.process];
            const std::string& flow = made_.inventory.flows[process.exchanges[link.exchange].flow].name;
            if (link.state == LinkState::one_of_several)
                out_.decisions.push_back(fmt::format("supplier: {} / {} → {}", process.name, flow, name_of_column(link.supplier)));
            if (link.state == LinkState::missing) out_.missing.push_back(fmt::format("{} / {}", process.name, flow));
        }
        const CutOff cut_off = cut_off_of(made_.inventory, matrix_);
        out_.cut_off_single = cut_off.largest_share;
        out_.cut_off_sum = cut_off.largest_sum;
        out_.cut_off_kept = cut_off.largest_share <= cut_off_single_max && cut_off.largest_sum <= cut_off_sum_max;
    }

    Result<Done> take_apart(const Solution& solution) {
        const Model& model = matrix_.model;
        const std::vector<Part> processes = by_process(model, solution, 0, 0);
        for (const Part& part : processes)
            if (out_.by_process.size() < parts_max && part.amount != 0) out_.by_process.push_back({name_of_column(part.of), part.amount});
        by_stage(solution);
        for (const Part& part : by_flow(model, solution, 0, 0))
            if (out_.by_flow.size() < parts_max && part.amount != 0) out_.by_flow.push_back({made_.inventory.flows[matrix_.flows[part.of]].name, part.amount});
        const FirstLevel level = first_level(model, solution, demand_, 0);
        out_.suppliers.push_back({name_of_column(demand_[0].first), level.own});
        for (const Part& part : level.suppliers)
            if (out_.suppliers.size() < parts_max && part.amount != 0) out_.suppliers.push_back({name_of_column(part.of), part.amount});
        const Sankey sankey = sankey_of(model, solution, demand_, 0, 0, parts_max);
        for (const SankeyNode& node : sankey.nodes) out_.points.push_back({name_of_column(node.column), stage_of(node.column), node.direct, node.total});
        for (const SankeyLink& link : sankey.links) out_.flows.push_back({name_of_column(link.from), name_of_column(link.to), link.amount});
        for (const Part& part : variance_parts(model, solution, 0, 0).shares)
            if (out_.variance.size() < parts_max) out_.variance.push_back({name_of_exchange(part.of), part.amount});
        quality(solution);
        return Done{};
    }
    /// What a factor stands for belongs to the stage of whoever uses it, not to that of the factor.
    void by_stage(const Solution& solution) {
        const Model& model = matrix_.model;
        const std::vector<double> burden = burdens_of(model)[0];
        std::map<LifeStage, double> sums;
        for (std::uint32_t c = 0; c < model.processes; ++c)
            if (is_foreground(c) && burden[c] != 0) sums[stage_of(c)] += burden[c] * solution.scalings[0][c];
        for (const Exchange& one : model.technosphere)
            if (one.row != one.column && !is_foreground(one.row))
                sums[stage_of(one.column)] -= one.amount * solution.scalings[0][one.column] * solution.intensities[0][one.row];
        for (const auto& [stage, amount] : sums) out_.by_stage.push_back({std::string(name_of(stage)), amount});
    }
    std::string name_of_exchange(std::uint32_t number) const {
        std::pair<std::uint32_t, std::uint32_t> at;
        if (number < matrix_.technosphere_of.size()) at = matrix_.technosphere_of[number];
        else if (number < matrix_.technosphere_of.size() + matrix_.biosphere_of.size()) at = matrix_.biosphere_of[number - matrix_.technosphere_of.size()];
        else return "GWP";
        const ProcessItem& process = made_.inventory.processes[at.first];
        return fmt::format("{} / {}", process.name, made_.inventory.flows[process.exchanges[at.second].flow].name);
    }
    /// What each exchange of the foreground brings, with all behind it, weighs its score; measured ones make the primary share.
    void quality(const Solution& solution) {
        std::map<std::pair<std::string, std::int64_t>, const SystemExchange*> entered;
        for (const SystemProcess& process : system_.processes)
            for (std::size_t e = 0; e < process.exchanges.size(); ++e) entered[{process.name, static_cast<std::int64_t>(e) + 1}] = &process.exchanges[e];
        const std::vector<double>& scaling = solution.scalings[0];
        double weights = 0, scores = 0, measured = 0, whole = 0;
        const auto count = [&](std::pair<std::uint32_t, std::uint32_t> at, double amount) {
            const ProcessItem& process = made_.inventory.processes[at.first];
            const auto found = entered.find({process.name, process.exchanges[at.second].number});
            if (found == entered.end()) return;
            const double weight = std::abs(amount);
            whole += weight;
            const FactorUsed* const supplier =
                found->second->received ? used_of(found->second->received->text) : nullptr; // the supplier says how good its data are
            if (supplier && supplier->primary_percent) measured += weight * std::clamp(*supplier->primary_percent / 100, 0.0, 1.0);
            else if (found->second->primary) measured += weight;
            const auto pedigree = parse_pedigree(found->second->pedigree.value_or(""));
            if (!pedigree && supplier && supplier->quality) weights += weight, scores += weight * *supplier->quality;
            if (!pedigree) return;
            double sum = 0;
            int known = 0;
            for (const int one : *pedigree)
                if (one > 0) sum += one, ++known;
            if (known) weights += weight, scores += weight * sum / known;
        };
        const Model& model = matrix_.model;
        // Only exchanges that leave the foreground, and what it gives off itself: nothing counts twice.
        for (std::size_t i = 0; i < model.technosphere.size(); ++i) {
            const Exchange& one = model.technosphere[i];
            if (one.row != one.column && !is_foreground(one.row))
                count(matrix_.technosphere_of[i], one.amount * scaling[one.column] * solution.intensities[0][one.row]);
        }
        std::vector<double> potentials(model.flows, 0);
        for (const Exchange& one : model.characterisation)
            if (one.row == 0) potentials[one.column] += one.amount;
        for (std::size_t i = 0; i < model.biosphere.size(); ++i)
            if (is_foreground(model.biosphere[i].column))
                count(matrix_.biosphere_of[i], model.biosphere[i].amount * scaling[model.biosphere[i].column] * potentials[model.biosphere[i].row]);
        if (weights > 0) out_.quality = scores / weights;
        if (whole > 0) out_.primary_share = measured / whole;
    }
    const FactorUsed* used_of(const std::string& subject) const {
        const auto found = std::ranges::find_if(made_.factors, [&](const FactorUsed& one) { return one.received && one.subject == subject; });
        return found == made_.factors.end() ? nullptr : &*found;
    }
    bool is_foreground(std::uint32_t column) const {
        return std::ranges::any_of(system_.processes, [&](const SystemProcess& one) { return one.name == name_of_column(column); });
    }

    Result<Done> other_scenarios() {
        for (const SystemScenario& one : system_.scenarios) {
            const Matrix matrix = TRY(build_matrix(made_.inventory, {.parameters = TRY(values_of(one.name)), .allocation = {}}));
            Fault fault;
            const auto solution = solve(matrix.model, std::vector<Demand>{TRY(demand_of(matrix))}, fault);
            if (!solution) return unsolved(fault, made_.inventory, matrix);
            out_.scenarios.push_back({one.name, solution->scores.at(0, 0)});
        }
        return Done{};
    }

    Result<Done> draw() {
        Fault fault;
        const auto sampled = monte_carlo(matrix_.model, std::vector<Demand>{demand_},
            {.seed = options_.seed, .samples = options_.samples, .threads = options_.threads, .going = options_.going}, fault);
        if (!sampled) return unsolved(fault, made_.inventory, matrix_);
        if (sampled->ended_early) return Error{Failure::conflict, "job.stopped", "The job was stopped."};
        std::vector<double> totals;
        for (const Scores& one : sampled->scores)
            if (!one.numbers.empty() && std::isfinite(one.at(0, 0))) totals.push_back(one.at(0, 0));
        if (totals.empty()) return Done{};
        const Summary summary = summary_of(totals);
        out_.drawn = Drawn{.samples = options_.samples,
            .seed = static_cast<std::int64_t>(options_.seed),
            .krylov = sampled->krylov,
            .refactored = sampled->refactored,
            .failed = sampled->failed,
            .mean = summary.mean,
            .deviation = summary.deviation,
            .median = summary.median,
            .low = summary.low,
            .high = summary.high};
        out_.histogram = histogram_of(totals);
        return Done{};
    }

    const ProductSystem& system_;
    const CalculateOptions& options_;
    SystemInventory made_;
    Matrix matrix_;
    Demand demand_;
    Footprint out_;
};

} // namespace

Result<std::uint32_t> column_making(const Inventory& inventory, const Matrix& matrix, const std::string& product) {
    for (std::uint32_t column = 0; column < matrix.columns.size(); ++column) {
        const FlowItem& flow = inventory.flows[matrix.columns[column].product];
        if (flow.name == product && flow.kind == FlowKind::product && matrix.columns[column].share != 0) return column;
    }
    return Error{Failure::invalid, "footprint.no_product", "No process makes {flow}; name the product as its process does.", {{"flow", product}}};
}

Error unsolved(const Fault& fault, const Inventory& inventory, const Matrix& matrix) {
    if (fault.flaw == Flaw::singular)
        return {Failure::invalid, "carbon.singular", "The system has no answer: somewhere a loop uses up all that it makes. Check the amounts of the loops."};
    if (fault.flaw == Flaw::not_finite) return {Failure::invalid, "carbon.not_finite", "An amount is infinite or no number."};
    const std::string name = fault.process < matrix.columns.size() ? inventory.processes[matrix.columns[fault.process].process].name : std::string();
    return {Failure::invalid, "footprint.makes_nothing", "The process makes nothing; mark its product as the reference.", {{"process", name}}};
}

std::vector<double> histogram_of(const std::vector<double>& numbers) {
    constexpr std::size_t parts = 30;
    const auto [least, greatest] = std::ranges::minmax(numbers);
    std::vector<double> counts(parts + 2, 0);
    counts[0] = least, counts[1] = greatest;
    for (const double one : numbers) {
        const double place = greatest > least ? (one - least) / (greatest - least) * parts : 0;
        ++counts[2 + std::min(parts - 1, static_cast<std::size_t>(place))];
    }
    return counts;
}

Result<Footprint> calculate(const ProductSystem& system, const FactorSource& factors, const CalculateOptions& options) {
    return Calculation(system, options).run(factors);
}

FactorSource kept_factors(const Footprint& footprint) {
    return [&footprint](const FactorQuestion& question) -> Result<FactorChoice> {
        for (const std::string& area : question.areas)
            for (const FactorUsed& used : footprint.factors)
                if (used.kind == question.kind && used.subject == question.subject && (used.area == area || used.received) && used.gas == question.gas &&
                    (!question.gwp || used.gwp == question.gwp))
                    return choice_of(used);
        return Error{Failure::not_found, "factor.none", "No factor of {subject} is known for {area} on {date}; import one or choose another kind or area.",
            {{"subject", question.subject}, {"area", question.areas.empty() ? std::string("-") : question.areas.front()}, {"date", to_text(question.on)}}};
    };
}

} // namespace greenbank::carbon
