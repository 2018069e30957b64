// rules.cpp — one question after the other; the day's mean in whole numbers.
#include "market/engine/rules.h"

#include <algorithm>

namespace greenbank::market {

PriceRange price_range(const MarketRules& rules, Price last_close) {
    if (rules.price_limit_basis_points == 0 || last_close == 0) return {rules.tick, price_max};
    const DayFigures::Turnover close = last_close, limit = rules.price_limit_basis_points, tick = rules.tick;
    // Inwards to whole ticks, so that no price lies beyond the limit by rounding.
    const auto lowest = (close * (10'000 - limit) + 10'000 * tick - 1) / (10'000 * tick) * tick;
    const auto highest = close * (10'000 + limit) / (10'000 * tick) * tick;
    return {std::max(rules.tick, static_cast<Price>(lowest)), static_cast<Price>(std::min<DayFigures::Turnover>(highest, price_max))};
}

Refusal check(const MarketRules& rules, const Instruction& instruction, Price last_close, int minute, bool halted) {
    const bool cancels = instruction.op == Op::cancel;
    if (minute == no_trading_day) return Refusal::market_closed;
    if (!rules.hours.empty() && minute >= 0 &&
        std::none_of(rules.hours.begin(), rules.hours.end(), [&](const Hours& one) { return minute >= one.from_minute && minute < one.to_minute; }))
        return Refusal::market_closed;
    if (cancels) return Refusal::none; // leaving is always allowed while the market is open
    if (halted) return Refusal::halted;
    const PriceRange range = price_range(rules, last_close);
    for (const Price price : {instruction.price, instruction.op == Op::stop ? instruction.trigger : 0}) {
        if (price <= 0) continue; // none: the book says whether one is needed
        if (price % rules.tick != 0) return Refusal::price_off_tick;
        if (price < range.lowest || price > range.highest) return Refusal::price_outside_limits;
    }
    if (instruction.op == Op::replace && instruction.quantity == 0) return Refusal::none;
    if (instruction.quantity <= 0) return Refusal::none; // the book's to say
    if (instruction.quantity % rules.lot != 0 || instruction.display % rules.lot != 0) return Refusal::quantity_off_lot;
    if (instruction.quantity < rules.quantity_min) return Refusal::quantity_too_small;
    if (instruction.quantity > rules.quantity_max) return Refusal::quantity_too_large;
    return Refusal::none;
}

void DayFigures::add(Price price, Quantity quantity) {
    if (volume_ == 0) open_ = high_ = low_ = price;
    high_ = std::max(high_, price);
    low_ = std::min(low_, price);
    last_ = price;
    volume_ += quantity;
    turnover_ += static_cast<Turnover>(price) * quantity;
}

Price DayFigures::close(Price tick) const {
    if (volume_ == 0) return close_before_;
    const Turnover step = static_cast<Turnover>(volume_) * tick;
    return static_cast<Price>((2 * turnover_ + step) / (2 * step)) * tick;
}

std::string_view name_of(Refusal refusal) {
    static constexpr std::string_view names[] = {
        "none", "price_off_tick", "price_outside_limits", "quantity_off_lot", "quantity_too_small", "quantity_too_large", "market_closed", "halted"};
    return names[static_cast<std::size_t>(refusal)];
}

} // namespace greenbank::market
