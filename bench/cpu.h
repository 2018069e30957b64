// cpu.h — CPU seconds of this program, which other work on the machine changes least.
#pragma once

#include <algorithm>
#include <ctime>

namespace greenbank::bench {

inline double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// CPU seconds of one run.
template <class Work> double timed(Work work) {
    const double from = cpu_seconds();
    work();
    return cpu_seconds() - from;
}

/// The best of five, in CPU seconds; the work may ask which of them it is.
template <class Work> double best_of(Work work) {
    double best = 1e9;
    for (int round = 0; round < 5; ++round)
        best = std::min(best, timed([&] {
            if constexpr (requires { work(round); }) work(round);
            else work();
        }));
    return best;
}

} // namespace greenbank::bench
