// call_auction.cpp — cumulated demand and supply, then the pairs.
#include "market/engine/call_auction.h"

#include <algorithm>
#include <cstdlib>

namespace greenbank::market {

namespace {

constexpr Price highest = std::numeric_limits<Price>::max();

/// The limit as a number that compares: buyers at any price pay everything, sellers take anything.
Price limit_of(const AuctionOrder& order) { return order.price != 0 ? order.price : (order.side == Side::buy ? highest : 0); }

struct Candidate {
    Price price = 0;
    Quantity demand = 0, supply = 0;
    Quantity volume() const { return std::min(demand, supply); }
    Quantity surplus() const { return demand - supply; }
};

/// The one price of all candidates, by the four rules; they stand in the order of their prices.
const Candidate* choose(const std::vector<Candidate>& candidates, Price reference) {
    Quantity most = 0;
    for (const Candidate& one : candidates) most = std::max(most, one.volume());
    if (most == 0) return nullptr;
    std::vector<const Candidate*> left;
    for (const Candidate& one : candidates)
        if (one.volume() == most) left.push_back(&one);
    Quantity least = std::numeric_limits<Quantity>::max();
    for (const Candidate* one : left) least = std::min(least, std::abs(one->surplus()));
    std::erase_if(left, [&](const Candidate* one) { return std::abs(one->surplus()) != least; });
    if (std::all_of(left.begin(), left.end(), [](const Candidate* one) { return one->surplus() > 0; })) return left.back();
    if (std::all_of(left.begin(), left.end(), [](const Candidate* one) { return one->surplus() < 0; })) return left.front();
    return *std::min_element(left.begin(), left.end(), [&](const Candidate* a, const Candidate* b) {
        const Price away_a = std::abs(a->price - reference), away_b = std::abs(b->price - reference);
        return away_a != away_b ? away_a < away_b : a->price > b->price;
    });
}

/// Best price first, then who came first.
std::vector<AuctionOrder> queue_of(const std::vector<AuctionOrder>& orders, Side side) {
    std::vector<AuctionOrder> queue;
    for (const AuctionOrder& order : orders)
        if (order.side == side && order.quantity > 0) queue.push_back(order);
    std::stable_sort(queue.begin(), queue.end(),
        [side](const AuctionOrder& a, const AuctionOrder& b) { return side == Side::buy ? limit_of(a) > limit_of(b) : limit_of(a) < limit_of(b); });
    return queue;
}

void pair_up(const std::vector<AuctionOrder>& orders, Price price, Quantity volume, std::vector<Trade>& trades) {
    std::vector<AuctionOrder> buys = queue_of(orders, Side::buy), sells = queue_of(orders, Side::sell);
    std::size_t buy = 0, sell = 0;
    while (volume > 0) {
        const Quantity quantity = std::min({volume, buys[buy].quantity, sells[sell].quantity});
        trades.push_back({0, price, quantity, buys[buy].order, sells[sell].order, buys[buy].account, sells[sell].account});
        volume -= quantity;
        if ((buys[buy].quantity -= quantity) == 0) ++buy;
        if ((sells[sell].quantity -= quantity) == 0) ++sell;
    }
}

std::vector<Price> named_prices(const std::vector<AuctionOrder>& orders, Price reference) {
    std::vector<Price> prices;
    for (const AuctionOrder& order : orders)
        if (order.price != 0) prices.push_back(order.price);
    if (prices.empty() && reference > 0) prices.push_back(reference); // all at any price: the reference is the price
    std::sort(prices.begin(), prices.end());
    prices.erase(std::unique(prices.begin(), prices.end()), prices.end());
    return prices;
}

AuctionResult result_of(const std::vector<AuctionOrder>& orders, const std::vector<Candidate>& candidates, Price reference) {
    AuctionResult result;
    const Candidate* chosen = choose(candidates, reference);
    if (chosen == nullptr) return result;
    result.price = chosen->price;
    result.volume = chosen->volume();
    result.surplus = chosen->surplus();
    pair_up(orders, chosen->price, result.volume, result.trades);
    return result;
}

} // namespace

AuctionResult uniform_price_auction(const std::vector<AuctionOrder>& orders, Price reference) {
    // Demand falls and supply rises with the price: one pass over each queue.
    std::vector<Candidate> candidates;
    for (const Price price : named_prices(orders, reference)) candidates.push_back({price});
    const std::vector<AuctionOrder> buys = queue_of(orders, Side::buy), sells = queue_of(orders, Side::sell);
    std::size_t next = 0;
    Quantity sum = 0;
    for (auto candidate = candidates.rbegin(); candidate != candidates.rend(); ++candidate) {
        while (next < buys.size() && limit_of(buys[next]) >= candidate->price) sum += buys[next++].quantity;
        candidate->demand = sum;
    }
    next = 0;
    sum = 0;
    for (Candidate& candidate : candidates) {
        while (next < sells.size() && limit_of(sells[next]) <= candidate.price) sum += sells[next++].quantity;
        candidate.supply = sum;
    }
    return result_of(orders, candidates, reference);
}

AuctionResult uniform_price_auction_naive(const std::vector<AuctionOrder>& orders, Price reference) {
    std::vector<Candidate> candidates;
    for (const Price price : named_prices(orders, reference)) {
        Candidate one{price};
        for (const AuctionOrder& order : orders) {
            if (order.quantity <= 0) continue;
            if (order.side == Side::buy && limit_of(order) >= price) one.demand += order.quantity;
            if (order.side == Side::sell && limit_of(order) <= price) one.supply += order.quantity;
        }
        candidates.push_back(one);
    }
    return result_of(orders, candidates, reference);
}

AuctionResult one_way_auction(const OneWayAuction& auction, const std::vector<AuctionOrder>& bids) {
    AuctionResult result;
    std::vector<AuctionOrder> allowed;
    for (const AuctionOrder& bid : bids) {
        if (bid.side == auction.given || bid.price == 0 || (bid.account != 0 && bid.account == auction.account)) continue;
        if (auction.reserve != 0 && (auction.given == Side::sell ? bid.price < auction.reserve : bid.price > auction.reserve)) continue;
        allowed.push_back(bid);
    }
    const std::vector<AuctionOrder> queue = queue_of(allowed, other(auction.given));
    Quantity wanted = 0;
    for (const AuctionOrder& bid : queue) {
        const Quantity quantity = std::min(bid.quantity, auction.quantity - result.volume);
        wanted += bid.quantity;
        if (quantity <= 0) continue;
        result.volume += quantity;
        result.price = bid.price;
        const bool buys = bid.side == Side::buy;
        result.trades.push_back({0, bid.price, quantity, buys ? bid.order : auction.order, buys ? auction.order : bid.order,
            buys ? bid.account : auction.account, buys ? auction.account : bid.account});
    }
    if (!auction.pay_bid)
        for (Trade& trade : result.trades) trade.price = *result.price;
    result.surplus = auction.given == Side::sell ? wanted - auction.quantity : auction.quantity - wanted;
    return result;
}

} // namespace greenbank::market
