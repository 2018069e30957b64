// call_auction_test.cpp — a published example, the four rules one by one, and the naive twin.
#include "market/engine/call_auction.h"

#include <doctest/doctest.h>

#include <map>

#include "kernel/random.h"

namespace greenbank::market {

namespace {

AuctionResult auction(std::initializer_list<std::pair<Price, Quantity>> buys, std::initializer_list<std::pair<Price, Quantity>> sells, Price reference = 100) {
    std::vector<AuctionOrder> orders;
    for (const auto& [price, quantity] : buys) orders.push_back({orders.size() + 1, Side::buy, 0, price, quantity});
    for (const auto& [price, quantity] : sells) orders.push_back({orders.size() + 1, Side::sell, 0, price, quantity});
    return uniform_price_auction(orders, reference);
}

} // namespace

TEST_CASE("most is traded; then the least is left over; then the pressure; then the reference") {
    CHECK(auction({{102, 10}, {100, 10}}, {{99, 5}, {101, 20}}).price == 101); // 10 at 101 and 102, sellers are left over
    CHECK(auction({{105, 10}}, {{100, 10}}, 103).price == 105);                // 10 at 100 and 105, none left over: both as good, 105 is nearer
    CHECK(auction({{105, 10}}, {{100, 10}}, 101).price == 100);
    CHECK(auction({{105, 20}}, {{100, 10}}, 101).price == 105); // buyers are left over
    CHECK(auction({{105, 10}}, {{100, 20}}, 105).price == 100); // sellers are left over
    CHECK(auction({{0, 10}}, {{0, 7}}, 88).price == 88);        // all at any price
    CHECK(!auction({{90, 10}}, {{100, 10}}).price);
    CHECK(!auction({}, {}).price);
}

TEST_CASE("the auction and its naive twin agree; nobody pays more than his limit, and what is bought is sold") {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        Random random(seed);
        std::vector<AuctionOrder> orders;
        const std::size_t count = random.below(14);
        for (std::size_t i = 0; i < count; ++i)
            orders.push_back(
                {i + 1, random.chance(0.5) ? Side::buy : Side::sell, 0, random.chance(0.15) ? 0 : 95 + random.between(0, 10), random.between(0, 20)});
        const Price reference = 90 + random.between(0, 20);
        const AuctionResult fast = uniform_price_auction(orders, reference), slow = uniform_price_auction_naive(orders, reference);
        REQUIRE_MESSAGE(fast.price == slow.price, "seed ", seed);
        REQUIRE_MESSAGE(fast.volume == slow.volume, "seed ", seed);
        REQUIRE(fast.trades == slow.trades);
        Quantity traded = 0;
        std::map<OrderNumber, Quantity> of;
        for (const Trade& trade : fast.trades) {
            traded += trade.quantity;
            of[trade.buy_order] += trade.quantity;
            of[trade.sell_order] += trade.quantity;
        }
        CHECK(traded == fast.volume);
        for (const AuctionOrder& order : orders) {
            CHECK(of[order.order] <= order.quantity);
            if (of[order.order] == 0 || order.price == 0) continue;
            CHECK((order.side == Side::buy ? *fast.price <= order.price : *fast.price >= order.price));
        }
        // Who would have paid more than the price gets everything.
        if (fast.price)
            for (const AuctionOrder& order : orders)
                if (order.price != 0 &&
                    (order.side == Side::buy ? (order.price > *fast.price && fast.surplus <= 0) : (order.price < *fast.price && fast.surplus >= 0)))
                    CHECK_MESSAGE(of[order.order] == order.quantity, "seed ", seed);
    }
}

TEST_CASE("a one-way auction: the best bids down to the reserve, at one price or each at his own") {
    const std::vector<AuctionOrder> bids = {
        {1, Side::buy, 11, 60, 100}, {2, Side::buy, 12, 65, 50}, {3, Side::buy, 13, 65, 70}, {4, Side::buy, 14, 55, 500}, {5, Side::buy, 9, 99, 500}};
    const AuctionResult uniform = one_way_auction({.order = 77, .account = 9, .quantity = 150, .reserve = 58}, bids);
    CHECK(uniform.price == 60);
    CHECK(uniform.trades == std::vector<Trade>{{0, 60, 50, 2, 77, 12, 9}, {0, 60, 70, 3, 77, 13, 9}, {0, 60, 30, 1, 77, 11, 9}});
    CHECK(uniform.surplus == 70);
    const AuctionResult own = one_way_auction({.order = 77, .account = 9, .quantity = 500, .reserve = 58, .pay_bid = true}, bids);
    CHECK(own.volume == 220);
    CHECK(own.surplus == -280);
    CHECK(own.trades.front().price == 65);
    CHECK(own.trades.back().price == 60);
    const AuctionResult bought = one_way_auction(
        {.given = Side::buy, .order = 88, .quantity = 10, .reserve = 50}, {{1, Side::sell, 0, 51, 10}, {2, Side::sell, 0, 49, 4}, {3, Side::sell, 0, 50, 4}});
    CHECK(bought.price == 50);
    CHECK(bought.volume == 8);
    CHECK(bought.trades.front().sell_order == 2);
}

} // namespace greenbank::market
