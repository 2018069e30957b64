// refit.cpp — projected gradient descent; every sum runs in the order of the observations, so that it can be repeated.
#include "match/engine/refit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace greenbank::match {

namespace {

double dot(const Vector& a, const Vector& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

/// log(1 + exp(-x)) without overflow.
double logistic_loss(double x) { return x > 0 ? std::log1p(std::exp(-x)) : -x + std::log1p(std::exp(x)); }

struct Pair {
    std::size_t better, worse;
};

std::vector<Pair> pairs_of(std::span<const Observation> observations) {
    std::map<std::string, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < observations.size(); ++i) groups[observations[i].group].push_back(i);
    std::vector<Pair> pairs;
    for (const auto& [group, members] : groups)
        for (const std::size_t a : members)
            for (const std::size_t b : members)
                if (observations[a].outcome > observations[b].outcome) pairs.push_back({a, b});
    return pairs;
}

Vector difference(const Observation& better, const Observation& worse) {
    Vector made;
    for (std::size_t k = 0; k < criterion_count; ++k) made[k] = (better.points[k] - worse.points[k]) / double{points_full};
    return made;
}

Vector to_vector(const CriterionWeights& weight) {
    Vector made;
    for (std::size_t k = 0; k < criterion_count; ++k) made[k] = weight[k] / double{points_full};
    return made;
}

/// Scores as the match gives them, so that "right" means what people see.
std::int64_t score(const Observation& one, const CriterionWeights& weight) {
    std::int64_t sum = 0;
    for (std::size_t k = 0; k < criterion_count; ++k) sum += std::int64_t{weight[k]} * one.points[k] / points_full;
    return sum;
}

void count(PairCount& counted, const Observation& better, const Observation& worse, const CriterionWeights& weight) {
    const std::int64_t above = score(better, weight), below = score(worse, weight);
    ++(above > below ? counted.right : above < below ? counted.wrong : counted.tied);
}

double mean_loss(std::span<const Vector> differences, const Vector& weight, double sharpness) {
    double sum = 0;
    for (const Vector& one : differences) sum += logistic_loss(sharpness * dot(weight, one));
    return differences.empty() ? 0 : sum / static_cast<double>(differences.size());
}

} // namespace

Vector onto_simplex(Vector point) {
    Vector falling = point;
    std::sort(falling.begin(), falling.end(), std::greater<>());
    double sum = 0, shift = 0;
    for (std::size_t k = 0; k < criterion_count; ++k) {
        sum += falling[k];
        const double with = (sum - 1) / static_cast<double>(k + 1);
        if (falling[k] - with > 0) shift = with;
    }
    for (double& one : point) one = std::max(0.0, one - shift);
    return point;
}

CriterionWeights to_points(const Vector& weight) {
    CriterionWeights made;
    std::array<std::size_t, criterion_count> order;
    std::array<double, criterion_count> rest;
    std::int64_t left = points_full;
    for (std::size_t k = 0; k < criterion_count; ++k) {
        const double whole = std::floor(weight[k] * points_full);
        made[k] = static_cast<std::int32_t>(whole);
        rest[k] = weight[k] * points_full - whole;
        order[k] = k;
        left -= made[k];
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rest[a] > rest[b]; });
    for (std::size_t k = 0; left != 0; k = (k + 1) % criterion_count) {
        const std::int32_t step = left > 0 ? 1 : -1;
        if (made[order[k]] + step < 0) continue;
        made[order[k]] += step;
        left -= step;
    }
    return made;
}

double objective(std::span<const Vector> differences, const Vector& weight, const Vector& current, const RefitSettings& settings) {
    double away = 0;
    for (std::size_t k = 0; k < criterion_count; ++k) away += (weight[k] - current[k]) * (weight[k] - current[k]);
    const double draw = settings.prior_pairs / static_cast<double>(std::max<std::size_t>(1, differences.size()));
    return mean_loss(differences, weight, settings.sharpness) + draw / 2 * away;
}

Vector minimise(std::span<const Vector> differences, const Vector& current, const RefitSettings& settings) {
    if (differences.empty()) return current;
    const double count = static_cast<double>(differences.size()), draw = settings.prior_pairs / count;
    double longest = 0;
    for (const Vector& one : differences) longest = std::max(longest, dot(one, one));
    const double step = 1 / (settings.sharpness * settings.sharpness * longest / 4 + draw + 1e-9); // one over the curvature at most
    Vector weight = current;
    for (int i = 0; i < settings.steps; ++i) {
        Vector slope;
        for (std::size_t k = 0; k < criterion_count; ++k) slope[k] = draw * (weight[k] - current[k]);
        for (const Vector& one : differences) {
            const double pull = settings.sharpness / (1 + std::exp(std::min(700.0, settings.sharpness * dot(weight, one)))) / count;
            for (std::size_t k = 0; k < criterion_count; ++k) slope[k] -= pull * one[k];
        }
        for (std::size_t k = 0; k < criterion_count; ++k) weight[k] -= step * slope[k];
        weight = onto_simplex(weight);
    }
    return weight;
}

Refit refit(std::span<const Observation> observations, const CriterionWeights& current, const RefitSettings& settings) {
    Refit made{.weight = current};
    const std::vector<Pair> pairs = pairs_of(observations);
    std::map<std::string, std::size_t> groups; // with a pair → its place
    for (const Pair& pair : pairs) groups.emplace(observations[pair.better].group, groups.size());
    made.pairs = pairs.size();
    made.groups = groups.size();
    if (pairs.empty()) return made;

    const Vector from = to_vector(current);
    std::vector<Vector> differences;
    for (const Pair& pair : pairs) differences.push_back(difference(observations[pair.better], observations[pair.worse]));
    made.weight = to_points(minimise(differences, from, settings));
    made.loss_before = mean_loss(differences, from, settings.sharpness);
    made.loss_after = mean_loss(differences, to_vector(made.weight), settings.sharpness);

    const std::size_t folds = std::min(settings.folds, groups.size());
    std::vector<CriterionWeights> fitted_without(folds, current);
    const auto fold_of = [&](const Pair& pair) { return groups.at(observations[pair.better].group) % folds; };
    for (std::size_t fold = 0; fold < folds && folds > 1; ++fold) {
        std::vector<Vector> kept;
        for (std::size_t i = 0; i < pairs.size(); ++i)
            if (fold_of(pairs[i]) != fold) kept.push_back(differences[i]);
        fitted_without[fold] = to_points(minimise(kept, from, settings));
    }
    for (const Pair& pair : pairs) {
        const Observation &better = observations[pair.better], &worse = observations[pair.worse];
        count(made.before, better, worse, current);
        count(made.after, better, worse, made.weight);
        count(made.held_before, better, worse, current);
        count(made.held_after, better, worse, fitted_without[fold_of(pair)]);
    }
    return made;
}

} // namespace greenbank::match
