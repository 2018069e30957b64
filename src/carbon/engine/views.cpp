// views.cpp — all out of the solution: how much each process runs, and what a unit of each product weighs.
#include "carbon/engine/views.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace greenbank::carbon {

namespace {

bool larger(const Part& a, const Part& b) { return std::abs(a.amount) != std::abs(b.amount) ? std::abs(a.amount) > std::abs(b.amount) : a.of < b.of; }

} // namespace

Sankey sankey_of(const Model& model, const Solution& solution, const Demand& demand, std::size_t demand_number, std::size_t method, std::size_t nodes_max,
    double share_min) {
    Sankey out;
    out.score = solution.scores.at(demand_number, method);
    const std::vector<double>&scaling = solution.scalings[demand_number], &intensity = solution.intensities[method];
    const std::vector<double> burden = burdens_of(model)[method];
    std::vector<double> made(model.products, 0);
    for (const Exchange& one : model.technosphere)
        if (one.row == one.column) made[one.row] += one.amount * scaling[one.column];
    std::vector<std::uint32_t> order(model.processes);
    std::iota(order.begin(), order.end(), 0U);
    std::erase_if(order, [&](std::uint32_t c) { return scaling[c] == 0; });
    const auto total = [&](std::uint32_t c) { return made[c] * intensity[c]; };
    std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) { return std::abs(total(a)) > std::abs(total(b)); });
    for (const auto& [product, amount] : demand) { // what is asked for is always drawn
        const auto at = std::ranges::find(order, product);
        if (at != order.end()) std::rotate(order.begin(), at, at + 1);
    }
    std::vector<bool> drawn(model.processes, false);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const double direct = burden[order[i]] * scaling[order[i]];
        if (i >= nodes_max || (i > 0 && std::abs(total(order[i])) < share_min * std::abs(out.score))) out.left_out += direct;
        else {
            out.nodes.push_back({order[i], direct, total(order[i])});
            drawn[order[i]] = true;
        }
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> links;
    for (const Exchange& one : model.technosphere)
        if (one.row != one.column && drawn[one.row] && drawn[one.column]) links[{one.row, one.column}] -= one.amount * scaling[one.column] * intensity[one.row];
    for (const auto& [ends, amount] : links)
        if (std::abs(amount) >= share_min * std::abs(out.score) && amount != 0) out.links.push_back({ends.first, ends.second, amount});
    std::ranges::stable_sort(out.links, [](const SankeyLink& a, const SankeyLink& b) { return std::abs(a.amount) > std::abs(b.amount); });
    return out;
}

FirstLevel first_level(const Model& model, const Solution& solution, const Demand& demand, std::size_t method) {
    FirstLevel out;
    std::vector<double> runs(model.processes, 0);
    for (const Exchange& one : model.technosphere)
        if (one.row == one.column)
            for (const auto& [product, amount] : demand)
                if (product == one.row) runs[one.column] += amount / one.amount;
    const std::vector<double> burden = burdens_of(model)[method];
    std::map<std::uint32_t, double> suppliers;
    for (std::uint32_t c = 0; c < model.processes; ++c) out.own += burden[c] * runs[c];
    for (const Exchange& one : model.technosphere)
        if (one.row != one.column && runs[one.column] != 0) suppliers[one.row] -= one.amount * runs[one.column] * solution.intensities[method][one.row];
    for (const auto& [column, amount] : suppliers) out.suppliers.push_back({column, amount});
    std::ranges::stable_sort(out.suppliers, larger);
    return out;
}

std::vector<Part> by_group(const std::vector<Part>& parts, std::span<const std::uint32_t> groups) {
    std::map<std::uint32_t, double> sums;
    for (const Part& part : parts) sums[groups[part.of]] += part.amount;
    std::vector<Part> out;
    for (const auto& [group, amount] : sums) out.push_back({group, amount});
    std::ranges::stable_sort(out, larger);
    return out;
}

CutOff cut_off_of(const Inventory& inventory, const Matrix& matrix) {
    CutOff out;
    std::map<std::uint32_t, double> sums; // of missing shares by process
    std::map<std::uint32_t, double> masses;
    const auto mass = [&](std::uint32_t p, std::uint32_t e) {
        const ExchangeItem& exchange = inventory.processes[p].exchanges[e];
        const auto ratio = unit_ratio(inventory, exchange.unit.empty() ? inventory.flows[exchange.flow].unit : exchange.unit, "kg");
        return ratio ? std::abs(exchange.amount) * *ratio : -1.0;
    };
    for (const LinkOf& link : matrix.links) {
        const ExchangeItem& exchange = inventory.processes[link.process].exchanges[link.exchange];
        if (link.state != LinkState::missing || !exchange.input) continue;
        if (!masses.contains(link.process)) {
            double& whole = masses[link.process];
            for (std::uint32_t e = 0; e < inventory.processes[link.process].exchanges.size(); ++e)
                if (inventory.processes[link.process].exchanges[e].input) whole += std::max(0.0, mass(link.process, e));
        }
        const double own = mass(link.process, link.exchange);
        MissingInput one{link.process, link.exchange, 0};
        if (own < 0) ++out.without_mass;
        else if (masses[link.process] > 0) one.mass_share = own / masses[link.process];
        sums[link.process] += one.mass_share;
        out.largest_share = std::max(out.largest_share, one.mass_share);
        out.largest_sum = std::max(out.largest_sum, sums[link.process]);
        out.missing.push_back(one);
    }
    std::ranges::stable_sort(out.missing, [](const MissingInput& a, const MissingInput& b) { return a.mass_share > b.mass_share; });
    return out;
}

} // namespace greenbank::carbon
