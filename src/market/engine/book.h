// book.h — the order book of one product: continuous trading with price limits, tick and lot already checked (rules.h).
// Method: limit order book with price-time priority; icebergs refill at the end of their queue; stops wait for the last deal's price;
// listed agreement after the notice of the Shanghai Environment and Energy Exchange of 22 June 2021 (domain facts, 5.1).
// Always true: the book is never crossed; what was placed = what rests + what traded + what was cancelled; the same commands give the same bytes.
#pragma once

#include <map>
#include <optional>
#include <unordered_map>

#include "market/engine/ladder.h"
#include "market/engine/numbers_text.h"
#include "market/engine/order_table.h"

namespace greenbank::market {

class Book {
public:
    explicit Book(BookRules rules = {}) : rules_(rules) {}
    Book(const Book&) = delete;

    /// Deals are added to `trades` in the order in which they happen, those of stops that they set off among them. Never throws but for want of memory.
    Outcome execute(const Instruction& instruction, std::vector<Trade>& trades);
    /// Orders whose time has come leave the book, earliest first; their numbers.
    std::vector<OrderNumber> expire(Moment now);

    bool has(OrderNumber order) const { return table_.find(order) != OrderTable::none; }
    /// Absent: no such order in the book.
    std::optional<Resting> find(OrderNumber order) const;
    /// The side's best prices, best first.
    std::vector<DepthLevel> depth(Side side, std::size_t levels_max) const;
    /// Everything in the book: buys best first, sells best first, then stops by trigger; within a price who came first.
    std::vector<Resting> orders() const;
    std::size_t size() const { return table_.size(); }
    std::optional<Price> best_price(Side side) const;
    Price last_price() const { return last_price_; } // 0: no deal yet

    /// All that decides what happens next, as text: books that say the same behave the same.
    void write_state(std::string& out) const;
    /// Into an empty book of the same rules; false where it is no such text.
    bool read_state(NumberReader& in);

private:
    struct Order {
        OrderNumber number = 0;
        Quantity shown = 0;
        LadderPage* page = nullptr; // null: a stop that waits
        std::uint32_t previous = no_place, next = no_place;
        Account account = 0;
        std::uint8_t tick = 0;
        Side side = Side::buy;
        bool special = false; // has a row in specials_
    };
    struct Special {
        Quantity hidden = 0, display = 0;
        Moment good_until = 0;
        Price trigger = 0, price = 0; // of a stop that waits
        std::uint64_t arrival = 0;
    };
    /// What comes into the book: it trades first, and may rest then.
    struct Incoming {
        std::uint64_t sequence;
        OrderNumber number;
        Account account;
        Price limit;
        Quantity left;
        bool cancelled = false; // met its own account
    };

    Outcome enter(const Instruction& instruction, std::vector<Trade>& trades);
    Outcome take_quote(const Instruction& instruction, std::vector<Trade>& trades);
    Outcome place_stop(const Instruction& instruction);
    Outcome replace(const Instruction& instruction, std::vector<Trade>& trades);
    Outcome cancel(OrderNumber number);
    /// Whether any went off.
    bool set_off_stops(std::uint64_t sequence, std::vector<Trade>& trades);

    template <Side side> void sweep(Incoming& incoming, int levels_max, std::vector<Trade>& trades);
    void sweep(Side side, Incoming& incoming, int levels_max, std::vector<Trade>& trades);
    Quantity available(Side side, Account account, Price limit, int levels_max, Quantity enough) const;
    void deal(Side incoming_side, Incoming& incoming, std::uint32_t place, Level& level, Price price, std::vector<Trade>& trades);
    /// Whether the pair may trade; else the older, the newer or both are cancelled.
    bool may_meet(Incoming& incoming, std::uint32_t place);
    bool crosses(Side side, Price price) const;

    void rest(std::uint64_t arrival, OrderNumber number, Account account, Side side, Price price, Quantity quantity, Quantity display, Moment good_until);
    void append(std::uint32_t place, Price price);
    void unlink(std::uint32_t place);
    void forget(std::uint32_t place);
    void refill(std::uint32_t place, Level& level);
    std::uint32_t new_place();
    Resting view(std::uint32_t place) const;

    BookRules rules_;
    Ladder ladder_;
    std::vector<Order> orders_;
    std::vector<std::uint32_t> free_;
    OrderTable table_;
    std::unordered_map<std::uint32_t, Special> specials_;
    // Stops of each side by trigger (buys as they are, sells negated: the first to go off stands first), then by arrival.
    std::array<std::map<std::pair<Price, std::uint64_t>, std::uint32_t>, 2> stops_;
    std::map<std::pair<Moment, OrderNumber>, std::uint32_t> expiries_;
    std::uint64_t arrivals_ = 0;
    Price last_price_ = 0;
};

} // namespace greenbank::market
