// price_index.h — one series out of the closes of several markets, chained so that a new vintage at another price moves nothing by itself. Pure.
// Method: from one day to the next the index goes up by the mean change of those markets that had a price before, each weighted by its turnover of the
// day; a day without deals of such markets changes nothing. Beside it the day's mean price of all tonnes.
#pragma once

#include <cstdint>
#include <vector>

#include "kernel/time.h"

namespace greenbank::market {

struct MarketClose {
    std::size_t market = 0;
    Date day;
    double close = 0;
    std::int64_t volume = 0;
};
struct IndexDay {
    Date day;
    double value = 0, price = 0, turnover = 0;
    std::int64_t volume = 0;
    std::int64_t markets = 0; // with deals that day
};
constexpr double index_base = 1'000;

/// `closes` by day; rows without volume say nothing.
std::vector<IndexDay> chained_index(const std::vector<MarketClose>& closes);

} // namespace greenbank::market
