// price_index.cpp — a day at a time.
#include "market/engine/price_index.h"

#include <map>

namespace greenbank::market {

std::vector<IndexDay> chained_index(const std::vector<MarketClose>& closes) {
    std::vector<IndexDay> days;
    std::map<std::size_t, double> before; // the last close, by market
    double value = index_base;
    for (auto first = closes.begin(); first != closes.end();) {
        IndexDay day{.day = first->day};
        double weights = 0, changes = 0;
        for (; first != closes.end() && first->day == day.day; ++first) {
            if (first->volume <= 0 || first->close <= 0) continue;
            const double turnover = first->close * static_cast<double>(first->volume);
            day.turnover += turnover;
            day.volume += first->volume;
            ++day.markets;
            double& last = before[first->market];
            if (last > 0) weights += turnover, changes += turnover * (first->close / last);
            last = first->close;
        }
        if (day.volume == 0) continue;
        if (weights > 0) value *= changes / weights;
        day.value = value;
        day.price = day.turnover / static_cast<double>(day.volume);
        days.push_back(day);
    }
    return days;
}

} // namespace greenbank::market
