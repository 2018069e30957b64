// pricing_bench.cpp — bonds and loan schedules a CPU-second, on one core, without files.
//   pricing_bench
#include <ctime>

#include <fmt/format.h>

#include "cpu.h"
#include "finance/engine/pricing.h"
#include "kernel/random.h"

using namespace greenbank;
using namespace greenbank::finance;

namespace {

using greenbank::bench::cpu_seconds;

} // namespace

int main() {
    constexpr int count = 20'000;
    const Pricing pricing;
    Random random(1);
    double from = cpu_seconds(), sum = 0;
    for (int i = 0; i < count; ++i) {
        const Date start = {make_date(2020, 1, 1).days + static_cast<std::int32_t>(random.below(1000))};
        BondPrice price;
        pricing.price(
            {.dates = {.start = start, .end = {start.days + 3652}}, .settle = {start.days + 1500}, .coupon = 0.03, .yield = 0.02 + 0.03 * random.uniform()},
            price);
        sum += price.clean;
    }
    double spent = cpu_seconds() - from;
    fmt::print("bonds, ten years, half-yearly, price and sensitivities: {:.0f} a CPU-s, a million in {:.1f} CPU-s (check {:.3f})\n", count / spent,
        1e6 * spent / count, sum / count);
    from = cpu_seconds();
    sum = 0;
    std::vector<LoanRow> rows;
    for (int i = 0; i < count / 4; ++i) {
        const Date start = {make_date(2020, 1, 1).days + static_cast<std::int32_t>(random.below(1000))};
        pricing.schedule(
            {.dates = {.start = start, .end = {start.days + 3652}, .frequency = 12}, .principal = 1e6, .rate = 0.02 + 0.03 * random.uniform()}, rows);
        sum += rows.back().payment;
    }
    spent = cpu_seconds() - from;
    fmt::print("loans, ten years, monthly: {:.0f} schedules a CPU-s, a million in {:.1f} CPU-s (check {:.3f})\n", count / 4 / spent, 4e6 * spent / count,
        sum / (count / 4));
    return 0;
}
