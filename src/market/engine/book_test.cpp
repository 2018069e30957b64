// book_test.cpp — small stories, and random ones beside the naive twin.
#include "market/engine/book.h"

#include <doctest/doctest.h>

#include <fmt/format.h>

#include "kernel/random.h"
#include "market/engine/naive_book.h"

namespace greenbank::market {

namespace {

/// Any instruction, sound or not, around a price that wanders.
Instruction random_instruction(Random& random, std::uint64_t sequence, std::uint64_t numbers) {
    static constexpr Op ops[] = {
        Op::limit, Op::limit, Op::limit, Op::limit, Op::replace, Op::replace, Op::cancel, Op::immediate, Op::market, Op::all_or_none_now, Op::take, Op::stop};
    Instruction instruction{.sequence = sequence,
        .op = ops[random.below(std::size(ops))],
        .side = random.chance(0.5) ? Side::buy : Side::sell,
        .account = static_cast<Account>(random.below(5)),
        .order = 1 + random.below(numbers),
        .price = 1000 + random.between(-12, 12),
        .quantity = random.between(1, 30)};
    if (random.chance(0.02)) instruction.price = random.chance(0.5) ? 1 + static_cast<Price>(random.below(1'000'000)) : random.between(-1, 0);
    if (random.chance(0.02)) instruction.quantity = random.between(-2, 0);
    if (random.chance(0.01)) instruction.order = 0;
    if (instruction.op == Op::limit && random.chance(0.2)) instruction.display = random.between(1, 10);
    if (random.chance(0.1)) instruction.good_until = static_cast<Moment>(sequence + random.below(200));
    if (instruction.op == Op::replace && random.chance(0.5)) instruction.quantity = 0;
    if (instruction.op == Op::stop) {
        instruction.trigger = 1000 + random.between(-15, 15);
        if (random.chance(0.4)) instruction.price = 0;
    }
    if (instruction.op == Op::take) {
        if (random.chance(0.5)) instruction.price = 0;
        if (random.chance(0.6)) instruction.quote = 1 + random.below(numbers);
    }
    return instruction;
}

bool same_orders(const std::vector<Resting>& one, const std::vector<Resting>& two) {
    if (one.size() != two.size()) return false;
    for (std::size_t i = 0; i < one.size(); ++i)
        if (!(one[i] == two[i])) return false;
    return true;
}

} // namespace

TEST_CASE("an order pays the price of who rested, best price first, who came first within it") {
    Book book;
    std::vector<Trade> trades;
    CHECK(book.execute({.sequence = 1, .side = Side::sell, .order = 1, .price = 101, .quantity = 5}, trades) == Outcome{Code::ok, 0, 5});
    CHECK(book.execute({.sequence = 2, .side = Side::sell, .order = 2, .price = 100, .quantity = 5}, trades) == Outcome{Code::ok, 0, 5});
    CHECK(book.execute({.sequence = 3, .side = Side::sell, .order = 3, .price = 100, .quantity = 5}, trades) == Outcome{Code::ok, 0, 5});
    CHECK(book.execute({.sequence = 4, .side = Side::buy, .order = 4, .price = 101, .quantity = 12}, trades) == Outcome{Code::ok, 12, 0});
    REQUIRE(trades.size() == 3);
    CHECK(trades[0] == Trade{4, 100, 5, 4, 2, 0, 0});
    CHECK(trades[1] == Trade{4, 100, 5, 4, 3, 0, 0});
    CHECK(trades[2] == Trade{4, 101, 2, 4, 1, 0, 0});
    CHECK(book.depth(Side::sell, 5) == std::vector<DepthLevel>{{101, 3, 1}});
    CHECK(book.last_price() == 101);
}

TEST_CASE("a replaced order goes to the end of its queue, keeps what remains, and may trade at once") {
    Book book;
    std::vector<Trade> trades;
    book.execute({.side = Side::buy, .order = 1, .price = 100, .quantity = 5}, trades);
    book.execute({.side = Side::buy, .order = 2, .price = 100, .quantity = 5}, trades);
    CHECK(book.execute({.op = Op::replace, .order = 1, .price = 100}, trades) == Outcome{Code::ok, 0, 5});
    book.execute({.side = Side::sell, .order = 3, .price = 100, .quantity = 6}, trades);
    REQUIRE(trades.size() == 2);
    CHECK(trades[0].buy_order == 2);
    CHECK(trades[1].buy_order == 1);
    book.execute({.side = Side::sell, .order = 4, .price = 103, .quantity = 1}, trades);
    CHECK(book.execute({.op = Op::replace, .order = 1, .price = 103, .quantity = 3}, trades) == Outcome{Code::ok, 1, 2});
    CHECK(book.execute({.op = Op::replace, .order = 9, .price = 103}, trades).code == Code::order_unknown);
}

TEST_CASE("listed agreement: quotes wait, anybody among the best five prices may be picked, nobody beyond") {
    Book book({.allocation = Allocation::listed});
    std::vector<Trade> trades;
    for (OrderNumber order = 1; order <= 6; ++order)
        book.execute({.side = Side::sell, .order = order, .price = 100 + static_cast<Price>(order), .quantity = 10}, trades);
    book.execute({.side = Side::sell, .order = 7, .price = 101, .quantity = 10}, trades);
    CHECK(book.execute({.side = Side::buy, .order = 20, .price = 101, .quantity = 5}, trades).code == Code::would_cross);
    CHECK(book.execute({.op = Op::take, .side = Side::buy, .order = 21, .quantity = 4, .quote = 7}, trades) == Outcome{Code::ok, 4, 0}); // not who came first
    CHECK(book.execute({.op = Op::take, .side = Side::buy, .order = 22, .quantity = 40, .quote = 5}, trades) == Outcome{Code::ok, 10, 0});
    CHECK(book.execute({.op = Op::take, .side = Side::buy, .order = 23, .quantity = 4, .quote = 9}, trades).code == Code::quote_unavailable);
    book.execute({.side = Side::sell, .order = 8, .price = 108, .quantity = 10}, trades);
    CHECK(book.execute({.op = Op::take, .side = Side::buy, .order = 24, .quantity = 4, .quote = 8}, trades).code == Code::quote_unavailable); // the sixth price
    CHECK(book.execute({.op = Op::take, .side = Side::buy, .order = 25, .quantity = 1000}, trades).traded == 10 + 6 + 10 + 10 + 10 + 10);
    for (const Trade& trade : trades) CHECK(trade.seller == 0);
}

TEST_CASE("an iceberg shows a part at a time, a stop waits for its price, time takes what was good until then") {
    Book book;
    std::vector<Trade> trades;
    book.execute({.side = Side::sell, .order = 1, .price = 100, .quantity = 30, .display = 10}, trades);
    book.execute({.side = Side::sell, .order = 2, .price = 100, .quantity = 10}, trades);
    CHECK(book.depth(Side::sell, 1) == std::vector<DepthLevel>{{100, 20, 2}});
    book.execute({.side = Side::buy, .order = 3, .price = 100, .quantity = 15}, trades);
    CHECK(trades.back().sell_order == 2); // the refilled part stands behind
    book.execute({.op = Op::stop, .side = Side::buy, .order = 4, .price = 105, .quantity = 3, .trigger = 102}, trades);
    book.execute({.side = Side::sell, .order = 5, .price = 102, .quantity = 5, .good_until = 77}, trades);
    CHECK(book.execute({.side = Side::buy, .order = 6, .price = 102, .quantity = 26}, trades).traded == 26);
    CHECK(trades.back() == Trade{0, 102, 3, 4, 5, 0, 0});
    CHECK(book.expire(76).empty());
    CHECK(book.expire(77) == std::vector<OrderNumber>{5});
    CHECK(book.size() == 0);
}

TEST_CASE("the book and its naive twin say the same, whatever is asked") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        Random random(seed);
        const BookRules rules{.allocation = seed % 3 == 0 ? Allocation::listed : Allocation::price_time,
            .self_trade = static_cast<SelfTrade>(random.below(4)),
            .pick_levels = static_cast<int>(1 + random.below(5))};
        Book book(rules);
        NaiveBook naive(rules);
        std::vector<Trade> trades, naive_trades;
        Quantity placed = 0;
        for (std::uint64_t sequence = 1; sequence <= 300; ++sequence) {
            const Instruction instruction = random_instruction(random, sequence, 60);
            const Outcome fast = book.execute(instruction, trades), slow = naive.execute(instruction, naive_trades);
            REQUIRE_MESSAGE(fast == slow, fmt::format("seed {} instruction {}: {} {} {} against {} {} {}", seed, sequence, name_of(fast.code), fast.traded,
                                              fast.resting, name_of(slow.code), slow.traded, slow.resting));
            REQUIRE_MESSAGE(trades == naive_trades, "seed ", seed, " instruction ", sequence);
            if (random.chance(0.1)) REQUIRE_MESSAGE(book.expire(static_cast<Moment>(sequence)) == naive.expire(static_cast<Moment>(sequence)), "seed ", seed);
            REQUIRE_MESSAGE(same_orders(book.orders(), naive.orders()), "seed ", seed, " instruction ", sequence);
            for (const Side side : {Side::buy, Side::sell}) REQUIRE_MESSAGE(book.depth(side, 3) == naive.depth(side, 3), "seed ", seed);
            const auto bid = book.best_price(Side::buy), ask = book.best_price(Side::sell);
            REQUIRE_MESSAGE((!bid || !ask || *bid < *ask), "crossed: seed ", seed, " instruction ", sequence);
            placed += slow.resting;
        }
        CHECK(placed > 0);
    }
}

TEST_CASE("prices far apart and many pages: nothing is lost") {
    Random random(7);
    Book book;
    NaiveBook naive;
    std::vector<Trade> trades, naive_trades;
    for (std::uint64_t sequence = 1; sequence <= 6000; ++sequence) {
        Instruction instruction{.sequence = sequence, .op = random.chance(0.4) ? Op::cancel : Op::limit, .side = random.chance(0.5) ? Side::buy : Side::sell};
        instruction.order = instruction.op == Op::cancel ? 1 + random.below(sequence) : sequence;
        instruction.price =
            instruction.side == Side::buy ? 1 + static_cast<Price>(random.below(400'000'000)) : 500'000'000 + static_cast<Price>(random.below(400'000'000));
        instruction.quantity = 1;
        REQUIRE(book.execute(instruction, trades) == naive.execute(instruction, naive_trades));
        if (sequence % 1000 == 0) REQUIRE(same_orders(book.orders(), naive.orders()));
    }
}

} // namespace greenbank::market
