// peak.cpp — paths by sector, the highest year, and both under draws.
#include "cities/engine/peak.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "kernel/philox.h"

namespace greenbank::cities {

namespace {

constexpr double two_sided_95 = 1.959963984540054;

double normal_of(std::uint64_t seed, std::uint64_t sample, std::uint64_t driver) { return normal_pair(uniform_pair(seed, sample, driver))[0]; }

double growth_in(const PeakAsk& ask, int year, double shift) { // of the step into that year, 1 for the first
    const double way = ask.years > 1 ? static_cast<double>(year - 1) / (ask.years - 1) : 0;
    return 1 + (ask.growth + (ask.growth_end - ask.growth) * way + shift) / 100;
}

double quantile_of_sorted(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - static_cast<double>(below));
}

/// Paths of all draws; drivers: growth, then the sectors' intensities.
std::vector<std::vector<double>> drawn_paths(const PeakAsk& ask, std::uint32_t samples, std::uint64_t seed) {
    std::vector<std::vector<double>> paths(samples);
    std::vector<double> shifts(ask.sectors.size());
    for (std::uint32_t sample = 0; sample < samples; ++sample) {
        for (std::size_t i = 0; i < ask.sectors.size(); ++i)
            shifts[i] = ask.sectors[i].intensity_spread > 0 ? ask.sectors[i].intensity_spread / two_sided_95 * normal_of(seed, sample, i + 1) : 0;
        const double growth = ask.growth_spread > 0 ? ask.growth_spread / two_sided_95 * normal_of(seed, sample, 0) : 0;
        paths[sample] = total_path(emission_paths(ask, growth, shifts));
    }
    return paths;
}

} // namespace

std::vector<std::vector<double>> emission_paths(const PeakAsk& ask, double growth_shift, const std::vector<double>& intensity_shifts) {
    const auto places = static_cast<std::size_t>(ask.years) + 1;
    std::vector<std::vector<double>> paths(ask.sectors.size(), std::vector<double>(places));
    double shares = 0;
    for (const PeakSector& one : ask.sectors) shares += one.share;
    std::vector<double> share(ask.sectors.size()), intensity(ask.sectors.size(), 1);
    for (std::size_t i = 0; i < share.size(); ++i) share[i] = shares > 0 ? ask.sectors[i].share / shares : 0;
    const std::vector<double> first = share;
    double activity = 1;
    for (std::size_t year = 0; year < places; ++year) {
        if (year > 0) {
            activity *= std::max(0.0, growth_in(ask, static_cast<int>(year), growth_shift));
            double sum = 0;
            for (std::size_t i = 0; i < share.size(); ++i) {
                share[i] *= 1 + ask.sectors[i].share_change / 100;
                sum += share[i];
                const double shift = i < intensity_shifts.size() ? intensity_shifts[i] : 0;
                intensity[i] *= std::max(0.0, 1 + (ask.sectors[i].intensity_change + shift) / 100);
            }
            for (double& one : share) one = sum > 0 ? one / sum : 0;
        }
        for (std::size_t i = 0; i < share.size(); ++i) paths[i][year] = first[i] > 0 ? ask.sectors[i].kg * activity * share[i] / first[i] * intensity[i] : 0;
    }
    for (const PeakMeasure& one : ask.measures)
        for (std::size_t year = 0; year < places; ++year) {
            const int works = ask.base_year + static_cast<int>(year) - one.from_year + 1;
            if (works <= 0 || one.sector >= paths.size()) continue;
            double& kg = paths[one.sector][year];
            kg = std::max(0.0, kg - one.kg * std::min(1.0, static_cast<double>(works) / std::max(1, one.ramp_years)));
        }
    return paths;
}

std::vector<double> total_path(const std::vector<std::vector<double>>& paths) {
    std::vector<double> total(paths.empty() ? 0 : paths[0].size(), 0.0);
    for (const auto& path : paths)
        for (std::size_t year = 0; year < path.size(); ++year) total[year] += path[year];
    return total;
}

Peak peak_of(const std::vector<double>& path, int base_year) {
    if (path.empty()) return {};
    const auto highest = std::max_element(path.begin(), path.end());
    return {base_year + static_cast<int>(highest - path.begin()), *highest, path.back() < *highest};
}

PeakSpread drawn_peak(const PeakAsk& ask, std::uint32_t samples, std::uint64_t seed) {
    PeakSpread spread;
    if (samples == 0 || ask.sectors.empty()) return spread;
    const auto paths = drawn_paths(ask, samples, seed);
    std::vector<double> column(samples), years(samples), heights(samples);
    spread.year_shares.assign(static_cast<std::size_t>(ask.years) + 1, 0);
    for (std::size_t sample = 0; sample < samples; ++sample) {
        const Peak peak = peak_of(paths[sample], ask.base_year);
        years[sample] = peak.year;
        heights[sample] = peak.kg;
        spread.passed += peak.passed ? 1.0 / samples : 0;
        spread.year_shares[static_cast<std::size_t>(peak.year - ask.base_year)] += 1.0 / samples;
    }
    for (std::size_t year = 0; year < spread.year_shares.size(); ++year) {
        for (std::size_t sample = 0; sample < samples; ++sample) column[sample] = paths[sample][year];
        std::sort(column.begin(), column.end());
        spread.low.push_back(quantile_of_sorted(column, 0.05));
        spread.median.push_back(quantile_of_sorted(column, 0.5));
        spread.high.push_back(quantile_of_sorted(column, 0.95));
    }
    std::sort(years.begin(), years.end());
    std::sort(heights.begin(), heights.end());
    const auto year_at = [&](double share) { return static_cast<int>(years[static_cast<std::size_t>(share * static_cast<double>(samples - 1))]); };
    spread.year_low = year_at(0.05);
    spread.year_median = year_at(0.5);
    spread.year_high = year_at(0.95);
    spread.kg_low = quantile_of_sorted(heights, 0.05);
    spread.kg_median = quantile_of_sorted(heights, 0.5);
    spread.kg_high = quantile_of_sorted(heights, 0.95);
    return spread;
}

std::vector<PeakDriver> peak_drivers(const PeakAsk& ask, std::uint32_t samples, std::uint64_t seed) {
    const auto means = [&](const PeakAsk& one) {
        std::pair<double, double> mean{0, 0};
        for (const auto& path : drawn_paths(one, samples, seed)) { // the same draws: only the driver differs
            const Peak peak = peak_of(path, one.base_year);
            mean.first += static_cast<double>(peak.year) / samples;
            mean.second += peak.kg / samples;
        }
        return mean;
    };
    std::vector<PeakDriver> drivers;
    if (samples == 0 || ask.sectors.empty()) return drivers;
    const auto now = means(ask);
    const auto add = [&](std::optional<std::size_t> sector, const PeakAsk& moved) {
        const auto then = means(moved);
        drivers.push_back({sector, now.first - then.first, now.second - then.second});
    };
    PeakAsk moved = ask;
    moved.growth -= 0.5;
    moved.growth_end -= 0.5;
    add({}, moved);
    for (std::size_t i = 0; i < ask.sectors.size(); ++i) {
        moved = ask;
        moved.sectors[i].intensity_change -= 0.5;
        add(i, moved);
    }
    std::stable_sort(drivers.begin(), drivers.end(), [](const PeakDriver& a, const PeakDriver& b) {
        return a.years_earlier != b.years_earlier ? a.years_earlier > b.years_earlier : a.kg_lower > b.kg_lower;
    });
    return drivers;
}

} // namespace greenbank::cities
