// axis.cpp — nice steps; labels by pooling neighbours that overlap (isotonic regression).
#include "paper/engine/axis.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenbank::paper {

std::vector<double> Axis::ticks() const {
    std::vector<double> all;
    const int count = static_cast<int>(std::lround((high - low) / step));
    for (int i = 0; i <= count; ++i) all.push_back(low + step * i == 0 ? 0 : low + step * i);
    return all;
}

Axis nice_axis(double low, double high, int intervals) {
    if (!(high > low)) {
        const double pad = low == 0 ? 1 : std::abs(low) / 2;
        low = std::min(low - (low < 0 ? pad : 0), low), high = low + pad;
    }
    // Values so near to each other that their difference is lost in the digits of a double get a wider axis.
    const double scale = std::max({std::abs(low), std::abs(high), 1e-300});
    if (high - low < scale * 1e-9) low -= scale * 1e-9, high += scale * 1e-9;
    const double rough = (high - low) / std::max(1, intervals);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    Axis axis;
    axis.step = power * 10;
    int decimals = -static_cast<int>(std::floor(std::log10(rough))) - 1;
    for (const double factor : {1.0, 2.0, 2.5, 5.0})
        if (power * factor >= rough * (1 - 1e-9)) {
            axis.step = power * factor;
            decimals = -static_cast<int>(std::floor(std::log10(rough))) + (factor == 2.5 ? 1 : 0);
            break;
        }
    axis.decimals = std::clamp(decimals, 0, 12);
    axis.low = std::floor(low / axis.step + 1e-9) * axis.step;
    axis.high = std::ceil(high / axis.step - 1e-9) * axis.step;
    if (!(axis.high > axis.low)) axis.high = axis.low + axis.step;
    return axis;
}

std::vector<double> spread_labels(std::span<const double> wishes, double height, double length) {
    const std::size_t count = wishes.size();
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return wishes[a] < wishes[b]; });
    const double step = count > 1 ? std::min(height, length / static_cast<double>(count - 1)) : 0;
    // Subtracting k · step turns "at least a step apart" into "not falling": pools of equal values are their means.
    struct Pool {
        double sum;
        std::size_t size;
        double mean() const { return sum / static_cast<double>(size); }
    };
    std::vector<Pool> pools;
    for (std::size_t k = 0; k < count; ++k) {
        pools.push_back({wishes[order[k]] - step * static_cast<double>(k), 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
            pools[pools.size() - 2].sum += pools.back().sum;
            pools[pools.size() - 2].size += pools.back().size;
            pools.pop_back();
        }
    }
    std::vector<double> places(count);
    std::size_t k = 0;
    const double highest = length - step * static_cast<double>(count > 0 ? count - 1 : 0);
    for (const Pool& pool : pools)
        for (std::size_t i = 0; i < pool.size; ++i, ++k)
            places[order[k]] = std::clamp(pool.mean(), 0.0, std::max(0.0, highest)) + step * static_cast<double>(k);
    return places;
}

} // namespace greenbank::paper
