// aggregate.cpp — means of several kinds, Copeland's contest, and the way up the hierarchy.
#include "cities/engine/aggregate.h"

#include <algorithm>

namespace greenbank::cities {

namespace {

/// `into` of a number before it is averaged, `back` of the average.
template <class Into, class Back>
void averages(const std::vector<const Column*>& parts, const std::vector<double>& weights, double least_available, Column& out, Into into, Back back) {
    double there = 0;
    for (const double weight : weights) there += weight > 0;
    for (std::size_t row = 0; row < out.size(); ++row) {
        double sum = 0, weight = 0, count = 0;
        for (std::size_t k = 0; k < parts.size(); ++k) {
            const double number = (*parts[k])[row];
            if (!(weights[k] > 0) || !known(number)) continue;
            sum += weights[k] * into(number);
            weight += weights[k];
            ++count;
        }
        out[row] = count > 0 && count >= least_available * there ? back(sum / weight) : missing;
    }
}

void copeland(const std::vector<const Column*>& parts, const std::vector<double>& weights, double least_available, Column& out) {
    double there = 0;
    for (const double weight : weights) there += weight > 0;
    for (std::size_t row = 0; row < out.size(); ++row) {
        double count = 0;
        for (std::size_t k = 0; k < parts.size(); ++k) count += weights[k] > 0 && known((*parts[k])[row]);
        out[row] = count > 0 && count >= least_available * there ? 0 : missing;
    }
    for (std::size_t one = 0; one < out.size(); ++one)
        for (std::size_t other = one + 1; other < out.size() && known(out[one]); ++other) {
            if (!known(out[other])) continue;
            double ahead = 0; // weight of `one` ahead, less that of it behind
            for (std::size_t k = 0; k < parts.size(); ++k) {
                const double a = (*parts[k])[one], b = (*parts[k])[other];
                if (a > b) ahead += weights[k];
                else if (a < b) ahead -= weights[k];
            }
            const double won = (ahead > 0) - (ahead < 0);
            out[one] += won;
            out[other] -= won;
        }
}

/// What the mean cannot be made of.
bool refuses(const MeanRule& rule, double number) {
    switch (rule.method) {
    case Aggregation::geometric:
    case Aggregation::harmonic: return number <= 0;
    case Aggregation::generalised: return rule.power <= 0 ? number <= 0 : rule.power != 1 && number < 0;
    case Aggregation::arithmetic:
    case Aggregation::copeland: break;
    }
    return false;
}

} // namespace

MeanRule rule_at(const Aggregate& how, std::int64_t level) {
    for (const LevelAggregation& one : how.levels)
        if (one.level == level) return {one.method, one.power, how.least_available};
    return {how.method, how.power, how.least_available};
}

std::vector<std::pair<std::size_t, std::size_t>> aggregate_group(
    const std::vector<const Column*>& parts, const std::vector<double>& weights, const MeanRule& rule, Column& out) {
    std::vector<std::pair<std::size_t, std::size_t>> refused;
    if (rule.method != Aggregation::arithmetic && rule.method != Aggregation::copeland)
        for (std::size_t k = 0; k < parts.size(); ++k)
            for (std::size_t row = 0; weights[k] > 0 && row < out.size(); ++row)
                if (refuses(rule, (*parts[k])[row])) refused.emplace_back(k, row);
    if (!refused.empty()) return refused;
    const auto same = [](double x) { return x; };
    switch (rule.method) {
    case Aggregation::arithmetic: averages(parts, weights, rule.least_available, out, same, same); break;
    case Aggregation::geometric:
        averages(
            parts, weights, rule.least_available, out, [](double x) { return std::log(x); }, [](double x) { return std::exp(x); });
        break;
    case Aggregation::harmonic:
        averages(
            parts, weights, rule.least_available, out, [](double x) { return 1 / x; }, [](double x) { return 1 / x; });
        break;
    case Aggregation::generalised:
        if (rule.power == 0) return aggregate_group(parts, weights, {Aggregation::geometric, 0, rule.least_available}, out);
        averages(
            parts, weights, rule.least_available, out, [&](double x) { return std::pow(x, rule.power); },
            [&](double x) { return std::pow(x, 1 / rule.power); });
        break;
    case Aggregation::copeland: copeland(parts, weights, rule.least_available, out); break;
    }
    return {};
}

std::vector<Aggregating::Fault> Aggregating::run(Columns& columns, Weights& weights, Problems& problems, std::map<std::size_t, OwnWeights>* own) const {
    const std::size_t rows = columns[0].size();
    columns.resize(framework.nodes.size());
    std::vector<const Column*> parts;
    std::vector<double> of_parts;
    std::vector<Fault> faults;
    for (std::size_t group = framework.indicators; group < framework.nodes.size(); ++group) {
        const Weighting method = weights.method[group];
        parts.clear();
        of_parts.clear();
        for (const std::size_t part : framework.children[group]) parts.push_back(&columns[part]);
        if (!settled && faults.empty() && (method == Weighting::pca || method == Weighting::entropy)) weigh_by_data(framework, group, parts, weights, problems);
        for (const std::size_t part : framework.children[group]) of_parts.push_back(weights.of_node[part]);
        columns[group].resize(rows);
        if (method != Weighting::benefit_of_doubt) {
            const auto refused = aggregate_group(parts, of_parts, rule_at(how, framework.nodes[group].level), columns[group]);
            if (!refused.empty()) columns[group].assign(rows, missing);
            for (const auto& [part, row] : refused) faults.push_back({group, framework.children[group][part], row});
            continue;
        }
        std::vector<const Column*> counted;
        const std::size_t before = faults.size();
        for (std::size_t k = 0; k < parts.size(); ++k) {
            if (!(of_parts[k] > 0)) continue;
            counted.push_back(parts[k]);
            for (std::size_t row = 0; row < rows; ++row)
                if ((*parts[k])[row] < 0) faults.push_back({group, framework.children[group][k], row});
        }
        if (counted.empty() || faults.size() > before) {
            columns[group].assign(rows, missing);
            continue;
        }
        OwnWeights found = benefit_of_doubt(counted, weigh.share_least, weigh.share_most);
        columns[group] = found.scores;
        if (own) own->emplace(group, std::move(found));
    }
    return faults;
}

} // namespace greenbank::cities
