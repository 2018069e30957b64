// call_auction.h — auctions: many orders, one moment.
// Uniform price: the price at which most is traded; of several, the one with the least left over; of several, by the pressure of what is left over
// (buyers left over at all of them: the highest; sellers: the lowest); else the one nearest to the reference price, the higher of two as near.
// One-way: one side is given (a seller's quantity, or a buyer's), the others bid; best price first, then who came first.
#pragma once

#include <optional>
#include <vector>

#include "market/engine/order.h"

namespace greenbank::market {

struct AuctionOrder {
    OrderNumber order = 0;
    Side side = Side::buy;
    Account account = 0;
    Price price = 0; // 0: at any price
    Quantity quantity = 0;
};

struct AuctionResult {
    std::optional<Price> price; // absent: nothing meets
    Quantity volume = 0;
    Quantity surplus = 0; // what is left over at that price: above 0 buyers, below 0 sellers
    std::vector<Trade> trades;
};

/// Orders stand in the order of their arrival; those at any price go first, then the better price, then who came first.
AuctionResult uniform_price_auction(const std::vector<AuctionOrder>& orders, Price reference);
/// Every price that an order names, tried one after the other.
AuctionResult uniform_price_auction_naive(const std::vector<AuctionOrder>& orders, Price reference);

struct OneWayAuction {
    Side given = Side::sell; // the side that asked for the auction
    OrderNumber order = 0;
    Account account = 0;
    Quantity quantity = 0;
    Price reserve = 0;    // a seller takes no less, a buyer pays no more; 0: none
    bool pay_bid = false; // each pays what he bid; else all pay the last price that is needed
};
/// Bids beyond the reserve or of the given account are passed over.
AuctionResult one_way_auction(const OneWayAuction& auction, const std::vector<AuctionOrder>& bids);

} // namespace greenbank::market
