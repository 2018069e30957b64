// recipe_records.h — a recipe as people write it in JSON: names of steps and methods, each part described.
#pragma once

#include "cities/engine/recipe.h"
#include "kernel/record.h"

namespace greenbank::cities {

Record describe(const Denominate*);
Record describe(const Impute*);
Record describe(const Screen*);
Record describe(const Treat*);
Record describe(const Goalpost*);
Record describe(const NormaliseException*);
Record describe(const Normalise*);
Record describe(const Step*);
Record describe(const GivenWeight*);
Record describe(const LevelWeighting*);
Record describe(const Comparison*);
Record describe(const Weigh*);
Record describe(const LevelAggregation*);
Record describe(const Aggregate*);
Record describe(const GroupAtStage*);
Record describe(const Analyse*);
Record describe(const Alternative*);
Record describe(const WeightSpread*);
Record describe(const Uncertainty*);
Record describe(const Change*);
Record describe(const WhatIf*);
Record describe(const Rise*);
Record describe(const Recipe*);

} // namespace greenbank::cities

namespace greenbank {
template <> struct Choices<cities::Imputation> {
    static constexpr std::string_view name = "imputation", values[] = {"none", "mean", "median", "group_mean", "group_median", "em", "last_known"};
};
template <> struct Choices<cities::Transform> { static constexpr std::string_view name = "transform", values[] = {"none", "log", "log_shifted"}; };
template <> struct Choices<cities::Normalisation> {
    static constexpr std::string_view name = "normalisation",
                                      values[] = {"none", "min_max", "z_score", "scaled", "rank", "percentile_rank", "borda", "distance_to_max",
                                          "distance_to_reference", "distance_to_target", "goalposts", "fraction_of_max"};
};
template <> struct Choices<cities::Weighting> {
    static constexpr std::string_view name = "weighting", values[] = {"equal", "given", "pca", "ahp", "entropy", "benefit_of_doubt"};
};
template <> struct Choices<cities::Aggregation> {
    static constexpr std::string_view name = "aggregation", values[] = {"arithmetic", "geometric", "harmonic", "generalised", "copeland"};
};
template <> struct Choices<cities::Stage> {
    static constexpr std::string_view name = "stage", values[] = {"raw", "denominated", "imputed", "screened", "treated", "normalised", "aggregated"};
};
template <> struct Choices<cities::RecipeStatus> {
    static constexpr std::string_view name = "recipe_status", values[] = {"official", "unconfirmed", "sample"};
};
} // namespace greenbank
