// peak.h — when a territory's emissions peak and how high: activity × structure × intensity by sector, measures on top, drawn under uncertain growth and intensity.
// Pure; draws keyed by (seed, sample, driver).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace greenbank::cities {

struct PeakSector {
    double kg = 0;               // of the base year
    double share = 1;            // of the activity of the base year, in whatever unit
    double share_change = 0;     // percent a year, before all shares are made to sum to one again
    double intensity_change = 0; // percent a year
    double intensity_spread = 0; // half the width of its 95 % interval, in points
};
/// Works from its year on, grows evenly over its ramp, and never makes a sector negative.
struct PeakMeasure {
    std::size_t sector = 0;
    int from_year = 0, ramp_years = 1;
    double kg = 0; // a year, when it works fully
};
struct PeakAsk {
    int base_year = 0, years = 1;      // the path has years + 1 places
    double growth = 0, growth_end = 0; // of activity, percent a year, at the beginning and at the end; even between them
    double growth_spread = 0;          // half the width of its 95 % interval, in points
    std::vector<PeakSector> sectors;
    std::vector<PeakMeasure> measures;
};

/// By sector and year; growth and intensities moved by so many points.
std::vector<std::vector<double>> emission_paths(const PeakAsk& ask, double growth_shift = 0, const std::vector<double>& intensity_shifts = {});
std::vector<double> total_path(const std::vector<std::vector<double>>& paths);

struct Peak {
    int year = 0;
    double kg = 0;
    bool passed = false; // the last year is lower
};
/// The first of the highest years.
Peak peak_of(const std::vector<double>& path, int base_year);

struct PeakSpread {
    std::vector<double> low, median, high; // by year, 5 and 95 %
    int year_low = 0, year_median = 0, year_high = 0;
    double kg_low = 0, kg_median = 0, kg_high = 0;
    double passed = 0;               // share of the draws that peak before the last year
    std::vector<double> year_shares; // how often each year is the peak
};
PeakSpread drawn_peak(const PeakAsk& ask, std::uint32_t samples, std::uint64_t seed);

/// One driver moved by half a point for the better: by how much the mean year of the peak comes earlier, and the mean height lower.
struct PeakDriver {
    std::optional<std::size_t> sector; // absent: growth of activity
    double years_earlier = 0, kg_lower = 0;
};
/// The one that helps most first.
std::vector<PeakDriver> peak_drivers(const PeakAsk& ask, std::uint32_t samples, std::uint64_t seed);

} // namespace greenbank::cities
