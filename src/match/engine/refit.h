// refit.h — weights out of what became of matches. Of two technologies for the same need, the one that was signed should stand
// above the one that was only contacted, and that above one refused. Pairs are fitted by logistic loss with the weights on the
// simplex, drawn towards those in force; a convex problem, solved by a fixed number of steps: the same answers, the same weights.
#pragma once

#include <span>

#include "match/engine/match.h"

namespace greenbank::match {

struct Observation {
    std::string group;                                     // the need
    std::array<std::int32_t, criterion_count> points = {}; // of each criterion, 0 to points_full
    int outcome = 0;                                       // higher is better; equal ones make no pair
};

struct RefitSettings {
    double prior_pairs = 200; // how many pairs the weights in force are worth
    double sharpness = 10;    // a score higher by a tenth: odds of e to one
    int steps = 4000;
    std::size_t folds = 5;
};

using CriterionWeights = std::array<std::int32_t, criterion_count>;

struct PairCount {
    std::size_t right = 0, wrong = 0, tied = 0;
    bool operator==(const PairCount&) const = default;
};

struct Refit {
    CriterionWeights weight = {};
    std::size_t pairs = 0, groups = 0;
    double loss_before = 0, loss_after = 0; // mean logistic loss of all pairs, without the draw towards the weights in force
    PairCount before, after;                // all pairs
    PairCount held_before, held_after;      // each pair judged by weights fitted without its need
};

/// `current` sums to points_full. Without a pair it stays as it is.
Refit refit(std::span<const Observation> observations, const CriterionWeights& current, const RefitSettings& settings = {});

// ---- parts, for tests --------------------------------------------------------------------------------------------

using Vector = std::array<double, criterion_count>;
/// The nearest point whose parts are not negative and sum to one.
Vector onto_simplex(Vector point);
/// To whole points that sum to points_full: the largest remainders are rounded up.
CriterionWeights to_points(const Vector& weight);
/// What is made as small as can be.
double objective(std::span<const Vector> differences, const Vector& weight, const Vector& current, const RefitSettings& settings);
Vector minimise(std::span<const Vector> differences, const Vector& current, const RefitSettings& settings);

} // namespace greenbank::match
