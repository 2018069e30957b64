// footprint.cpp — one nominal answer and its parts.
#include "carbon/engine/footprint.h"

#include <algorithm>
#include <cmath>

namespace greenbank::carbon {

namespace {

bool is_finite(const std::vector<Exchange>& exchanges, Fault& fault) {
    for (const Exchange& one : exchanges)
        if (!std::isfinite(one.amount)) return fault = {Flaw::not_finite, one.row, one.column}, false;
    return true;
}

void sort_parts(std::vector<Part>& parts) {
    std::erase_if(parts, [](const Part& part) { return part.amount == 0; });
    std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return std::abs(a.amount) > std::abs(b.amount); });
}

/// What a unit of each flow weighs under the method.
std::vector<double> weights_of(const Model& model, std::size_t method) {
    std::vector<double> weights(model.flows, 0);
    for (const Exchange& one : model.characterisation)
        if (one.row == method) weights[one.column] += one.amount;
    return weights;
}

} // namespace

std::vector<std::vector<double>> burdens_of(const Model& model) {
    std::vector<std::vector<double>> burdens(model.methods, std::vector<double>(model.processes, 0));
    for (std::size_t method = 0; method < model.methods; ++method) {
        const std::vector<double> weights = weights_of(model, method);
        for (const Exchange& one : model.biosphere) burdens[method][one.column] += weights[one.row] * one.amount;
    }
    return burdens;
}

std::optional<Solution> solve(const Model& model, std::span<const Demand> demands, Fault& fault) {
    fault = {};
    if (!is_finite(model.biosphere, fault) || !is_finite(model.characterisation, fault)) return {};
    auto system = System::arrange(model, fault);
    if (!system) return {};
    Solution solution;
    const auto burdens = burdens_of(model);
    const auto singular = [&]() -> std::optional<Solution> { return fault.flaw = Flaw::singular, std::nullopt; };
    for (const Demand& demand : demands) {
        auto scaling = system->scaling(demand);
        if (!scaling) return singular();
        solution.sweeps = std::max(solution.sweeps, system->sweeps());
        solution.scalings.push_back(std::move(*scaling));
    }
    for (const auto& burden : burdens) {
        auto intensity = system->intensities(burden);
        if (!intensity) return singular();
        solution.sweeps = std::max(solution.sweeps, system->sweeps());
        solution.intensities.push_back(std::move(*intensity));
    }
    solution.direct = system->is_direct();
    solution.scores.methods = model.methods;
    for (const auto& scaling : solution.scalings)
        for (const auto& burden : burdens) {
            double score = 0;
            for (std::size_t process = 0; process < scaling.size(); ++process) score += burden[process] * scaling[process];
            solution.scores.numbers.push_back(score);
        }
    return solution;
}

std::vector<Part> by_process(const Model& model, const Solution& solution, std::size_t demand, std::size_t method) {
    const std::vector<double> weights = weights_of(model, method);
    std::vector<Part> parts(model.processes);
    for (std::uint32_t process = 0; process < model.processes; ++process) parts[process].of = process;
    for (const Exchange& one : model.biosphere) parts[one.column].amount += weights[one.row] * one.amount * solution.scalings[demand][one.column];
    sort_parts(parts);
    return parts;
}

std::vector<Part> by_flow(const Model& model, const Solution& solution, std::size_t demand, std::size_t method) {
    const std::vector<double> weights = weights_of(model, method);
    std::vector<Part> parts(model.flows);
    for (std::uint32_t flow = 0; flow < model.flows; ++flow) parts[flow].of = flow;
    for (const Exchange& one : model.biosphere) parts[one.row].amount += weights[one.row] * one.amount * solution.scalings[demand][one.column];
    sort_parts(parts);
    return parts;
}

VarianceParts variance_parts(const Model& model, const Solution& solution, std::size_t demand, std::size_t method) {
    const std::vector<double>&scaling = solution.scalings[demand], &intensity = solution.intensities[method], weights = weights_of(model, method);
    std::vector<double> inventory(model.flows, 0);
    for (const Exchange& one : model.biosphere) inventory[one.row] += one.amount * scaling[one.column];
    VarianceParts result;
    std::uint32_t number = 0;
    const auto add = [&](const Exchange& one, double slope) {
        const double share = slope * slope * variance_of(one.amount, one.uncertainty);
        if (share > 0) result.shares.push_back({number, share});
        result.variance += share;
        ++number;
    };
    for (const Exchange& one : model.technosphere) add(one, intensity[one.row] * scaling[one.column]);
    for (const Exchange& one : model.biosphere) add(one, weights[one.row] * scaling[one.column]);
    for (const Exchange& one : model.characterisation) add(one, one.row == method ? inventory[one.column] : 0);
    for (Part& share : result.shares) share.amount /= result.variance;
    sort_parts(result.shares);
    return result;
}

Summary summary_of(std::vector<double> numbers) {
    std::erase_if(numbers, [](double one) { return !std::isfinite(one); });
    Summary summary;
    if (numbers.empty()) return summary;
    std::sort(numbers.begin(), numbers.end());
    const double count = static_cast<double>(numbers.size());
    for (const double one : numbers) summary.mean += one / count;
    double squares = 0;
    for (const double one : numbers) squares += (one - summary.mean) * (one - summary.mean);
    summary.deviation = numbers.size() > 1 ? std::sqrt(squares / (count - 1)) : 0;
    const auto quantile = [&](double part) { // between neighbours in proportion
        const double at = part * (count - 1);
        const auto below = static_cast<std::size_t>(at);
        const double next = numbers[std::min(below + 1, numbers.size() - 1)];
        return numbers[below] + (at - static_cast<double>(below)) * (next - numbers[below]);
    };
    summary.median = quantile(0.5);
    summary.low = quantile(0.025);
    summary.high = quantile(0.975);
    return summary;
}

double chance_below(std::span<const double> first, std::span<const double> second) {
    std::size_t below = 0, counted = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (!std::isfinite(first[i]) || !std::isfinite(second[i])) continue;
        ++counted;
        below += first[i] < second[i];
    }
    return counted == 0 ? 0 : static_cast<double>(below) / static_cast<double>(counted);
}

} // namespace greenbank::carbon
