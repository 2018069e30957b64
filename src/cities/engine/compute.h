// compute.h — a recipe carried out: every stage kept, ranks, and what follows from doing it again with something changed.
#pragma once

#include "cities/engine/aggregate.h"
#include "cities/engine/normalise.h"

namespace greenbank::cities {

struct StageTable {
    Stage stage;
    Table table; // aggregated: a column for each node; else for each indicator
};

struct Computed {
    std::vector<StageTable> stages; // raw first, aggregated last
    std::vector<Treatment> treatments;
    Weights weights;
    std::map<std::size_t, OwnWeights> own_weights; // by aggregate, where each unit has its own
    Column ranks;                                  // of the rows of the last stage, within their period; 1 is the best

    const Table* at(Stage stage) const;
    const Table& last() const { return stages.back().table; }
};

/// All that cannot be done is told at once, as far as it can be known: a step is done when those before it could be.
Result<Computed> compute(const Framework& framework, const Dataset& data, const Recipe& recipe);
/// The steps alone, to the normalised table.
Result<Computed> compute_steps(const Framework& framework, const Dataset& data, const Recipe& recipe);

/// 1 for the greatest within its period; equal ones share the best rank.
Column ranks_within_periods(const Dataset& data, const std::vector<std::size_t>& rows, const Column& scores);

/// Of each node: its share of the index where all means are arithmetic.
std::vector<double> effective_weights(const Framework& framework, const Weights& weights);

/// The weights without that node, and without aggregates that have nothing left.
Weights without(const Framework& framework, Weights weights, std::size_t node);

struct RankShift {
    std::size_t node;
    double mean = 0, greatest = 0; // places that units move, up or down
    std::size_t moved_most = 0;    // row of the last stage
    Column ranks;
};
/// The index without each node below the top.
std::vector<RankShift> remove_each(const Framework& framework, const Dataset& data, const Recipe& recipe, const Computed& computed);

/// Fails where a unit, a period or an indicator is not there.
Result<Dataset> changed(const Framework& framework, Dataset data, const WhatIf& what_if);

struct Gain {
    std::size_t indicator;
    double now, needed; // on the normalised scale; needed is NaN where the best number of all units is not enough
};
/// What one unit would need in each indicator alone to come that many places higher, the others standing still. Ordered by how far it is.
std::vector<Gain> gains(const Framework& framework, const Dataset& data, const Recipe& recipe, const Computed& computed, std::size_t row, std::size_t places);

/// A few indicators that together bring it that many places higher: those that move its score most go to the best number of all units, the last one only as far as
/// is needed. Empty where even all of them are not enough.
std::vector<Gain> rise_plan(
    const Framework& framework, const Dataset& data, const Recipe& recipe, const Computed& computed, std::size_t row, std::size_t places);

} // namespace greenbank::cities
