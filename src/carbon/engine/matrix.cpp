// matrix.cpp — columns first, then links, then the numbers.
#include "carbon/engine/matrix.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "carbon/engine/circular_footprint.h"
#include "carbon/engine/formula.h"
#include "carbon/engine/pedigree.h"

namespace greenbank::carbon {

namespace {

constexpr std::size_t problems_max = 200;

/// An exchange as a number in its flow's unit.
struct Amount {
    double value = 0, ratio = 1; // ratio: of the flow's unit to the exchange's
    bool good = false;
};

class Builder {
public:
    Builder(const Inventory& inventory, const MatrixOptions& options) : in_(inventory), options_(options) {}

    Result<Matrix> build() {
        amounts_.resize(in_.processes.size());
        for (std::uint32_t p = 0; p < in_.processes.size(); ++p) compute_amounts(p);
        for (std::uint32_t p = 0; p < in_.processes.size(); ++p) make_columns(p);
        if (!problems_.empty()) return invalid(std::move(problems_));
        for (std::uint32_t c = 0; c < out_.columns.size(); ++c) makers_[out_.columns[c].product].push_back(c);
        flow_numbers_.assign(in_.flows.size(), none);
        for (std::uint32_t c = 0; c < out_.columns.size(); ++c) fill_column(c);
        add_impacts();
        Model& model = out_.model;
        model.products = model.processes = static_cast<std::uint32_t>(out_.columns.size());
        model.flows = static_cast<std::uint32_t>(out_.flows.size());
        if (!problems_.empty()) return invalid(std::move(problems_));
        return std::move(out_);
    }

private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    void problem(std::string field, std::string code, std::string message, std::vector<Parameter> parameters = {}) {
        if (problems_.size() < problems_max) problems_.push_back({std::move(field), std::move(code), std::move(message), std::move(parameters)});
    }
    std::string place(std::uint32_t p, std::size_t e) const {
        return fmt::format("{}/{}", in_.processes[p].name, in_.flows[in_.processes[p].exchanges[e].flow].name);
    }

    void compute_amounts(std::uint32_t p) {
        const ProcessItem& process = in_.processes[p];
        Formulas formulas;
        const auto take = [&](const std::vector<ParameterItem>& list) {
            for (const ParameterItem& one : list) one.formula.empty() ? formulas.set(one.name, one.value) : formulas.set(one.name, one.formula);
        };
        take(in_.parameters);
        take(process.parameters);
        for (const auto& [name, value] : options_.parameters) formulas.set(name, value);
        if (process.allocation == Allocation::circular_footprint) read_circular(p, formulas);
        for (std::size_t e = 0; e < process.exchanges.size(); ++e) {
            const ExchangeItem& exchange = process.exchanges[e];
            const FlowItem& flow = in_.flows[exchange.flow];
            Amount amount{exchange.amount, 1, true};
            if (!exchange.formula.empty()) {
                const auto value = formulas.evaluate(exchange.formula);
                if (value) amount.value = value.value();
                else {
                    problem(place(p, e), value.error().code, value.error().message, value.error().parameters);
                    amount.good = false;
                }
            }
            if (!std::isfinite(amount.value)) {
                problem(place(p, e), "footprint.not_finite", "The amount of {flow} is infinite or no number.", {{"flow", flow.name}});
                amount.good = false;
            }
            const auto ratio = flow.unit.empty() ? std::optional<double>(1) : unit_ratio(in_, exchange.unit.empty() ? flow.unit : exchange.unit, flow.unit);
            if (!ratio) {
                problem(place(p, e), "footprint.unit", "{flow} is counted in {unit}, which {given} cannot be converted to.",
                    {{"flow", flow.name}, {"unit", flow.unit}, {"given", exchange.unit}});
                amount.good = false;
            } else amount.ratio = *ratio;
            if (const auto circular = circular_.find(p); circular != circular_.end() && !exchange.role.empty()) {
                const auto coefficient = circular_coefficient(circular->second, exchange.role);
                if (coefficient) amount.ratio *= *coefficient;
                else problem(place(p, e), "footprint.role", "{role} is no part of the circular footprint formula.", {{"role", exchange.role}});
            }
            amount.value *= amount.ratio;
            amounts_[p].push_back(amount);
        }
    }
    void read_circular(std::uint32_t p, const Formulas& formulas) {
        CircularParameters circular;
        for (const auto& [name, field] :
            {std::pair{"cff_a", &CircularParameters::a}, {"cff_b", &CircularParameters::b}, {"cff_r1", &CircularParameters::recycled_content},
                {"cff_r2", &CircularParameters::recycled_after}, {"cff_r3", &CircularParameters::burned_after}, {"cff_q_in", &CircularParameters::quality_in},
                {"cff_q_out", &CircularParameters::quality_out}}) {
            const auto value = formulas.value_of(name);
            if (value) circular.*field = value.value();
            else if (value.error().code != "formula.unknown")
                problem(in_.processes[p].name, value.error().code, value.error().message, value.error().parameters);
        }
        circular_[p] = circular;
    }

