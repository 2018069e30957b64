// weights.cpp — equal, given, judged in pairs, by components, by entropy, and each unit's own.
#include "cities/engine/weights.h"

#include <algorithm>
#include <numeric>

#include "cities/engine/association.h"
#include "solver/linear.h"

namespace greenbank::cities {

namespace {

Weighting method_at(const Weigh& how, std::int64_t level) {
    for (const LevelWeighting& one : how.levels)
        if (one.level == level) return one.method;
    return how.method;
}

void judge(const Framework& framework, std::size_t group, const Weigh& how, Weights& weights, Problems& problems) {
    const auto& parts = framework.children[group];
    if (parts.size() == 1) return;
    const auto place = [&](const std::string& code) -> std::optional<std::size_t> {
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (framework.nodes[parts[i]].code == code) return i;
        return {};
    };
    std::vector<std::vector<double>> ratios(parts.size(), std::vector<double>(parts.size(), missing));
    for (std::size_t i = 0; i < parts.size(); ++i) ratios[i][i] = 1;
    for (const Comparison& one : how.judgements) {
        const auto more = place(one.more), less = place(one.less);
        if (!more || !less || *more == *less) continue; // of another group
        ratios[*more][*less] = one.ratio;
        ratios[*less][*more] = 1 / one.ratio;
    }
    bool whole = true;
    for (std::size_t i = 0; i < parts.size(); ++i)
        for (std::size_t j = i + 1; j < parts.size(); ++j)
            if (!known(ratios[i][j])) {
                whole = false;
                problems.push_back({framework.nodes[group].code, "cities.index_judgement_missing", "At weigh: {one} and {other} are not compared.",
                    {{"one", framework.nodes[parts[i]].code}, {"other", framework.nodes[parts[j]].code}}});
            }
    if (!whole) return;
    const Priorities found = priorities_of(ratios);
    for (std::size_t i = 0; i < parts.size(); ++i) weights.of_node[parts[i]] = found.weights[i];
    weights.consistency.push_back({group, found.consistency_ratio});
    if (found.consistency_ratio > how.consistency_most)
        problems.push_back({framework.nodes[group].code, "cities.index_judgement_inconsistent",
            "At weigh: the comparisons contradict one another: their consistency ratio is {ratio}, and at most {most} is allowed.",
            {{"ratio", std::to_string(found.consistency_ratio)}, {"most", std::to_string(how.consistency_most)}}});
}

} // namespace

Priorities priorities_of(const std::vector<std::vector<double>>& ratios) {
    const std::size_t n = ratios.size();
    Priorities found{std::vector<double>(n, 1 / static_cast<double>(n)), static_cast<double>(n), 0};
    for (int round = 0; round < 1000; ++round) { // powers: the vector grows along the greatest value alone
        std::vector<double> next(n);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) next[i] += ratios[i][j] * found.weights[j];
        found.greatest_value = std::accumulate(next.begin(), next.end(), 0.0);
        double moved = 0;
        for (std::size_t i = 0; i < n; ++i) {
            next[i] /= found.greatest_value;
            moved = std::max(moved, std::abs(next[i] - found.weights[i]));
        }
        found.weights = std::move(next);
        if (moved < 1e-15) break;
    }
    // Saaty's averages of the index of random comparisons; above fifteen things they hardly grow.
    constexpr double random_index[] = {0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59};
    const double count = static_cast<double>(n);
    if (n > 2) found.consistency_ratio = std::max(0.0, (found.greatest_value - count) / (count - 1) / random_index[std::min<std::size_t>(n, 15)]);
    return found;
}

Weights prepare_weights(const Framework& framework, const Weigh& how, Problems& problems) {
    Weights weights;
    for (const Node& node : framework.nodes) weights.of_node.push_back(node.weight);
    for (const GivenWeight& one : how.given) {
        if (const auto node = framework.find(one.code)) weights.of_node[*node] = one.weight;
        else problems.push_back({one.code, "cities.index_weight_unknown", "At weigh: a weight is given to a code that is not in the table of indicators."});
    }
    weights.method.resize(framework.nodes.size(), how.method);
    for (std::size_t group = framework.indicators; group < framework.nodes.size(); ++group) {
        const auto& parts = framework.children[group];
        const Weighting method = weights.method[group] = method_at(how, framework.nodes[parts[0]].level);
        if (method != Weighting::given)
            for (const std::size_t part : parts) weights.of_node[part] = 1;
        if (method == Weighting::ahp) judge(framework, group, how, weights, problems);
        const double count = static_cast<double>(parts.size());
        if (method == Weighting::benefit_of_doubt && (how.share_least * count > 1 || how.share_most * count < 1))
            problems.push_back({framework.nodes[group].code, "cities.index_shares",
                "At weigh: {count} parts cannot each have a share within these limits; share_least is at most 1/{count}, share_most at least that.",
                {{"count", std::to_string(parts.size())}}});
        double sum = 0;
        for (const std::size_t part : parts) {
            sum += weights.of_node[part];
            if (weights.of_node[part] < 0 || !std::isfinite(weights.of_node[part]))
                problems.push_back({framework.nodes[part].code, "cities.index_weight_negative", "At weigh: a weight is a number from 0 on."});
        }
        if (method != Weighting::given) continue;
        if (how.sum && std::abs(sum - *how.sum) > 1e-6 * std::abs(*how.sum))
            problems.push_back({framework.nodes[group].code, "cities.index_weights_sum", "At weigh: the weights of its parts sum to {sum} and not to {wanted}.",
                {{"sum", std::to_string(sum)}, {"wanted", std::to_string(*how.sum)}}});
        else if (sum <= 0) problems.push_back({framework.nodes[group].code, "cities.index_weights_zero", "At weigh: the weights of its parts are all 0."});
    }
    return weights;
}

