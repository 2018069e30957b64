// Footprints of an economy of 20,000 processes: the first answer, the next demand, all products at once, a thousand samples. Beside it what today's tools
// do, a factorisation (SuiteSparse KLU) and another one for each sample: on a smaller economy, since KLU does not end in minutes on the large one.
//   footprint_bench [processes] [samples]
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>

#include "carbon/engine/footprint.h"
#include "technosphere.h"

namespace greenbank::carbon {
namespace {

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
double wall_seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

template <class Work> double timed(Work work) {
    const double from = cpu_seconds();
    work();
    return cpu_seconds() - from;
}

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
    if (!beside_factors) return;
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