    /// What a process makes: its reference, and other products that leave it (or wastes that it takes in as its reference).
    bool is_made(std::uint32_t p, std::size_t e) const {
        const ExchangeItem& exchange = in_.processes[p].exchanges[e];
        if (exchange.reference) return true;
        return !exchange.input && !exchange.avoided && in_.flows[exchange.flow].kind == FlowKind::product && amounts_[p][e].value > 0;
    }
    Allocation allocation_of(const ProcessItem& process) const { return options_.allocation.value_or(process.allocation); }

    void make_columns(std::uint32_t p) {
        const ProcessItem& process = in_.processes[p];
        std::vector<std::size_t> made;
        std::size_t reference = process.exchanges.size();
        for (std::size_t e = 0; e < process.exchanges.size(); ++e) {
            if (!is_made(p, e)) continue;
            made.push_back(e);
            if (process.exchanges[e].reference && reference == process.exchanges.size()) reference = e;
        }
        if (made.empty()) return problem(process.name, "footprint.makes_nothing", "The process makes nothing; mark its product as the reference.");
        if (reference == process.exchanges.size()) reference = made.front();
        if (!(std::abs(amounts_[p][reference].value) > 0) && amounts_[p][reference].good)
            return problem(process.name, "footprint.makes_nothing", "The process makes nothing; mark its product as the reference.");
        const Allocation how = allocation_of(process);
        const auto column = [&](std::size_t e, double share, Allocation allocation) {
            out_.columns.push_back({p, process.exchanges[e].flow, std::abs(amounts_[p][e].value), share, allocation});
        };
        const bool divides = how == Allocation::physical || how == Allocation::economic || how == Allocation::causal;
        if (made.size() == 1 || how == Allocation::substitution || how == Allocation::circular_footprint) return column(reference, 1, how);
        if (!divides) {
            if (how == Allocation::none) out_.free_co_products.push_back(process.name);
            for (const std::size_t e : made) column(e, e == reference ? 1 : 0, Allocation::cut_off);
            return;
        }
        std::vector<double> weights;
        double whole = 0;
        for (const std::size_t e : made) {
            weights.push_back(weight_of(p, e, how));
            whole += weights.back();
        }
        if (!(whole > 0) || !std::isfinite(whole))
            return problem(process.name, "footprint.allocation",
                "The products of {process} cannot be divided by {method}: give shares, prices or amounts in one unit.",
                {{"process", process.name}, {"method", how == Allocation::economic ? "price" : "amount"}});
        for (std::size_t i = 0; i < made.size(); ++i) column(made[i], weights[i] / whole, how);
    }
    double weight_of(std::uint32_t p, std::size_t e, Allocation how) const {
        const ProcessItem& process = in_.processes[p];
        for (const AllocationShare& share : process.shares)
            if (share.product == process.exchanges[e].flow && !share.exchange &&
                (share.method == how || (how == Allocation::causal && share.method == Allocation::physical)))
                return share.share;
        if (how == Allocation::economic) return amounts_[p][e].value * process.exchanges[e].price.value_or(std::nan(""));
        // Physical: by amount, where all products measure the same.
        const std::string& unit = in_.flows[process.exchanges[e].flow].unit;
        for (std::size_t other = 0; other < process.exchanges.size(); ++other)
            if (is_made(p, other)) {
                const auto ratio = unit_ratio(in_, unit, in_.flows[process.exchanges[other].flow].unit);
                return ratio ? amounts_[p][e].value * *ratio : std::nan("");
            }
        return std::nan("");
    }
    double share_of(const ColumnOf& column, std::size_t e) const {
        const ProcessItem& process = in_.processes[column.process];
        if (column.allocation == Allocation::causal)
            for (const AllocationShare& share : process.shares)
                if (share.exchange == process.exchanges[e].number && share.product == column.product && share.method == Allocation::causal) return share.share;
        return column.share;
    }

