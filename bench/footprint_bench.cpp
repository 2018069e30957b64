// Footprints of an economy of 20,000 processes: the first answer, the next demand, all products at once, a thousand samples. Beside it what today's tools
// do, a factorisation and another one for each sample: SuiteSparse UMFPACK, which also says how far samples are from a direct solve of the same draws; and
// KLU on a smaller economy, since it does not end in minutes on the large one.
//   footprint_bench [processes] [samples]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>

#include <umfpack.h>

#include "carbon/engine/footprint.h"
#include "cpu.h"
#include "technosphere.h"

namespace greenbank::carbon {
namespace {

using greenbank::bench::cpu_seconds;
using greenbank::bench::timed;
double wall_seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void sampled(const Model& model, std::uint32_t samples) {
    Fault fault;
    const std::vector<Demand> demands = {{{777, 1}}};
    for (const unsigned threads : {1U, 2U}) {
        const double from = wall_seconds(), cpu = cpu_seconds();
        const auto run = monte_carlo(model, demands, {.seed = 1, .samples = samples, .threads = threads}, fault);
        fmt::print("    {} samples on {} thread{}: {:.2f} s, {:.2f} CPU-s; {:.1f} sweeps each, {} fallbacks\n", samples, threads, threads > 1 ? "s" : "",
            wall_seconds() - from, cpu_seconds() - cpu, static_cast<double>(run->sweeps) / samples, run->krylov + run->refactored);
    }
}

/// The technosphere with the amounts of a sample.
std::vector<double> amounts_of_sample(const Model& model, std::uint64_t seed, std::uint64_t sample) {
    std::vector<double> amounts;
    for (std::size_t i = 0; i < model.technosphere.size(); ++i)
        amounts.push_back(draw(seed, sample, i, model.technosphere[i].amount, model.technosphere[i].uncertainty));
    return amounts;
}

/// A score by UMFPACK: rows and columns put so that production lies on the diagonal, then its symmetric strategy (the other ones take twenty times as long).
class Umfpack {
public:
    explicit Umfpack(const solver::SparseColumns& matrix) : matrix_(matrix) {
        umfpack_di_defaults(control_);
        control_[UMFPACK_STRATEGY] = UMFPACK_STRATEGY_SYMMETRIC;
        umfpack_di_symbolic(matrix.size, matrix.size, matrix_.starts.data(), matrix_.rows.data(), matrix_.values.data(), &symbolic_, control_, nullptr);
    }
    ~Umfpack() {
        umfpack_di_free_symbolic(&symbolic_);
        if (numeric_) umfpack_di_free_numeric(&numeric_);
    }
    Umfpack(const Umfpack&) = delete;
    Umfpack& operator=(const Umfpack&) = delete;
    void factor(const solver::SparseColumns& matrix) {
        matrix_ = matrix;
        if (numeric_) umfpack_di_free_numeric(&numeric_);
        umfpack_di_numeric(matrix_.starts.data(), matrix_.rows.data(), matrix_.values.data(), symbolic_, &numeric_, control_, nullptr);
    }
    std::vector<double> solve(const std::vector<double>& right) const {
        std::vector<double> x(right.size());
        umfpack_di_solve(UMFPACK_A, matrix_.starts.data(), matrix_.rows.data(), matrix_.values.data(), x.data(), right.data(), numeric_, control_, nullptr);
        return x;
    }

private:
    solver::SparseColumns matrix_;
    double control_[UMFPACK_CONTROL];
    void *symbolic_ = nullptr, *numeric_ = nullptr;
};

/// Columns sorted by row, as UMFPACK wants them.
solver::SparseColumns sorted(solver::SparseColumns matrix) {
    for (std::int32_t column = 0; column < matrix.size; ++column) {
        std::vector<std::pair<std::int32_t, double>> entries;
        for (std::int32_t at = matrix.starts[column]; at < matrix.starts[column + 1]; ++at) entries.emplace_back(matrix.rows[at], matrix.values[at]);
        std::sort(entries.begin(), entries.end());
        for (std::size_t i = 0; i < entries.size(); ++i) {
            matrix.rows[matrix.starts[column] + static_cast<std::int32_t>(i)] = entries[i].first;
            matrix.values[matrix.starts[column] + static_cast<std::int32_t>(i)] = entries[i].second;
        }
    }
    return matrix;
}

/// What a factorisation a sample costs, and how far our samples are from it.
void beside_umfpack(const Model& model, const System& system) {
    constexpr std::uint32_t compared = 5;
    std::vector<double> nominal;
    for (const Exchange& one : model.technosphere) nominal.push_back(one.amount);
    std::optional<Umfpack> factors;
    const double symbolic = timed([&] { factors.emplace(sorted(system.columns(nominal))); });
    const double numeric = timed([&] { factors->factor(sorted(system.columns(nominal))); });
    std::vector<double> right(model.products, 0);
    right[777] = 1;
    const double next = timed([&] { factors->solve(right); });
    Fault fault;
    const std::vector<Demand> demands = {{{777, 1}}};
    const auto run = monte_carlo(model, demands, {.seed = 1, .samples = compared, .threads = 1}, fault);
    const std::vector<double> burdens = burdens_of(model)[0];
    double worst = 0, anew = 0;
    for (std::uint32_t sample = 0; sample < compared; ++sample) {
        const solver::SparseColumns columns = sorted(system.columns(amounts_of_sample(model, 1, sample)));
        double score = 0;
        anew += timed([&] {
            factors->factor(columns);
            const std::vector<double> scaling = factors->solve(right);
            for (std::size_t process = 0; process < scaling.size(); ++process) score += burdens[process] * scaling[process];
        });
        worst = std::max(worst, std::abs(run->scores[sample].at(0, 0) - score) / std::abs(score));
    }
    fmt::print(
        "    UMFPACK: symbolic {:.0f} ms, numeric {:.0f} ms, next demand {:.1f} ms; a sample anew {:.0f} ms; {} samples differ from it by {:.1e} at most\n",
        1e3 * symbolic, 1e3 * numeric, 1e3 * next, 1e3 * anew / compared, compared, worst);
}

void economy_of(std::uint32_t processes, std::uint32_t samples, bool beside_factors) {
    Model model = economy(processes, 1, true);
    for (Exchange& one : model.biosphere) one.uncertainty = {}; // the links vary, as in the peers' figures
    fmt::print("{} processes, {} links\n", processes, model.technosphere.size());
    Fault fault;
    std::optional<System> system;
    std::optional<std::vector<double>> scaling, intensity;
    const double cold = timed([&] { system = System::arrange(model, fault), scaling = system->scaling({{777, 1}}); });
    const double warm = timed([&] { scaling = system->scaling({{processes / 2, 1}}); });
    const auto burdens = burdens_of(model);
    intensity = system->intensities(burdens[0]);
    const double all = timed([&] { intensity = system->intensities(burdens[0]); });
    fmt::print("    cold {:.1f} ms, next demand {:.1f} ms, scores of all products {:.1f} ms (CPU)\n", 1e3 * cold, 1e3 * warm, 1e3 * all);
    sampled(model, samples);
    if (!beside_factors) return beside_umfpack(model, *system);
    std::vector<double> amounts;
    for (const Exchange& one : model.technosphere) amounts.push_back(one.amount);
    const solver::SparseColumns columns = system->columns(amounts);
    std::optional<solver::SparseLu> factors;
    const double factor = timed([&] { factors = solver::SparseLu::factor(columns); });
    const double refactor = timed([&] { factors->refactor(columns); });
    std::vector<double> right(model.products, 0);
    right[processes / 2] = 1;
    const double solve = timed([&] { factors->solve(right); });
    double worst = 0;
    for (std::size_t i = 0; i < right.size(); ++i) worst = std::max(worst, std::abs(right[i] - (*scaling)[i]) / std::max(1e-300, std::abs(right[i])));
    fmt::print("    KLU: factor {:.0f} ms, anew for a sample {:.0f} ms, next demand {:.2f} ms; the answers differ by {:.1e} at most\n", 1e3 * factor,
        1e3 * refactor, 1e3 * solve, worst);
}

} // namespace
} // namespace greenbank::carbon

int main(int count, char** words) {
    const auto processes = count > 1 ? static_cast<std::uint32_t>(std::strtoul(words[1], nullptr, 10)) : 20'000;
    const auto samples = count > 2 ? static_cast<std::uint32_t>(std::strtoul(words[2], nullptr, 10)) : 1'000;
    greenbank::carbon::economy_of(processes, samples, false);
    greenbank::carbon::economy_of(1'000, samples, true);
}
