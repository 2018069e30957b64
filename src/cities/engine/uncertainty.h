// uncertainty.h — how firm the ranks are when choices are made otherwise: Monte Carlo over the choices, and which choice matters (Sobol).
// Every draw is keyed by (seed, sample, factor), so the number of threads changes nothing.
#pragma once

#include <functional>
#include <memory>

#include "cities/engine/compute.h"

namespace greenbank::cities {

/// Data, choices and all tables that they can lead to, ready to be asked many times.
class ChoiceSpace {
public:
    /// Fails where some combination of the choices cannot be computed, and says which.
    static Result<ChoiceSpace> prepare(const Framework& framework, const Dataset& data, const Recipe& recipe, const Computed& computed);

    const std::vector<std::string>& factors() const { return factors_; }
    /// Ranks of the rows of the computed index at a point of the factors' unit cube; NaN where a unit is screened out there.
    Column ranks_at(const std::vector<double>& point) const;
    const Column& nominal() const { return nominal_; }

private:
    struct Combination {
        Columns normalised;
        std::vector<std::size_t> rows;
        std::vector<Weights> weights; // by weighting and aggregation; those from data are of these data
    };
    const Framework* framework_;
    const Dataset* data_;
    Uncertainty how_;
    std::vector<Weigh> weighs_;
    std::vector<Aggregate> aggregates_;
    std::vector<Combination> combinations_; // imputation, then treatment, then normalisation
    std::size_t imputes_ = 1, treats_ = 1, normalises_ = 1;
    std::vector<std::size_t> rows_;
    Column nominal_;
    std::vector<std::string> factors_;
};

/// Ranks by sample and row.
Columns draw_ranks(const ChoiceSpace& choices, std::uint64_t seed, std::size_t samples, unsigned threads);

struct RankSummary {
    double mean, median, low_5, high_95, best, worst, as_computed; // `as_computed`: share of the samples with the rank of the recipe
};
RankSummary summary_of(const Columns& ranks_by_sample, std::size_t row, double nominal);

/// Of one output: the share of its variance that each factor makes alone, and with all that it takes part in; each with its standard error.
struct Sensitivity {
    double mean = 0, variance = 0;
    std::vector<double> first, total, first_error, total_error; // NaN where nothing varies
};
/// `outputs_at` a point gives all outputs. Saltelli's design and estimator (2010), Jansen's (1999) for the total: base·(factors + 2) points.
std::vector<Sensitivity> sobol(const std::function<std::vector<double>(const std::vector<double>&)>& outputs_at, std::size_t factors, std::uint64_t seed,
    std::size_t base, unsigned threads);

/// Of the mean shift of all ranks first, then of each row's rank.
std::vector<Sensitivity> sensitivity_of(const ChoiceSpace& choices, std::uint64_t seed, std::size_t base, unsigned threads);

} // namespace greenbank::cities