    LinkOf link(std::uint32_t p, std::uint32_t e) {
        const ExchangeItem& exchange = in_.processes[p].exchanges[e];
        LinkOf link{p, e, LinkState::missing, 0};
        const auto found = makers_.find(exchange.flow);
        if (found == makers_.end()) return link;
        const std::vector<std::uint32_t>& makers = found->second;
        std::uint32_t best = none, count = 0;
        for (const std::uint32_t c : makers) {
            const ProcessItem& maker = in_.processes[out_.columns[c].process];
            if (!exchange.provider.empty() && is_provider(maker.id, exchange.provider)) return {p, e, LinkState::given, c};
            if (out_.columns[c].process == p && (exchange.avoided || !exchange.input)) continue; // what it saves is made elsewhere
            ++count;
            // One that is in the same place comes first.
            if (best == none ||
                (maker.location == in_.processes[p].location && in_.processes[out_.columns[best].process].location != in_.processes[p].location))
                best = c;
        }
        if (best == none) return link;
        link.supplier = best;
        link.state = count == 1 ? LinkState::only_maker : LinkState::one_of_several;
        return link;
    }

    /// EcoSpold 2 names an activity, which may have a dataset for each of its products.
    static bool is_provider(std::string_view maker, std::string_view provider) {
        return maker.starts_with(provider) && (maker.size() == provider.size() || maker[provider.size()] == '_');
    }

    void fill_column(std::uint32_t c) {
        const ColumnOf column = out_.columns[c];
        const ProcessItem& process = in_.processes[column.process];
        bool first_product = true;
        for (std::uint32_t e = 0; e < process.exchanges.size(); ++e) {
            const ExchangeItem& exchange = process.exchanges[e];
            const FlowItem& flow = in_.flows[exchange.flow];
            const Amount& amount = amounts_[column.process][e];
            if (is_made(column.process, e)) {
                if (exchange.flow == column.product && first_product) {
                    first_product = false;
                    add(out_.model.technosphere, out_.technosphere_of, c, c, column.amount, exchange, std::abs(amount.ratio), column.process, e);
                    continue;
                }
                if (column.allocation != Allocation::substitution || exchange.reference) continue;
            }
            const double share = is_made(column.process, e) ? 1 : share_of(column, e);
            if (share == 0 || amount.value == 0) continue;
            if (flow.kind == FlowKind::elementary) {
                std::uint32_t& number = flow_numbers_[exchange.flow];
                if (number == none) {
                    number = static_cast<std::uint32_t>(out_.flows.size());
                    out_.flows.push_back(exchange.flow);
                }
                // What comes from nature weighs by its own factor, as what goes there: methods give a taking-up a factor below 0.
                add(out_.model.biosphere, out_.biosphere_of, number, c, amount.value * share, exchange, amount.ratio * share, column.process, e);
                continue;
            }
            const LinkOf found = link(column.process, e);
            out_.links.push_back(found);
            if (found.state == LinkState::missing) continue;
            // An input is used up; a waste that leaves uses its treatment; a product that leaves, or an avoided one, saves its making.
            const bool saves = exchange.avoided || (!exchange.input && flow.kind == FlowKind::product);
            const double sign = saves ? 1 : -1;
            add(out_.model.technosphere, out_.technosphere_of, found.supplier, c, sign * amount.value * share, exchange, sign * amount.ratio * share,
                column.process, e);
        }
    }