void weigh_by_data(const Framework& framework, std::size_t group, const std::vector<const Column*>& columns, Weights& weights, Problems& problems) {
    const auto& parts = framework.children[group];
    if (parts.size() == 1) return;
    const std::string& code = framework.nodes[group].code;
    std::vector<double> found(parts.size());
    if (weights.method[group] == Weighting::pca) {
        Columns copies;
        std::vector<std::string> codes;
        for (const Column* column : columns) copies.push_back(*column);
        for (const std::size_t part : parts) codes.push_back(framework.nodes[part].code);
        const auto components = components_of(copies, codes);
        if (!components)
            return problems.push_back({code, "cities.index_components_none",
                "At weigh: its parts have no principal components, for one of them does not vary or fewer than three units have all."});
        for (std::size_t k = 0; k < parts.size(); ++k) {
            const double variance = components->deviations[k] * components->deviations[k];
            if (k > 0 && variance < 1) break;
            for (std::size_t i = 0; i < parts.size(); ++i) found[i] += variance * components->loadings[k][i] * components->loadings[k][i];
        }
    } else {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            double sum = 0, count = 0, entropy = 0;
            for (const double number : *columns[i]) {
                if (!known(number)) continue;
                if (number < 0)
                    return problems.push_back({framework.nodes[parts[i]].code, "cities.index_entropy_negative",
                        "At weigh: entropy needs numbers from 0 on; normalise by min_max or ranks."});
                sum += number, ++count;
            }
            for (const double number : *columns[i])
                if (known(number) && number > 0) entropy -= number / sum * std::log(number / sum);
            found[i] = sum > 0 && count > 1 ? std::max(0.0, 1 - entropy / std::log(count)) : 0;
        }
    }
    const double all = std::accumulate(found.begin(), found.end(), 0.0);
    if (!(all > 0)) return problems.push_back({code, "cities.index_weights_zero", "At weigh: the weights of its parts are all 0."});
    for (std::size_t i = 0; i < parts.size(); ++i) weights.of_node[parts[i]] = found[i] / all;
}

OwnWeights benefit_of_doubt(const std::vector<const Column*>& columns, double share_least, double share_most) {
    const std::size_t parts = columns.size(), rows = columns[0]->size();
    OwnWeights found{Column(rows, missing), Columns(parts, Column(rows, missing))};
    const auto whole = [&](std::size_t row) {
        return std::all_of(columns.begin(), columns.end(), [&](const Column* column) { return known((*column)[row]); });
    };
    solver::LinearProgram program;
    // Each part in units of its greatest number, so that the program has numbers of one size.
    std::vector<double> greatest(parts, 0.0);
    for (std::size_t k = 0; k < parts; ++k)
        for (const double number : *columns[k])
            if (known(number)) greatest[k] = std::max(greatest[k], number);
    const auto share = [&](std::size_t k, std::size_t row) { return greatest[k] > 0 ? (*columns[k])[row] / greatest[k] : 0.0; };
    for (std::size_t row = 0; row < rows; ++row) {
        if (!whole(row)) continue;
        auto& entries = program.rows.emplace_back().entries;
        for (std::size_t k = 0; k < parts; ++k) entries.push_back({static_cast<int>(k), share(k, row)});
        program.rows.back().limit = 1;
    }
    program.upper.assign(parts, 1); // more would give the best of that part more than 1
    const std::size_t bounds_from = program.rows.size();
    for (std::size_t row = 0; row < rows; ++row) {
        if (!whole(row)) continue;
        program.gain.clear();
        for (std::size_t k = 0; k < parts; ++k) program.gain.push_back(share(k, row));
        program.rows.resize(bounds_from);
        for (std::size_t k = 0; k < parts; ++k)
            for (const bool least : {true, false}) {
                if (least ? share_least <= 0 : share_most >= 1) continue;
                auto& bound = program.rows.emplace_back();
                bound.limit = 0;
                for (std::size_t j = 0; j < parts; ++j) {
                    const double own = j == k ? share(j, row) : 0;
                    bound.entries.push_back({static_cast<int>(j), least ? share_least * share(j, row) - own : own - share_most * share(j, row)});
                }
            }
        const solver::LinearAnswer answer = solver::solve_relaxation(program, {});
        if (answer.columns.empty()) continue;
        double score = 0;
        for (std::size_t k = 0; k < parts; ++k) {
            score += program.gain[k] * answer.columns[k];
            found.weights[k][row] = greatest[k] > 0 ? answer.columns[k] / greatest[k] : 0.0;
        }
        found.scores[row] = 100 * score;
    }
    return found;
}

} // namespace greenbank::cities
