// surveillance.h — what of a day somebody should look at: patterns, never verdicts. Pure; thresholds are data of the market.
// Method: pairs, and circles of three or four, that sell each other about as much at about the same price; many orders taken back on one side while the other side trades;
// one account behind most of the last minutes' deals that moved the price; one account behind most of the day.
#pragma once

#include <string>
#include <vector>

#include "market/engine/order.h"

namespace greenbank::market {

struct WatchedDeal {
    std::uint64_t number = 0;
    Moment at = 0;
    Price price = 0;
    Quantity quantity = 0;
    Account buyer = 0, seller = 0;
};
struct WatchedOrder { // entered or cancelled, as the journal has it
    std::uint64_t number = 0, order = 0;
    Account account = 0;
    Side side = Side::buy;
    Quantity quantity = 0;
    bool cancel = false;
};
struct WatchRules {
    int same_price_basis_points = 50, same_quantity_percent = 90; // a pair's two ways
    int cancelled_min = 5;                                        // layering: so many taken back on one side
    Moment closing_microseconds = 15 * 60'000'000LL;
    int closing_share_percent = 50, closing_move_basis_points = 200;
    int share_percent = 50; // concentration, of either side
    Quantity volume_min = 100;
};
enum class WatchKind : std::uint8_t { wash_trade, layering, marking_the_close, concentration, circular_trade };
struct Finding {
    WatchKind kind = WatchKind::wash_trade;
    Account account = 0;
    std::string evidence; // numbers of deals and commands
    bool operator==(const Finding&) const = default;
};

/// Deals and orders of one day in their order; findings by kind, then account.
std::vector<Finding> watch_day(const WatchRules& rules, const std::vector<WatchedDeal>& deals, const std::vector<WatchedOrder>& orders);

} // namespace greenbank::market
