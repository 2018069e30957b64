// order_streams.h — two streams of orders as the peers measure themselves with, from a seed.
#pragma once

#include <vector>

#include "kernel/random.h"
#include "market/engine/book.h"

namespace greenbank::market {

/// As liquibook's own benchmark: sides alternate, prices of ten ticks a side of which six cross.
inline std::vector<Instruction> crossing_stream(std::size_t count, std::uint64_t seed) {
    Random random(seed);
    std::vector<Instruction> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        Instruction& instruction = all[i];
        instruction = {.sequence = i + 1, .op = Op::limit, .side = i % 2 == 0 ? Side::buy : Side::sell, .order = i + 1};
        instruction.price = (instruction.side == Side::buy ? 1880 : 1884) + static_cast<Price>(random.below(10));
        instruction.quantity = 100 * (1 + static_cast<Quantity>(random.below(10)));
    }
    return all;
}

/// As exchange-core's published mix: 9 % new, 3 % immediate or cancel, 6 % cancel, 82 % move, about a thousand resting. A book runs beside, so that
/// nobody moves what is no longer there.
inline std::vector<Instruction> moving_stream(std::size_t count, std::uint64_t seed) {
    Random random(seed);
    std::vector<Instruction> all;
    all.reserve(count);
    struct Known {
        OrderNumber order;
        Side side;
    };
    std::vector<Known> known;
    OrderNumber next = 0;
    Book book;
    std::vector<Trade> trades;
    const auto price_of = [&](Side side) { // one in fifty crosses the middle
        const Price away = random.chance(0.02) ? -static_cast<Price>(random.below(4)) : 1 + static_cast<Price>(random.below(60));
        return 100'000 + (side == Side::buy ? -away : away);
    };
    while (all.size() < count) {
        Instruction instruction{.sequence = all.size() + 1};
        const double which = known.size() < 1000 ? 0.0 : random.uniform();
        if (which < 0.12) {
            instruction.op = which < 0.09 ? Op::limit : Op::immediate;
            instruction.side = random.chance(0.5) ? Side::buy : Side::sell;
            instruction.order = ++next;
            instruction.price = instruction.op == Op::limit ? price_of(instruction.side) : 100'000 + (instruction.side == Side::buy ? 3 : -3);
            instruction.quantity = 1 + static_cast<Quantity>(random.below(instruction.op == Op::limit ? 100 : 20));
            if (instruction.op == Op::limit) known.push_back({instruction.order, instruction.side});
        } else {
            const std::size_t at = random.below(known.size());
            if (!book.has(known[at].order)) {
                known[at] = known.back();
                known.pop_back();
                continue;
            }
            instruction.order = known[at].order;
            instruction.side = known[at].side;
            if (which < 0.18 || known.size() > 1300) {
                instruction.op = Op::cancel;
                known[at] = known.back();
                known.pop_back();
            } else {
                instruction.op = Op::replace;
                instruction.price = price_of(instruction.side);
            }
        }
        book.execute(instruction, trades);
        trades.clear();
        all.push_back(instruction);
    }
    return all;
}

} // namespace greenbank::market
