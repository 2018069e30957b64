// proportion.h — an amount in parts that add up to it.
#pragma once

#include <cstdint>
#include <vector>

namespace greenbank::finance {

/// In proportion to the weights, whole units, the largest remainders first; adds up. All weights zero: nothing to anybody.
std::vector<std::int64_t> in_proportion(std::int64_t amount, const std::vector<std::int64_t>& weights);

} // namespace greenbank::finance
