// aggregate.h — what is known of many values: count, least, greatest, sum, last. What is no finite number counts in none of them.
// Sums are exact and rounded once, so they do not depend on the order in which values came.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "energy/engine/telemetry/points.h"

namespace greenbank::energy {

/// A sum without rounding: parts that do not overlap, smallest first (Shewchuk 1997); two or three in practice.
class ExactSum {
public:
    void add(double value);
    double rounded() const;
    void clear() { parts_.clear(); }

private:
    std::vector<double> parts_;
};

struct Aggregate {
    std::uint64_t count = 0;
    double least = std::numeric_limits<double>::infinity(), greatest = -std::numeric_limits<double>::infinity();
    double sum = 0, last = 0;

    double mean() const { return sum / static_cast<double>(count); }
    bool operator==(const Aggregate&) const = default;
};

/// Points [from, to) of `points`.
Aggregate aggregate(const Points& points, std::size_t from, std::size_t to);

/// The values of a step that begins at `at`; steps without a finite value are left out.
struct Step {
    Moment at = 0;
    Aggregate values;
    bool operator==(const Step&) const = default;
};
constexpr Moment hour = 3'600'000'000, day = 24 * hour;

/// The greatest multiple of `step` that is not after `at`.
Moment step_of(Moment at, Moment step);

/// Points [from, to) in steps of that length, appended.
void aggregate(const Points& points, std::size_t from, std::size_t to, Moment step, std::vector<Step>& into);

} // namespace greenbank::energy
