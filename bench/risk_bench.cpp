// A loan portfolio of 10,000 obligors and 100,000 scenarios, beside the naive twin that draws every obligor in every scenario (of which it does a hundredth).
//   risk_bench
#include <fmt/format.h>

#include <cmath>
#include <ctime>

#include "cpu.h"
#include "finance/engine/exact_pool.h"
#include "finance/engine/portfolio.h"
#include "kernel/random.h"

namespace greenbank::finance {
namespace {

using greenbank::bench::cpu_seconds;

void measure(const char* name, const std::vector<Obligor>& obligors, const FactorModel& model) {
    double from = cpu_seconds();
    const RiskReport fast = simulate(obligors, model, {.scenarios = 100'000});
    const double ours = cpu_seconds() - from;
    from = cpu_seconds();
    const RiskReport naive = simulate_naive(obligors, model, {.scenarios = 1'000});
    const double theirs = 100 * (cpu_seconds() - from);
    fmt::print("{}: {:.3f} CPU-s, naive {:.0f} ({:.0f} times); value at risk 99 % {:.5f}, 99.9 % {:.5f} of the exposure, {} decided one by one; mean {:.6f}, "
               "expected {:.6f}\n",
        name, ours, theirs, theirs / ours, fast.levels[0].value_at_risk / fast.exposure, fast.levels[1].value_at_risk / fast.exposure, fast.large,
        fast.mean / fast.exposure, fast.expected_loss / fast.exposure);
}

} // namespace
} // namespace greenbank::finance

int main() {
    using namespace greenbank::finance;
    measure("homogeneous, PD 1 %, correlation 0.15, LGD 0.45",
        std::vector<Obligor>(10'000, Obligor{.exposure = 1, .default_probability = 0.01, .loss_given_default = 0.45, .loading = std::sqrt(0.15)}), {});
    const auto exact = default_counts({10'000, 0.01, 0.15});
    fmt::print("    exact: {:.5f} and {:.5f}\n", 0.45 * static_cast<double>(value_at_risk(exact, 0.99)) / 10'000,
        0.45 * static_cast<double>(value_at_risk(exact, 0.999)) / 10'000);
    greenbank::Random random(3);
    std::vector<Obligor> obligors;
    FactorModel model{8, {}};
    for (int i = 0; i < 64; ++i) model.correlations.push_back(i % 9 == 0 ? 1 : 0.4);
    for (int i = 0; i < 10'000; ++i)
        obligors.push_back({.exposure = std::exp(3 * (random.uniform() + random.uniform() + random.uniform() - 1.5)),
            .default_probability = 0.002 + 0.05 * random.uniform() * random.uniform(),
            .loss_given_default = 0.3 + 0.4 * random.uniform(),
            .loss_given_default_deviation = 0.1,
            .sector = static_cast<std::uint32_t>(random.below(8)),
            .loading = 0.3 + 0.2 * random.uniform()});
    measure("different in everything, eight sectors", obligors, model);
}
