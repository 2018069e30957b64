// naive_book.h — the same exchange as one list of orders that is searched from end to end for every deal: slow, and plain to see through.
#pragma once

#include <optional>
#include <vector>

#include "market/engine/order.h"

namespace greenbank::market {

class NaiveBook {
public:
    explicit NaiveBook(BookRules rules = {}) : rules_(rules) {}

    Outcome execute(const Instruction& instruction, std::vector<Trade>& trades);
    std::vector<OrderNumber> expire(Moment now);
    std::vector<Resting> orders() const;
    std::vector<DepthLevel> depth(Side side, std::size_t levels_max) const;

private:
    struct Waiting : Resting {
        std::uint64_t arrival = 0; // of what is shown; a refilled iceberg arrives anew
    };
    Outcome run(const Instruction& instruction, std::vector<Trade>& trades);
    Waiting* find(OrderNumber order);
    /// The order that a newcomer would meet first, if any: in price, within the levels that may be picked from.
    Waiting* next_for(Side side, Price limit, int levels_max, const std::vector<Price>& seen);
    Quantity trade(const Instruction& instruction, Price limit, Quantity left, int levels_max, std::vector<Trade>& trades, bool& cancelled);
    void remove(OrderNumber order);
    void meet(const Instruction& instruction, Waiting& order, Quantity& left, std::vector<Trade>& trades);

    BookRules rules_;
    std::vector<Waiting> all_;
    std::uint64_t arrivals_ = 0;
    Price last_price_ = 0;
};

} // namespace greenbank::market