    void add(std::vector<Exchange>& into, std::vector<std::pair<std::uint32_t, std::uint32_t>>& origin, std::uint32_t row, std::uint32_t column, double amount,
        const ExchangeItem& exchange, double factor, std::uint32_t p, std::uint32_t e) {
        Uncertainty how = exchange.formula.empty() ? scaled(exchange.uncertainty, factor) : Uncertainty{};
        if (how.spread == Spread::none && options_.pedigree_spread && !exchange.reference && amount != 0)
            if (const auto pedigree = parse_pedigree(exchange.pedigree)) how = {Spread::lognormal, std::log(std::abs(amount)), deviation_of(*pedigree)};
        into.push_back({row, column, amount, how});
        origin.emplace_back(p, e);
    }

    void add_impacts() {
        out_.model.methods = static_cast<std::uint32_t>(in_.impacts.size());
        for (std::uint32_t m = 0; m < in_.impacts.size(); ++m)
            for (const ImpactFactor& factor : in_.impacts[m].factors) {
                const std::uint32_t number = flow_numbers_[factor.flow];
                if (number == none) continue;
                const FlowItem& flow = in_.flows[factor.flow];
                const auto ratio = flow.unit.empty() || factor.unit.empty() ? std::optional<double>(1) : unit_ratio(in_, flow.unit, factor.unit);
                if (!ratio || !std::isfinite(factor.value)) {
                    problem(in_.impacts[m].name, "footprint.unit", "{flow} is counted in {unit}, which {given} cannot be converted to.",
                        {{"flow", flow.name}, {"unit", flow.unit}, {"given", factor.unit}});
                    continue;
                }
                out_.model.characterisation.push_back({m, number, factor.value * *ratio, scaled(factor.uncertainty, *ratio)});
            }
    }

    const Inventory& in_;
    const MatrixOptions& options_;
    Matrix out_;
    Problems problems_;
    std::vector<std::vector<Amount>> amounts_; // by process and exchange
    std::unordered_map<std::uint32_t, CircularParameters> circular_;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> makers_; // columns that make a flow
    std::vector<std::uint32_t> flow_numbers_;                              // of each flow of the inventory in the model
};

} // namespace

Uncertainty scaled(const Uncertainty& uncertainty, double factor) {
    Uncertainty out = uncertainty;
    if (factor == 0) return {};
    switch (out.spread) {
    case Spread::none: break;
    case Spread::lognormal: out.p1 += std::log(std::abs(factor)); break;
    case Spread::normal:
        out.p1 *= factor;
        out.p2 *= std::abs(factor);
        break;
    case Spread::triangular:
    case Spread::uniform:
        out.p1 *= factor;
        out.p2 *= factor;
        if (factor < 0) std::swap(out.p1, out.p2);
        break;
    }
    return out;
}

std::optional<std::uint32_t> Matrix::column_of(std::uint32_t process) const {
    std::optional<std::uint32_t> found;
    for (std::uint32_t c = 0; c < columns.size(); ++c)
        if (columns[c].process == process && (!found || columns[c].share > columns[*found].share)) found = c;
    return found;
}

Result<Matrix> build_matrix(const Inventory& inventory, const MatrixOptions& options) { return Builder(inventory, options).build(); }

} // namespace greenbank::carbon
