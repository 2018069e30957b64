// footprint.h — scores of demands, where they come from, and how sure they are.
// Method: ISO 14040/14044 by matrices; contributions s_j c_j; first-order variance by the adjoint solution (Heijungs 2010); Monte Carlo with draws that
// belong to the exchange, so that products share them and neither threads nor the way of solving change anything.
#pragma once

#include <functional>

#include "carbon/engine/system.h"

namespace greenbank::carbon {

/// One number each of [demand][method], one after the other.
struct Scores {
    std::size_t methods = 0;
    std::vector<double> numbers;
    double at(std::size_t demand, std::size_t method) const { return numbers[demand * methods + method]; }
};

struct Solution {
    Scores scores;
    std::vector<std::vector<double>> scalings;    // by demand: how much each process runs
    std::vector<std::vector<double>> intensities; // by method: what a unit of each product weighs
    bool direct = false;                          // by factorisation; else by sweeps
    int sweeps = 0;                               // most that a solve took
};

/// What a unit of each process weighs under each method: [method][process].
std::vector<std::vector<double>> burdens_of(const Model& model);

/// Nothing and `fault` set where the model has no answer.
std::optional<Solution> solve(const Model& model, std::span<const Demand> demands, Fault& fault);

/// Parts of a score, largest first; they add up to it.
struct Part {
    std::uint32_t of = 0; // process, or flow
    double amount = 0;
};
std::vector<Part> by_process(const Model& model, const Solution& solution, std::size_t demand, std::size_t method);
std::vector<Part> by_flow(const Model& model, const Solution& solution, std::size_t demand, std::size_t method);

/// Share of the score's variance, to first order, that each uncertain exchange brings; largest first. Numbers: technosphere, then biosphere, then
/// characterisation. `variance` is their sum.
struct VarianceParts {
    double variance = 0;
    std::vector<Part> shares;
};
VarianceParts variance_parts(const Model& model, const Solution& solution, std::size_t demand, std::size_t method);

struct MonteCarlo {
    std::uint64_t seed = 1;
    std::uint32_t samples = 1000;
    unsigned threads = 1;
    double tolerance = 1e-11;                      // of a score, relative, as far as residuals tell: a hundredth of what is promised
    std::function<bool(std::uint32_t done)> going; // asked now and then; false ends it. Empty: goes on
};
struct Sampled {
    std::vector<Scores> scores;                           // by sample
    std::uint64_t sweeps = 0;                             // in all
    std::uint32_t krylov = 0, refactored = 0, failed = 0; // samples that did not settle by sweeps: how they were solved; failed have no numbers
    bool ended_early = false;
};
std::optional<Sampled> monte_carlo(const Model& model, std::span<const Demand> demands, const MonteCarlo& settings, Fault& fault);

struct Summary {
    double mean = 0, deviation = 0, median = 0, low = 0, high = 0; // low and high: the middle 95 %
};
Summary summary_of(std::vector<double> numbers);
/// Of samples that share their draws: how often the first is below the second.
double chance_below(std::span<const double> first, std::span<const double> second);

} // namespace greenbank::carbon
