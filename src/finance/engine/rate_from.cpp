// rate_from.cpp — the row of a day.
#include "finance/engine/rate_from.h"

namespace greenbank::finance {

const RateFrom* row_on(const std::vector<RateFrom>& rates, Date day) {
    if (rates.empty()) return nullptr;
    const RateFrom* row = &rates.front();
    for (const RateFrom& one : rates)
        if (one.from <= day) row = &one;
    return row;
}

std::int64_t rate_on(const std::vector<RateFrom>& rates, Date day) {
    const RateFrom* row = row_on(rates, day);
    return row ? row->rate_ppm : 0;
}

} // namespace greenbank::finance
