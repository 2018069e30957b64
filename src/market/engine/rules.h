// rules.h — what a market allows: tick, lot, sizes, price limits, hours. All of it is dated data of the market; nothing here is a constant.
#pragma once

#include <vector>

#include "market/engine/numbers_text.h"
#include "market/engine/order.h"

namespace greenbank::market {

/// Why an order never reached the book.
enum class Refusal : std::uint8_t {
    none,
    price_off_tick,
    price_outside_limits,
    quantity_off_lot,
    quantity_too_small,
    quantity_too_large,
    market_closed,
    halted
};
std::string_view name_of(Refusal refusal);

/// From minute to minute of a day, the last one not included.
struct Hours {
    int from_minute = 0, to_minute = 0;
};

struct MarketRules {
    BookRules book = {};
    Price tick = 1;   // in the smallest unit of price
    Quantity lot = 1; // in the smallest unit of quantity
    Quantity quantity_min = 1, quantity_max = greenbank::market::quantity_max;
    int price_limit_basis_points = 0; // from the last close, both ways; 0: none
    std::vector<Hours> hours = {};    // empty: always open
};

struct PriceRange {
    Price lowest = 1, highest = price_max;
};
/// The ticks within the limits of the last close; everything where there is no limit or no close yet.
PriceRange price_range(const MarketRules& rules, Price last_close);

/// Instead of a minute: no orders are taken on this day.
constexpr int no_trading_day = -2;
/// `minute` of the day; -1: not looked at.
Refusal check(const MarketRules& rules, const Instruction& instruction, Price last_close, int minute, bool halted);

/// A day's figures of the listed deals. Opening: the first deal; close: the mean of the day's deals by volume, to the nearest tick (half up), else the
/// close before. Blocks and auctions stay out.
class DayFigures {
public:
    explicit DayFigures(Price close_before = 0) : close_before_(close_before) {}
    void add(Price price, Quantity quantity);

    Price open() const { return open_; }
    Price high() const { return high_; }
    Price low() const { return low_; }
    Price last() const { return last_; }
    Price close(Price tick = 1) const;
    Quantity volume() const { return volume_; }
    __extension__ typedef __int128 Turnover; // price units times quantity units
    Turnover turnover() const { return turnover_; }
    void write_state(std::string& out) const;
    bool read_state(NumberReader& in);

private:
    Price close_before_, open_ = 0, high_ = 0, low_ = 0, last_ = 0;
    Quantity volume_ = 0;
    Turnover turnover_ = 0;
};

} // namespace greenbank::market
