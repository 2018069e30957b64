// recipe.h — how an index is made, step by step (after the steps of the OECD/JRC handbook on composite indicators, 2008), as it is written in JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace greenbank::cities {

enum class Imputation { none, mean, median, group_mean, group_median, em, last_known };
enum class Transform { none, log, log_shifted };
enum class Normalisation {
    none,
    min_max,
    z_score,
    scaled,
    rank,
    percentile_rank,
    borda,
    distance_to_max,
    distance_to_reference,
    distance_to_target,
    goalposts,
    fraction_of_max
};
enum class Weighting { equal, given, pca, ahp, entropy, benefit_of_doubt };
enum class Aggregation { arithmetic, geometric, harmonic, generalised, copeland };
enum class Stage { raw, denominated, imputed, screened, treated, normalised, aggregated };
enum class RecipeStatus { official, unconfirmed, sample };

struct Denominate {
    std::vector<std::string> leave_out; // indicators that stay as they are
};
struct Impute {
    Imputation method = Imputation::mean;
    std::string group; // a column of groups
};
struct Screen {
    double least_available = 0.9;
    std::optional<double> least_nonzero;
    std::vector<std::string> always_in, always_out; // units
};
/// Distorted is what has |skewness| and kurtosis above both limits; then the outermost values are drawn in one by one, then the logarithm is taken.
struct Treat {
    double skewness_limit = 2, kurtosis_limit = 3.5;
    std::int64_t winsorise_most = 5;
    Transform then = Transform::log_shifted;
    std::vector<std::string> leave_out;
};
struct Goalpost {
    std::string indicator;
    double low = 0, high = 1;
};
struct NormaliseException {
    std::string indicator;
    Normalisation method = Normalisation::none;
};
struct Normalise {
    Normalisation method = Normalisation::min_max;
    double from = 0, to = 100;       // min_max, goalposts
    double mean = 0, deviation = 1;  // z_score
    double low = 0, high = 100;      // scaled: from where to where is 100
    std::string reference;           // distance_to_reference: a unit
    std::vector<Goalpost> goalposts; // goalposts: every indicator's
    std::vector<NormaliseException> exceptions;
};
/// One of them.
struct Step {
    std::optional<Denominate> denominate;
    std::optional<Impute> impute;
    std::optional<Screen> screen;
    std::optional<Treat> treat;
    std::optional<Normalise> normalise;
};

struct GivenWeight {
    std::string code;
    double weight = 1;
};
struct LevelWeighting {
    std::int64_t level = 1; // of what is weighed
    Weighting method = Weighting::given;
};
/// "`more` matters `ratio` times as much as `less`."
struct Comparison {
    std::string more, less;
    double ratio = 1;
};
struct Weigh {
    Weighting method = Weighting::given;
    std::vector<LevelWeighting> levels;
    std::vector<GivenWeight> given; // in place of those of the table of indicators
    std::optional<double> sum;      // that the given weights of each group must have
    std::vector<Comparison> judgements;
    double consistency_most = 0.1;
    double share_least = 0, share_most = 1; // benefit of the doubt: of each part in a unit's score
};

struct LevelAggregation {
    std::int64_t level = 2; // of what is made
    Aggregation method = Aggregation::arithmetic;
    double power = 1;
};
struct Aggregate {
    Aggregation method = Aggregation::arithmetic;
    double power = 1;
    double least_available = 0; // share of the parts that must be there
    std::vector<LevelAggregation> levels;
};

struct GroupAtStage {
    std::string group; // an aggregate: what it is made of is looked at
    Stage stage = Stage::normalised;
};
struct Analyse {
    std::vector<GroupAtStage> correlations, components, reliability;
};

/// The recipe with one or two parts of it replaced.
struct Alternative {
    std::string name;
    std::optional<Normalise> normalise;
    std::optional<Aggregate> aggregate;
};

struct WeightSpread {
    std::int64_t level = 1;
    double spread = 0.25; // each weight is multiplied by 1 ± it
};
/// Each list is a factor: what else might have been chosen, all equally likely. An empty one stays as the recipe has it.
struct Uncertainty {
    std::int64_t samples = 1000, seed = 1;
    std::int64_t sensitivity_samples = 0; // base samples of Sobol's indices; 0: none
    std::vector<Impute> impute;
    std::vector<Treat> treat;
    std::vector<Normalise> normalise;
    std::vector<Weigh> weigh;
    std::vector<Aggregate> aggregate;
    std::vector<WeightSpread> weights;
    bool leave_one_out = false; // an indicator, or none
};

struct Change {
    std::string unit, indicator;
    double value = 0;
    std::string time;
};
struct WhatIf {
    std::string name;
    std::vector<Change> changes;
};

/// What a unit would have to do, indicator by indicator, to come some places higher.
struct Rise {
    std::string unit;
    std::int64_t places = 5;
    std::string time;
};

struct Recipe {
    std::string name, edition, source;
    RecipeStatus status = RecipeStatus::sample;
    std::vector<Step> steps;
    Weigh weigh;
    Aggregate aggregate;
    bool periods_together = true; // several periods are treated and normalised as one table, so that they compare
    Analyse analyse;
    std::vector<Alternative> alternatives;
    std::vector<WhatIf> what_if;
    bool remove_one = false;
    std::vector<Rise> rise;
    std::optional<Uncertainty> uncertainty;
};

} // namespace greenbank::cities
