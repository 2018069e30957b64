// what_follows.cpp — the index looked at from its weights, without one of its parts, with other numbers, and from a unit that wants to rise.
#include <algorithm>

#include "cities/engine/compute.h"

namespace greenbank::cities {

namespace {

/// Scores of the index again, with other weights or other normalised numbers; all that is needed has been checked.
Column index_again(const Framework& framework, const Recipe& recipe, Columns columns, Weights weights) {
    Problems problems;
    const auto faults = Aggregating{framework, recipe.weigh, recipe.aggregate, true}.run(columns, weights, problems);
    return faults.empty() ? columns[framework.root()] : Column(columns[0].size(), missing);
}

Columns indicators_of(const Framework& framework, const Computed& computed) {
    Columns columns = computed.last().columns;
    columns.resize(framework.indicators);
    return columns;
}

} // namespace

std::vector<double> effective_weights(const Framework& framework, const Weights& weights) {
    std::vector<double> effective(framework.nodes.size(), 1);
    for (std::size_t group = framework.nodes.size(); group-- > framework.indicators;) {
        double sum = 0;
        for (const std::size_t part : framework.children[group]) sum += weights.of_node[part];
        for (const std::size_t part : framework.children[group]) effective[part] = sum > 0 ? effective[group] * weights.of_node[part] / sum : 0;
    }
    return effective;
}

Weights without(const Framework& framework, Weights weights, std::size_t node) {
    weights.of_node[node] = 0;
    for (std::size_t group = framework.indicators; group < framework.nodes.size(); ++group) {
        const auto& parts = framework.children[group];
        if (std::all_of(parts.begin(), parts.end(), [&](std::size_t part) { return weights.of_node[part] == 0; })) weights.of_node[group] = 0;
    }
    return weights;
}

std::vector<RankShift> remove_each(const Framework& framework, const Dataset& data, const Recipe& recipe, const Computed& computed) {
    std::vector<RankShift> shifts;
    const Columns indicators = indicators_of(framework, computed);
    for (std::size_t node = 0; node < framework.root(); ++node) {
        RankShift& shift = shifts.emplace_back(RankShift{node});
        shift.ranks = ranks_within_periods(data, computed.last().rows, index_again(framework, recipe, indicators, without(framework, computed.weights, node)));
        double count = 0;
        for (std::size_t i = 0; i < shift.ranks.size(); ++i) {
            const double moved = std::abs(shift.ranks[i] - computed.ranks[i]);
            if (!known(moved)) continue;
            shift.mean += moved;
            ++count;
            if (moved > shift.greatest) {
                shift.greatest = moved;
                shift.moved_most = i;
            }
        }
        if (count > 0) shift.mean /= count;
    }
    return shifts;
}

Result<Dataset> changed(const Framework& framework, Dataset data, const WhatIf& what_if) {
    Problems problems;
    for (const Change& change : what_if.changes) {
        const auto indicator = framework.find(change.indicator);
        if (!indicator || *indicator >= framework.indicators) {
            problems.push_back({change.indicator, "cities.index_indicator_unknown", "The recipe names an indicator that is not in the table of indicators."});
            continue;
        }
        bool found = false;
        for (std::size_t i = 0; i < data.units.size(); ++i)
            if (data.units[i].code == change.unit && (change.time.empty() || data.units[i].time == change.time)) {
                data.indicators[*indicator][i] = change.value;
                found = true;
            }
        if (!found) problems.push_back({change.unit, "cities.index_unit_unknown", "The recipe names a unit that is not in the data."});
    }
    if (!problems.empty())
        return Error{
            Failure::invalid, "cities.index_not_possible", "The recipe cannot be carried out with these data; each reason is named.", {}, std::move(problems)};
    return data;
}

std::vector<Gain> gains(const Framework& framework, const Dataset& data, const Recipe& recipe, const Computed& computed, std::size_t row, std::size_t places) {
    std::vector<Gain> found;
    const Columns indicators = indicators_of(framework, computed);
    const double wanted = std::max(1.0, computed.ranks[row] - static_cast<double>(places));
    const auto rank_with = [&](std::size_t indicator, double value) {
        Columns columns = indicators;
        columns[indicator][row] = value;
        return ranks_within_periods(data, computed.last().rows, index_again(framework, recipe, std::move(columns), computed.weights))[row];
    };
    if (!known(computed.ranks[row]) || wanted == computed.ranks[row]) return found;
    for (std::size_t k = 0; k < indicators.size(); ++k) {
        const double now = indicators[k][row];
        double best = now;
        for (const double number : indicators[k])
            if (number > best) best = number;
        Gain& gain = found.emplace_back(Gain{k, now, missing});
        if (!known(now) || !(rank_with(k, best) <= wanted)) continue;
        double low = now, high = best; // the rank is not worse for a higher number
        for (int step = 0; step < 40; ++step) {
            const double middle = (low + high) / 2;
            (rank_with(k, middle) <= wanted ? high : low) = middle;
        }
        gain.needed = high;
    }
    std::stable_sort(found.begin(), found.end(), [](const Gain& a, const Gain& b) {
        const double far_a = a.needed - a.now, far_b = b.needed - b.now;
        return known(far_a) && (!known(far_b) || far_a < far_b);
    });
    return found;
}

std::vector<Gain> rise_plan(
    const Framework& framework, const Dataset& data, const Recipe& recipe, const Computed& computed, std::size_t row, std::size_t places) {
    const Columns indicators = indicators_of(framework, computed);
    const double wanted = std::max(1.0, computed.ranks[row] - static_cast<double>(places));
    if (!known(computed.ranks[row]) || wanted == computed.ranks[row]) return {};
    Columns columns = indicators;
    const auto scores = [&] { return index_again(framework, recipe, columns, computed.weights); };
    const auto there = [&] { return ranks_within_periods(data, computed.last().rows, scores())[row] <= wanted; };
    struct Lever {
        std::size_t indicator;
        double best, effect;
    };
    std::vector<Lever> levers;
    const double score = scores()[row];
    for (std::size_t k = 0; k < indicators.size(); ++k) {
        const double now = indicators[k][row];
        if (!known(now)) continue;
        double best = now;
        for (const double number : indicators[k])
            if (number > best) best = number;
        columns[k][row] = best;
        if (const double effect = scores()[row] - score; effect > 0) levers.push_back({k, best, effect});
        columns[k][row] = now;
    }
    std::stable_sort(levers.begin(), levers.end(), [](const Lever& a, const Lever& b) { return a.effect > b.effect; });
    std::vector<Gain> plan;
    for (const Lever& lever : levers) {
        double& number = columns[lever.indicator][row];
        const double now = number;
        number = lever.best;
        plan.push_back({lever.indicator, now, lever.best});
        if (!there()) continue;
        double low = now, high = lever.best; // the last one only as far as is needed
        for (int step = 0; step < 40; ++step) {
            number = (low + high) / 2;
            (there() ? high : low) = number;
        }
        plan.back().needed = high;
        return plan;
    }
    return {};
}

} // namespace greenbank::cities
