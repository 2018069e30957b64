// cycle.h — finds a cycle that no calendar has: the lag at which the latest 1,024 values resemble themselves.
#pragma once

#include <cstddef>
#include <span>

namespace greenbank::energy {

/// The length in points of the first clear peak of the autocorrelation, 0 where there is none.
std::size_t cycle_of(std::span<const double> values);

} // namespace greenbank::energy
