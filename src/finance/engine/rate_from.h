// rate_from.h — a rate that changes on days that are known.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/time.h"

namespace greenbank::finance {

/// From that day on the rate is this one.
struct RateFrom {
    Date from;
    std::int64_t rate_ppm = 0; // parts of a million a year
};
/// The last row, in order of days, that has begun; before the first one the first. No rows: none.
const RateFrom* row_on(const std::vector<RateFrom>& rates, Date day);
/// Its rate. No rows: nothing.
std::int64_t rate_on(const std::vector<RateFrom>& rates, Date day);

} // namespace greenbank::finance
