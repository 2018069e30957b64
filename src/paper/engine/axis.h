// axis.h — round numbers on an axis, and labels moved apart. Pure.
#pragma once

#include <span>
#include <vector>

namespace greenbank::paper {

struct Axis {
    double low = 0, high = 1, step = 1; // low and high are multiples of the step
    int decimals = 0;                   // that the ticks need

    std::vector<double> ticks() const;
    double at(double value) const { return (value - low) / (high - low); } // 0 to 1
};

/// Steps of 1, 2, 2.5 or 5 times a power of ten, about `intervals` of them (Heckbert, "Nice numbers for graph labels", Graphics Gems 1990).
/// `low` may equal `high`; both finite.
Axis nice_axis(double low, double high, int intervals);

/// Where labels of one height stand on a line from 0 to `length` so that none overlap: as near to their wishes as sums of squares can be, in the
/// order of their wishes. Too many for the line are spread evenly.
std::vector<double> spread_labels(std::span<const double> wishes, double height, double length);

} // namespace greenbank::paper
