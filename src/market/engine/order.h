// order.h — the words of the exchange: what is asked of a book, and what comes of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace greenbank::market {

using Price = std::int64_t;        // whole ticks
using Quantity = std::int64_t;     // whole lots
using OrderNumber = std::uint64_t; // the caller's; never 0
using Account = std::uint32_t;     // 0: nobody in particular, who may trade with himself
using Moment = std::int64_t;       // microseconds; 0: never

enum class Side : std::uint8_t { buy, sell };
constexpr Side other(Side side) { return side == Side::buy ? Side::sell : Side::buy; }
constexpr std::size_t index(Side side) { return static_cast<std::size_t>(side); }

enum class Op : std::uint8_t {
    limit,           // trades what crosses, rests with the remainder
    market,          // trades at any price, never rests
    immediate,       // trades what crosses, never rests
    all_or_none_now, // fill or kill: everything at once, or nothing
    take,            // picks one quote of the other side, or the best of the levels that may be picked from; never rests
    stop,            // waits for a deal at `trigger` or beyond, then becomes a limit order, or a market order without price
    replace,         // a new price, and quantity if one is given; the order goes to the end of its queue and may trade at once
    cancel,
};

/// How a deal finds its counterparty.
enum class Allocation : std::uint8_t {
    price_time, // orders that cross trade by themselves: best price first, then who came first
    listed,     // listed agreement (挂牌协议): quotes wait to be picked; at one price any counterparty may be chosen
};

/// What happens where both sides of a deal are one account.
enum class SelfTrade : std::uint8_t { allow, cancel_newer, cancel_older, cancel_both };

struct Instruction {
    std::uint64_t sequence = 0;
    Op op = Op::limit;
    Side side = Side::buy;
    Account account = 0;
    OrderNumber order = 0;
    Price price = 0;
    Quantity quantity = 0;
    Quantity display = 0;  // iceberg: so much is shown at a time; 0: all of it
    Price trigger = 0;     // of a stop
    Moment good_until = 0; // the order leaves the book then
    OrderNumber quote = 0; // of a take: whom; 0: the best
};

struct Trade {
    std::uint64_t sequence = 0; // of the instruction that led to it
    Price price = 0;
    Quantity quantity = 0;
    OrderNumber buy_order = 0, sell_order = 0;
    Account buyer = 0, seller = 0;
    bool operator==(const Trade&) const = default;
};

/// What became of an instruction, first row first. Names are stable: `error.market.<name>` in words.csv says what to do.
enum class Code : std::uint8_t {
    ok,
    order_missing,    // no order number
    order_known,      // that number is in the book
    order_unknown,    // filled, cancelled or never entered
    price_invalid,    // nothing, or out of range
    quantity_invalid, // not positive, or out of range
    display_invalid,  // more than the quantity, or negative
    trigger_invalid,
    stop_waits,        // a stop that waits is cancelled and entered anew, not replaced
    would_cross,       // listed agreement: pick the quotes of the other side instead
    quote_unavailable, // not there, not of the other side, or outside the levels that may be picked from
    not_filled,        // fill or kill: there is not enough
    self_trade,        // it met the account's own order
};
std::string_view name_of(Code code);

struct Outcome {
    Code code = Code::ok;
    Quantity traded = 0;
    Quantity resting = 0; // in the book after the instruction, shown or not
    bool operator==(const Outcome&) const = default;
};

constexpr Price price_max = 1'000'000'000'000;
constexpr Quantity quantity_max = 1'000'000'000'000;

struct BookRules {
    Allocation allocation = Allocation::price_time;
    SelfTrade self_trade = SelfTrade::allow;
    int pick_levels = 5; // how many price levels of the other side may be picked from; listed agreement and `take` only
};

/// One price of a side as everybody sees it.
struct DepthLevel {
    Price price = 0;
    Quantity quantity = 0; // shown
    std::int64_t orders = 0;
    bool operator==(const DepthLevel&) const = default;
};

/// An order in the book, for those who keep or show it.
struct Resting {
    OrderNumber order = 0;
    Side side = Side::buy;
    Account account = 0;
    Price price = 0;
    Quantity shown = 0, hidden = 0, display = 0;
    Price trigger = 0; // not 0: a stop that waits
    Moment good_until = 0;
    bool operator==(const Resting&) const = default;
};

} // namespace greenbank::market
