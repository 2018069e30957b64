// cycle.cpp — autocorrelation by its definition: a thousand values now and then cost less than a transform kept ready.
#include "energy/engine/anomaly/cycle.h"

#include <cmath>
#include <numeric>
#include <vector>

namespace greenbank::energy {

std::size_t cycle_of(std::span<const double> values) {
    constexpr std::size_t shortest = 4;
    constexpr double clear = 0.5;
    const std::size_t count = values.size(), longest = count / 3;
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(count);
    std::vector<double> away(count), likeness(longest + 2);
    for (std::size_t i = 0; i < count; ++i) away[i] = values[i] - mean;
    const auto product = [&](std::size_t lag) {
        double sum = 0;
        for (std::size_t i = lag; i < count; ++i) sum += away[i] * away[i - lag];
        return sum / static_cast<double>(count - lag);
    };
    const double variance = product(0);
    if (!(variance > 0) || !std::isfinite(variance)) return 0;
    for (std::size_t lag = 1; lag < likeness.size(); ++lag) likeness[lag] = product(lag) / variance;
    std::size_t lag = 1;
    while (lag <= longest && likeness[lag] > 0) ++lag; // beyond mere persistence
    std::size_t best = 0;
    for (; lag <= longest; ++lag) {
        const bool peak = lag >= shortest && likeness[lag] >= likeness[lag - 1] && likeness[lag] >= likeness[lag + 1];
        if (peak && likeness[lag] > clear && (best == 0 || likeness[lag] > likeness[best] + 0.1)) best = lag; // multiples of a cycle are no better
    }
    return best;
}

} // namespace greenbank::energy
